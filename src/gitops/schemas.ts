import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { customSchema } from '../kubernetes/custom-schema.ts';
import { type Misfit, misfits } from '../kubernetes/misfits.ts';
import type { KubeObject } from '../kubernetes/object.ts';
import { openSchema, type Schema } from '../kubernetes/schema.ts';
import { type MapNode, text } from '../yaml/node.ts';

/** The schemas of the kinds that are in question. */
export interface Schemas {
  /** The schema that knows the object's kind; undefined for a kind of which nothing is known. */
  readonly of: (object: KubeObject) => Schema | undefined;
  /** What of the object does not fit its kind; nothing where the kind is not known. */
  readonly misfits: (object: KubeObject) => readonly Misfit[];
}

/** The API groups of the operators whose kinds a file of `schemas/kubernetes` has. */
const VENDORED: ReadonlyMap<string, string> = new Map([
  ['argoproj.io', 'argo-cd'],
  ['acme.cert-manager.io', 'cert-manager'],
  ['cert-manager.io', 'cert-manager'],
  ['externaldns.k8s.io', 'external-dns'],
  ['gateway.networking.k8s.io', 'gateway-api'],
  ['eventing.keda.sh', 'keda'],
  ['keda.sh', 'keda'],
  ['monitoring.coreos.com', 'prometheus-operator'],
]);

/** Groups of Kubernetes itself have no dot in their name, or are of its own domain. */
const BUILT_IN = /^[a-z]*$|\.k8s\.io$/;

/**
 * The schemas for some objects: those of the definitions among them, then those that deploy-lint brings, and for other
 * kinds those that are found elsewhere.
 *
 * @param home The package's folder, which has `schemas/kubernetes`.
 * @param elsewhere Asked for definitions of kinds of which nothing is known.
 */
export async function schemasFor(
  objects: readonly KubeObject[],
  home: string,
  elsewhere: (unknown: readonly KubeObject[]) => Promise<readonly Schema[]> = async () => [],
): Promise<Schemas> {
  const files = new Set<string>();
  for (const { id } of objects) files.add(fileOf(id.group) ?? '');
  files.delete('');
  const brought = new Map([...files].map(file => [file, read(home, file)] as const));
  const own = objects.flatMap(object => customSchema(object) ?? []);
  const known = schemasOf(own, group => brought.get(fileOf(group) ?? ''));
  const unknown = objects.filter(object => fileOf(object.id.group) === undefined && known.of(object) === undefined);
  const others = unknown.length === 0 ? [] : await elsewhere(unknown);
  return others.length === 0 ? known : schemasOf([...own, ...others], group => brought.get(fileOf(group) ?? ''));
}

function schemasOf(own: readonly Schema[], brought: (group: string) => Schema | undefined): Schemas {
  const known = new WeakMap<MapNode, readonly Misfit[]>();
  const of = (object: KubeObject) => {
    const table = tableOfKind(object);
    const candidates = [...own, brought(object.id.group)];
    return candidates.find(schema => schema?.fields(table) !== undefined);
  };
  return {
    of,
    misfits: object => {
      const found = known.get(object.root) ?? misfitsOf(object, of(object));
      known.set(object.root, found);
      return found;
    },
  };
}

function misfitsOf(object: KubeObject, schema: Schema | undefined): readonly Misfit[] {
  return schema === undefined ? [] : misfits(object.root, schema, tableOfKind(object));
}

function tableOfKind({ id, root }: KubeObject): string {
  return `${text(root, 'apiVersion')}/${id.kind}`;
}

function fileOf(group: string): string | undefined {
  return VENDORED.get(group) ?? (BUILT_IN.test(group) ? 'kubernetes' : undefined);
}

/** The files that are open, by path. They come with the program and do not change under it. */
const opened = new Map<string, Schema>();

function read(home: string, file: string): Schema {
  const path = join(home, 'schemas', 'kubernetes', `${file}.json`);
  const schema = opened.get(path) ?? open(path, file === 'kubernetes' ? 'kubernetes' : 'vendored');
  opened.set(path, schema);
  return schema;
}

/** The program stands without the files that it comes with. */
class SchemasMissing extends Error {
  readonly exitCode = 3;
  readonly hint = 'Install deploy-lint anew: the folder schemas stands beside dist.';
}

function open(path: string, origin: Schema['origin']): Schema {
  if (!existsSync(path)) throw new SchemasMissing(`${path} is missing`);
  return openSchema(readFileSync(path, 'utf8'), origin);
}
