import { isHashMove, withoutHash } from '../kubernetes/affixes.ts';
import { podTemplate } from '../kubernetes/workload.ts';
import { type Path, scalar } from '../yaml/node.ts';
import { type Aspect, calledBy, dotted, type Modified, templateField } from './aspect.ts';
import type { FieldChange } from './change.ts';
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
    const parts = new Map<string, FieldChange[]>();
    for (const field of fields) {
      const { move, part } = partOf(field, change);
      const key = `${move} ${part}`;
      parts.set(key, [...(parts.get(key) ?? []), field]);
    }
    return [...parts.values()].flatMap(part => describe(part, change));
  },
};

/** One statement for each part of a container or of the pod, with its name and values where a single field differs. */
function describe([field, ...others]: readonly FieldChange[], change: Modified): Statement[] {
  if (field === undefined) return [];
  const place = placeOf(field.before, field.after, change.after.root);
  const { move, part, name } = partOf(field, change);
  if (others.length > 0) return [{ kind: 'workload', move, subject: part, ...place }];
  const called = calledBy(field, change);
  const shown = { from: printableNode(called, field.before), to: printableNode(called, field.after) };
  return [{ kind: 'workload', move, subject: name, ...shown, ...place }];
}

interface Part {
  readonly move: WorkloadMove;
  /** What several fields have in common. */
  readonly part: string;
  /** The field itself. */
  readonly name: string;
}

function partOf(field: FieldChange, change: Modified): Part {
  const inTemplate = templateField(field, change);
  if (inTemplate === undefined) {
    const name = dotted(field.path);
    return { move: STRATEGY.has(String(field.path[1])) ? 'strategy' : 'other', part: name, name };
  }
  const { container, rest } = inTemplate;
  if (container === undefined) {
    const name = dotted(rest.slice(rest[0] === 'spec' ? 1 : 0));
    return { move: 'template', part: name, name };
  }
  const [first] = rest;
  if (first === 'resources') {
    const name = `${container}: ${rest.slice(1).join(' ') || first}`;
    return { move: 'resources', part: name, name };
  }
  const move = PROBES.has(String(first)) ? probeMove(field, rest) : 'template';
  return { move, part: `${container}: ${first}`, name: `${container}: ${dotted(rest)}` };
}

function probeMove({ before, after }: FieldChange, rest: Path): WorkloadMove {
  if (rest.length > 1 || (before !== undefined && after !== undefined)) return 'probe';
  return before === undefined ? 'probe-added' : 'probe-removed';
}
