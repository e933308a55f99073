import { createHash } from 'node:crypto';
import { at, type Node } from '../yaml/node.ts';
import { goJson, goString } from './go-json.ts';
import { kindOf, nameOf, type Resource, rememberIdentity, scalarNode, setField, textAt } from './resource.ts';

/**
 * The suffix that kustomize gives the name of a generated ConfigMap or Secret, so that a change of its content is a
 * change of its name (kubernetes-sigs/kustomize, api/hasher): ten digits of the SHA-256 of its content as Go writes it
 * in JSON, with some digits replaced so that no words come about.
 */
function nameHash(resource: Resource): string {
  const kind = kindOf(resource);
  const fields = new Map<string, string>([
    ['data', jsonOf(at(resource.root, 'data'))],
    ['kind', goString(kind)],
    // The hasher looks for one field named metadata/name, which no object has; its name is always empty.
    ['name', goString('')],
  ]);
  const extra = kind === 'Secret' ? 'stringData' : 'binaryData';
  const node = at(resource.root, extra);
  if (node?.kind === 'map') fields.set(extra, goJson(node));
  if (kind === 'Secret') fields.set('type', goString(textAt(resource.root, 'type')));
  const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = `{${sorted.map(([key, value]) => `${goString(key)}:${value}`).join(',')}}`;
  const hex = createHash('sha256').update(text).digest('hex').slice(0, 10);
  return hex.replace(/[013ae]/g, digit => DIGITS[digit] ?? digit);
}

const DIGITS: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/** What is missing is an empty text to the hasher. */
function jsonOf(node: Node | undefined): string {
  return node === undefined ? goString('') : goJson(node);
}

/** Appends its hash to the name of every object that is to have one. */
export function addHashes(resources: readonly Resource[]): void {
  for (const resource of resources) {
    const metadata = at(resource.root, 'metadata');
    const name = at(metadata, 'name');
    if (!resource.needsHash || metadata?.kind !== 'map' || name === undefined) continue;
    const hash = nameHash(resource);
    rememberIdentity(resource);
    setField(metadata, 'name', scalarNode(`${nameOf(resource)}-${hash}`, name.span));
  }
}
