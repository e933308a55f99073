import { podTemplate } from '../kubernetes/workload.ts';
import { scalar } from '../yaml/node.ts';
import { type Aspect, dotted, type Modified, templateField } from './aspect.ts';
import type { FieldChange } from './change.ts';
import { isHashMove, withoutHash } from './pair.ts';
import { printableNode } from './printable.ts';
import { placeOf, type Statement } from './statement.ts';

type WorkloadMove = Extract<Statement, { kind: 'workload' }>['move'];

/** Fields of a workload's spec that decide how its pods are replaced. */
const STRATEGY = new Set([
  'strategy',
  'updateStrategy',
  'minReadySeconds',
  'progressDeadlineSeconds',
  'podManagementPolicy',
  'concurrencyPolicy',
]);

const PROBES = new Set(['readinessProbe', 'livenessProbe', 'startupProbe']);

/** A reference that follows the new name of a generated ConfigMap or Secret. */
export const generatedNames: Aspect = {
  claims({ before, after }, change) {
    const [from, to] = [scalar(before), scalar(after)];
    if (podTemplate(change.after) === undefined) return false;
    return typeof from === 'string' && typeof to === 'string' && isHashMove(from, to);
  },
  state(fields, change) {
    const named = new Map(fields.map(field => [withoutHash(String(scalar(field.after))), field]));
    return [...named].map(([name, { before, after }]) => ({
      kind: 'workload',
      move: 'template',
      subject: `config hash of ${name}`,
      ...placeOf(before, after, change.after.root),
    }));
  },
};

/** What is left of a pod template and of the controller that owns it. */
export const workload: Aspect = {
  claims(field, change) {
    return (
      podTemplate(change.after) !== undefined &&
      (field.path[0] === 'spec' || templateField(field, change) !== undefined)
    );
  },
  state(fields, change) {
    const described = new Map<string, Statement>();
    for (const field of fields) {
      const statement = describe(field, change);
      const key = `${statement.move} ${statement.subject}`;
      const first = described.get(key);
      described.set(key, first === undefined ? statement : { ...first, from: undefined, to: undefined });
    }
    return [...described.values()];
  },
};

/** One statement for each part of a container or of the pod, with its values where a single one differs. */
function describe(field: FieldChange, change: Modified): Statement {
  const place = placeOf(field.before, field.after, change.after.root);
  const { move, subject } = moveOf(field, change);
  const name = String(field.path.at(-1));
  const shown = { from: printableNode(name, field.before), to: printableNode(name, field.after) };
  return { kind: 'workload', move, subject, ...shown, ...place };
}

function moveOf(field: FieldChange, change: Modified): { move: WorkloadMove; subject: string } {
  const inTemplate = templateField(field, change);
  if (inTemplate === undefined) {
    const part = String(field.path[1]);
    return { move: STRATEGY.has(part) ? 'strategy' : 'other', subject: dotted(field.path) };
  }
  const { container, rest } = inTemplate;
  if (container === undefined) return { move: 'template', subject: dotted(rest.slice(rest[0] === 'spec' ? 1 : 0)) };
  const part = String(rest[0]);
  if (part === 'resources') return { move: 'resources', subject: `${container}: ${rest.slice(1).join(' ') || part}` };
  if (PROBES.has(part)) return { move: 'probe', subject: `${container}: ${part}` };
  return { move: 'template', subject: `${container}: ${part}` };
}
