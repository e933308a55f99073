import type { Tree } from '../git/tree.ts';
import { isIssuer } from '../kubernetes/issuers.ts';
import { type KubeObject, objectOf } from '../kubernetes/object.ts';
import { parse } from '../yaml/parse.ts';
import { isManifestName } from './facts.ts';
import { readSources } from './read-sources.ts';

/** Where issuers are kept, by the habit of naming the folder or file after what they are for. */
const ISSUERS = /issuer|cert-?manager|lets-?encrypt|acme/i;

/** The issuers of cert-manager that the tree declares. Lists the whole tree, so it is asked only where one matters. */
export async function issuersOf(tree: Tree): Promise<readonly KubeObject[]> {
  const paths = (await tree.files()).map(({ path }) => path).filter(path => isManifestName(path) && ISSUERS.test(path));
  const { sources } = await readSources(tree, paths);
  return sources
    .flatMap(source => parse(source, 'kubectl').documents)
    .flatMap(root => (root.kind === 'map' ? (objectOf(root) ?? []) : []))
    .filter(isIssuer);
}
