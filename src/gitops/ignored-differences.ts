import type { KubeObject } from '../kubernetes/object.ts';
import { compileGlob } from '../kustomize/glob.ts';
import { at, items, type MapNode, type Node, text } from '../yaml/node.ts';

/**
 * What Argo CD makes of a field whose live value differs from the manifest's, by its Application's `ignoreDifferences`:
 * `compared` like any other, `written` by a sync that has another cause, or `left` to whoever sets it, for which the
 * sync option RespectIgnoreDifferences is needed (util/argo/normalizers/diff_normalizer.go, docs/user-guide/sync-options.md).
 *
 * @param pointer The field as a JSON pointer without escapes: `/spec/replicas`.
 */
export function handlingOf(
  manifest: MapNode | undefined,
  object: KubeObject,
  pointer: string,
): 'compared' | 'written' | 'left' {
  const ignored = items(at(manifest, 'spec', 'ignoreDifferences'));
  if (!ignored.some(entry => concerns(entry, object) && names(entry, pointer))) return 'compared';
  const options = items(at(manifest, 'spec', 'syncPolicy', 'syncOptions'));
  return options.some(option => text(option) === 'RespectIgnoreDifferences=true') ? 'left' : 'written';
}

function concerns(entry: Node, { id }: KubeObject): boolean {
  const isPattern = (key: string, value: string) => compileGlob(text(entry, key) ?? '')(value);
  const isSame = (key: string, value: string) => (text(entry, key) || value) === value;
  return (
    isPattern('group', id.group) &&
    isPattern('kind', id.kind) &&
    isSame('name', id.name) &&
    isSame('namespace', id.namespace)
  );
}

function names(entry: Node, pointer: string): boolean {
  const dotted = pointer.replaceAll('/', '.');
  return (
    items(at(entry, 'jsonPointers')).some(item => text(item) === pointer) ||
    items(at(entry, 'jqPathExpressions')).some(item => text(item)?.trim() === dotted)
  );
}
