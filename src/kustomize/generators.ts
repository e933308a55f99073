import { at, entries, type MapNode, type Node, type Span, scalar, text } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import { ORIGIN } from './build-metadata.ts';
import { base64Lines, pairsOf, type Sources } from './generator-sources.ts';
import {
  allIdentities,
  apiVersionOf,
  emptyMap,
  identityKey,
  inPlaceOf,
  keyOf,
  label,
  type Resource,
  restoreField,
  scalarNode,
  scalarText,
  setField,
} from './resource.ts';

/** The object that an entry of `configMapGenerator` or `secretGenerator` makes; undefined for one without a name. */
export function generate(
  entry: Node,
  kind: 'ConfigMap' | 'Secret',
  globalOptions: Node | undefined,
  sources: Sources,
): Resource | undefined {
  const name = at(entry, 'name');
  if (name === undefined || scalarText(name) === '') {
    sources.problems.push({ code: 'kustomization-refused', message: 'the generator has no name', span: entry.span });
    return undefined;
  }
  const { span } = entry;
  const root = emptyMap(span);
  const metadata = emptyMap(span);
  setField(root, 'apiVersion', scalarNode('v1', span));
  setField(root, 'kind', scalarNode(kind, span));
  setField(metadata, 'name', name);
  const namespace = at(entry, 'namespace');
  if (namespace !== undefined && scalarText(namespace) !== '') setField(metadata, 'namespace', namespace);
  setField(root, 'metadata', metadata);
  if (kind === 'Secret') setField(root, 'type', at(entry, 'type') ?? scalarNode('Opaque', span));
  addData(root, entry, kind, sources);
  const options = [at(entry, 'options'), globalOptions];
  addOptions(root, metadata, options);
  const isDisabled = options.some(node => scalar(node, 'disableNameSuffixHash') === true);
  const behavior = behaviorOf(entry);
  return { root, previous: [], prefixes: [], suffixes: [], behavior, needsHash: !isDisabled };
}

/** Any other word means `create` to kustomize. */
function behaviorOf(entry: Node): Resource['behavior'] {
  const behavior = text(entry, 'behavior');
  return behavior === 'merge' || behavior === 'replace' ? behavior : 'create';
}

function addData(root: MapNode, entry: Node, kind: 'ConfigMap' | 'Secret', sources: Sources): void {
  const pairs = pairsOf(entry, sources).sort((a, b) => (a.key < b.key ? -1 : 1));
  if (kind === 'Secret') dataField(root, 'data', entry.span);
  for (const { key, value, span } of pairs) {
    const isPlain = kind === 'ConfigMap' && typeof value === 'string';
    const field = dataField(root, kind === 'ConfigMap' && !isPlain ? 'binaryData' : 'data', entry.span);
    setField(field, key, scalarNode(isPlain ? value : base64Lines(value), span));
  }
}

function dataField(root: MapNode, name: string, span: Span): MapNode {
  const found = at(root, name);
  if (found?.kind === 'map') return found;
  const made = emptyMap(span);
  setField(root, name, made);
  return made;
}

/** Labels, annotations and immutability: the entry's own options, then `generatorOptions` for what it leaves open. */
function addOptions(root: MapNode, metadata: MapNode, options: readonly (Node | undefined)[]): void {
  for (const field of ['labels', 'annotations']) {
    for (const option of options) {
      for (const [key, entry] of entries(at(option, field))) {
        const pairs = dataField(metadata, field, entry.value.span);
        if (!pairs.entries.has(key)) setField(pairs, key, entry.value, entry.key);
      }
    }
  }
  const immutable = options.map(option => at(option, 'immutable')).find(node => scalar(node) === true);
  if (immutable !== undefined) setField(root, 'immutable', immutable);
}

/**
 * Takes a generated object in: a new one is added, `merge` and `replace` need the one they change. Returns the objects
 * with it.
 */
export function absorb(
  resources: readonly Resource[],
  generated: Resource,
  incomplete: boolean,
  problems: Problem[],
): Resource[] {
  const key = keyOf(generated);
  const span = at(generated.root, 'metadata', 'name')?.span ?? generated.root.span;
  const refuse = (message: string) => problems.push({ code: 'kustomization-refused', message, span });
  const matches = resources.filter(resource =>
    allIdentities(resource).some(identity => identityKey(apiVersionOf(resource), identity) === key),
  );
  const [old] = matches;
  const changes = generated.behavior === 'merge' || generated.behavior === 'replace';
  if (old === undefined) {
    if (changes && !incomplete) refuse(`there is no ${label(generated)} to ${generated.behavior}`);
    return [...resources, generated];
  }
  if (!changes) {
    refuse(`${label(generated)} exists already; its generator needs behavior: merge or replace`);
    return [...resources];
  }
  if (matches.length > 1) refuse(`several objects could be meant by ${label(generated)}`);
  mergeGenerated(old, generated);
  return [...resources];
}

/** Changes the old object itself, so that vars that are bound to it stay so. */
function mergeGenerated(old: Resource, generated: Resource): void {
  const { root } = generated;
  const metadata = at(root, 'metadata');
  for (const field of ['apiVersion', 'kind']) {
    const value = at(old.root, field);
    if (value !== undefined) restoreField(root, field, value);
  }
  if (metadata?.kind === 'map') {
    for (const field of ['labels', 'annotations']) inherit(metadata, at(old.root, 'metadata', field), field);
    for (const field of ['name', 'namespace']) {
      const value = at(old.root, 'metadata', field);
      if (value === undefined) metadata.entries.delete(field);
      else restoreField(metadata, field, value);
    }
  }
  if (generated.behavior === 'merge') {
    for (const field of ['data', 'binaryData']) inherit(root, at(old.root, field), field);
  }
  for (const field of ['data', 'binaryData']) {
    const [was, is] = [at(old.root, field), at(root, field)];
    if (was !== undefined && is !== undefined) inPlaceOf(was, is);
  }
  // An object that is merged into keeps its origin, if it has one noted.
  const origin = at(old.root, 'metadata', 'annotations', ORIGIN);
  const annotations = at(metadata, 'annotations');
  if (generated.behavior === 'merge' && origin !== undefined && annotations?.kind === 'map') {
    restoreField(annotations, ORIGIN, origin);
  }
  // kustomize keeps the old object's record of names, and the new one's wish for a hash where both have it.
  old.root = root;
  old.needsHash &&= generated.needsHash;
}

/** Adds the pairs that the new mapping lacks, all as text. */
function inherit(root: MapNode, old: Node | undefined, field: string): void {
  if (old?.kind !== 'map' || old.entries.size === 0) return;
  const target = dataField(root, field, old.span);
  for (const [key, entry] of old.entries) {
    if (target.entries.has(key)) continue;
    setField(target, key, inPlaceOf(entry.value, scalarNode(scalarText(entry.value), entry.value.span)), entry.key);
  }
}
