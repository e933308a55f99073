import { withoutHash } from '../kubernetes/affixes.ts';
import type { KubeObject } from '../kubernetes/object.ts';
import { at, entries, equal, type Node, type Path, scalar } from '../yaml/node.ts';
import { type Aspect, startsWith } from './aspect.ts';
import type { FieldChange } from './change.ts';
import { settingsThatDiffer } from './config-lines.ts';
import { printableNode } from './printable.ts';
import { placeOf, type Statement } from './statement.ts';

type ConfigMove = 'configmap' | 'secret';

/** Where each kind keeps the data that pods read. */
const KINDS: ReadonlyMap<string, { readonly move: ConfigMove; readonly fields: readonly Path[] }> = new Map([
  ['/ConfigMap', { move: 'configmap', fields: [['data'], ['binaryData']] }],
  ['/Secret', { move: 'secret', fields: [['data'], ['stringData']] }],
  ['bitnami.com/SealedSecret', { move: 'secret', fields: [['spec', 'encryptedData']] }],
  [
    'external-secrets.io/ExternalSecret',
    {
      move: 'secret',
      fields: [
        ['spec', 'data'],
        ['spec', 'dataFrom'],
      ],
    },
  ],
]);

/** The data of ConfigMaps, and of Secrets and what makes them; a Secret's values are never part of a fact. */
export const configuration: Aspect = {
  claims({ path }, { after }) {
    const fields = KINDS.get(`${after.id.group}/${after.id.kind}`)?.fields ?? [];
    return fields.some(field => startsWith(path, field));
  },
  state(fields, { before, after }) {
    const kind = KINDS.get(`${after.id.group}/${after.id.kind}`);
    if (kind === undefined) return [];
    return kind.fields.flatMap(data => [...compareData(before, after, data, kind.move, fields)]);
  },
};

/** The new keys of a ConfigMap or a Secret of which pods make environment variables. */
export const newVariables: Aspect = {
  claims({ path, before }, { after }) {
    const kind = after.id.group === '' ? KINDS.get(`/${after.id.kind}`) : undefined;
    return before === undefined && path.length === 2 && kind?.fields.some(data => startsWith(path, data)) === true;
  },
  state(fields, { after }) {
    return fields.map(field => {
      const key = String(field.path.at(-1));
      const to = after.id.kind === 'Secret' ? undefined : printableNode(key, field.after);
      return { kind: 'env', move: 'added', subject: key, to, ...placeOf(undefined, field.after, after.root) };
    });
  },
};

function* compareData(
  before: KubeObject,
  after: KubeObject,
  data: Path,
  move: ConfigMove,
  fields: readonly FieldChange[],
): Generator<Statement> {
  const [old, now] = [at(before.root, ...data), at(after.root, ...data)];
  const name = withoutHash(after.id.name);
  if (old?.kind === 'seq' || now?.kind === 'seq') {
    if (!equal(old, now)) yield { kind: 'config', move, subject: name, ...placeOf(old, now, after.root) };
    return;
  }
  const keys = new Set([...entries(now), ...entries(old)].map(([key]) => key));
  for (const key of keys) {
    const [from, to] = [at(old, key), at(now, key)];
    if (equal(from, to) || !fields.some(({ path }) => reaches(path, [...data, key]))) continue;
    const common = { kind: 'config', move, ...placeOf(from, to, after.root) } as const;
    const settings = move === 'secret' ? [] : settingsThatDiffer(textOf(from), textOf(to));
    for (const setting of settings) yield { ...common, ...setting, subject: `${name}: ${key}: ${setting.subject}` };
    if (settings.length > 0) continue;
    const shown = move === 'secret' ? {} : { from: printableNode(key, from), to: printableNode(key, to) };
    yield { ...common, subject: `${name}: ${key}`, ...shown };
  }
}

function reaches(path: Path, key: Path): boolean {
  return startsWith(path, key) || startsWith(key, path);
}

function textOf(node: Node | undefined): string | undefined {
  const value = scalar(node);
  return typeof value === 'string' ? value : undefined;
}
