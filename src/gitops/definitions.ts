import type { Tree } from '../git/tree.ts';
import { customSchema } from '../kubernetes/custom-schema.ts';
import { type KubeObject, objectOf } from '../kubernetes/object.ts';
import type { Schema } from '../kubernetes/schema.ts';
import { baseName } from '../kustomize/paths.ts';
import { at, text } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { isManifestName } from './facts.ts';
import { readSources } from './read-sources.ts';

/** More files than this that may define a kind, and none is read: a name that says so little finds nothing. */
const MOST_FILES = 20;

/**
 * The definitions that the tree has somewhere for the kinds of some objects, found by the habit of naming their files
 * after the group or the kind (`keda.sh_scaledobjects.yaml`, `crds/rollout.yaml`). Nothing for a kind that several files
 * define, since it is not known which of them is in the cluster. Lists the whole tree.
 */
export async function definitionsFor(tree: Tree, objects: readonly KubeObject[]): Promise<Schema[]> {
  const kinds = new Map(objects.map(({ id }) => [`${id.group}/${id.kind}`, id]));
  const paths = (await tree.files()).map(({ path }) => path).filter(isManifestName);
  const found = await Promise.all(
    [...kinds.values()].map(async ({ group, kind }) => {
      const candidates = paths.filter(path => mayDefine(path, group, kind.toLowerCase()));
      if (candidates.length > MOST_FILES) return [];
      const { sources } = await readSources(tree, candidates);
      const objects = sources
        .flatMap(source => parse(source, 'kubectl').documents)
        .flatMap(root => {
          const object = root.kind === 'map' ? objectOf(root) : undefined;
          return object !== undefined && defines(object, group, kind) ? [object] : [];
        });
      const [only, ...others] = objects;
      return only === undefined || others.length > 0 ? [] : (customSchema(only) ?? []);
    }),
  );
  return found.flat().map(schema => ({ ...schema, origin: 'vendored' }));
}

function mayDefine(path: string, group: string, kind: string): boolean {
  const name = baseName(path).toLowerCase();
  const isOfKind = name.includes(kind) && (name.includes(group) || /crd|customresourcedefinition/i.test(path));
  return isOfKind || /^(?:crds?|customresourcedefinitions?)\./.test(name);
}

function defines({ id, root }: KubeObject, group: string, kind: string): boolean {
  const spec = at(root, 'spec');
  return (
    id.kind === 'CustomResourceDefinition' && text(spec, 'group') === group && text(spec, 'names', 'kind') === kind
  );
}
