import type { Config } from '../config/config.ts';
import type { Tree } from '../git/tree.ts';
import { type KubeObject, objectOf } from '../kubernetes/object.ts';
import type { Source } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import type { DnsRecords } from './dns.ts';
import { gatherDns } from './dns-records.ts';
import { isManifestName, isTerraformName } from './facts.ts';
import { byFolder, readSources } from './read-sources.ts';

/** Where external-dns and its endpoints are kept, by the habit of naming the folder or file after them. */
const EXTERNAL_DNS = /external-?dns|dns-?endpoint/i;

/** Every DNS record that the tree states. Lists the whole tree, so it is asked for only where a hostname is in question. */
export async function dnsOf(tree: Tree, config: Config): Promise<DnsRecords> {
  const paths = (await tree.files()).map(entry => entry.path);
  const manifests = paths.filter(path => isManifestName(path) && EXTERNAL_DNS.test(path));
  const [terraform, named, lists] = await Promise.all([
    readSources(
      tree,
      paths.filter(path => isTerraformName(path) && !path.endsWith('.json')),
    ),
    readSources(tree, manifests),
    readSources(tree, config.dns.lists),
  ]);
  const objects = named.sources.flatMap(objectsOf);
  const found = gatherDns({
    terraform: byFolder(terraform.sources),
    objects,
    lists: lists.sources,
    zones: config.dns.zones,
  });
  const unread = [...terraform.unread, ...named.unread, ...lists.unread].map(
    error => `${error.path} could not be read`,
  );
  const [elsewhere] = manifests;
  const hidden = elsewhere !== undefined && found.externalDns.length === 0 && !objects.some(isEndpoint);
  const reasons = hidden ? [`external-dns is set up by ${elsewhere} in a way whose flags are not read here`] : [];
  return { ...found, incomplete: [...found.incomplete, ...reasons, ...unread] };
}

function objectsOf(source: Source): KubeObject[] {
  return parse(source, 'kubectl').documents.flatMap(root => (root.kind === 'map' ? (objectOf(root) ?? []) : []));
}

function isEndpoint({ id }: KubeObject): boolean {
  return id.kind === 'DNSEndpoint';
}
