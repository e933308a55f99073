import { type Building, type Frame, type Key, refuseAt } from './building.ts';
import { equal, type MapEntry, type MapNode, type Node, type Span } from './node.ts';
import { quote, report, reportFact } from './reading.ts';
import { isPlainString, plainKey, resolvePlain } from './scalars.ts';

const NO_STRING = 'Kubernetes takes only strings as keys';

/** A plain scalar as a key; `<<` merges. Only at the top of a document does kustomize take any key as it is written. */
export function keyOfPlain(building: Building, text: string, span: Span): Key {
  if (text === '<<') return { kind: 'merge', span };
  const { reading, frames } = building;
  if (text.startsWith('\uFEFF')) {
    report(reading, 'ambiguous-yaml', 'a byte order mark, which cannot be seen, is a part of this key', span);
  }
  const written = frames.length === 1 && resolvePlain(text, reading.dialect) !== null ? text : undefined;
  const name = reading.dialect === 'kubectl' ? plainKey(text) : isPlainString(text) ? text : written;
  if (name !== undefined) return { kind: 'name', name, span };
  return refuseKey(building, text === '' ? 'a key is missing' : `the key ${text} is no string`, span);
}

/** A quoted or tagged scalar as a key. */
export function keyOfString(building: Building, name: string, span: Span): Key {
  if (name !== '<<') return { kind: 'name', name, span };
  const message = 'a quoted "<<" is a key like any other to kubectl; kustomize drops it with its value';
  report(building.reading, 'ambiguous-yaml', message, span);
  return building.reading.dialect === 'kubectl' ? { kind: 'name', name, span } : { kind: 'unusable' };
}

/** A collection or an aliased node as a key. */
export function keyOfNode(building: Building, node: Node, span: Span): Key {
  if (node.kind === 'scalar' && typeof node.value === 'string') return keyOfString(building, node.value, span);
  if (node.kind === 'scalar') return keyOfPlain(building, node.value === null ? '' : String(node.value), span);
  if (node.kind === 'map' && node.span.source.text.startsWith('{{', node.span.start - 1)) {
    const message =
      '"{{" starts a mapping in a mapping; it looks like a template, which is not YAML before it is filled in';
    refuseAt(building, message, span);
    return { kind: 'unusable' };
  }
  return refuseKey(building, `a key is a ${node.kind === 'map' ? 'mapping' : 'list'}`, span);
}

export function refuseKey(building: Building, what: string, span: Span): Key {
  refuseAt(building, `${what}; ${NO_STRING}`, span);
  return { kind: 'unusable' };
}

export function setEntry(building: Building, frame: Frame, map: MapNode, name: string, entry: MapEntry): void {
  const first = map.entries.get(name);
  if (first === undefined || frame.merged?.delete(name)) {
    map.entries.set(name, entry);
    return;
  }
  const fate = fateOf(building, name);
  reportTwice(building, fate, name, first.key, entry.key);
  map.entries.set(name, fate === 'joined' ? joined(first, entry) : entry);
}

/** What becomes of a key that stands twice. */
const TWICE = {
  refused: ['duplicate-key', 'kubectl takes the last, kustomize refuses both'],
  joined: ['ambiguous-yaml', 'kubectl takes the last, kustomize joins both'],
  taken: ['ambiguous-yaml', 'kubectl and kustomize take the last'],
} as const;

/** To kustomize only the annotations of an object, as a whole or one of them, may stand twice. */
function fateOf({ frames, reading }: Building, name: string): keyof typeof TWICE {
  const [top, field, ...below] = frames.map(({ key }) => (key?.kind === 'name' ? key.name : undefined));
  if (reading.dialect !== 'kustomize' || top !== 'metadata') return 'refused';
  if (frames.length === 2 && name === 'annotations') return 'joined';
  return field === 'annotations' && below.length === 1 ? 'taken' : 'refused';
}

/** Kustomize reads an object's own annotations one by one and writes them anew (kyaml/yaml/rnode.go, `getMapFromMeta`). */
function joined(first: MapEntry, second: MapEntry): MapEntry {
  if (first.value.kind !== 'map') return second;
  if (second.value.kind !== 'map') return first;
  const entries = new Map([...second.value.entries, ...first.value.entries]);
  return { key: second.key, value: { ...second.value, entries } };
}

function reportTwice({ reading }: Building, fate: keyof typeof TWICE, name: string, first: Span, second: Span): void {
  const [before, after] = [first, second].map(({ source, start }) => source.position(start));
  const places = `at ${before?.line}:${before?.column} and at ${after?.line}:${after?.column}`;
  const [code, then] = TWICE[fate];
  reportFact(reading, code, `key ${quote(name)} stands twice in one mapping, ${places}`, then, second);
}

/**
 * Adds the entries of the mapping, or of the list of mappings, to `map`; in a list the earlier mapping wins. Over a key
 * written before the `<<`, kubectl (go-yaml v2) takes the merged value, kustomize (go-yaml v3) the written one.
 */
export function mergeEntries(
  building: Building,
  frame: Frame,
  map: MapNode,
  value: Node,
  isAlias: boolean,
  span: Span,
): void {
  if (frame.mergeSpan !== undefined) reportTwice(building, 'refused', '<<', frame.mergeSpan, span);
  frame.mergeSpan = span;
  frame.merged ??= new Set();
  const sources = value.kind === 'seq' && !isAlias ? value.items.toReversed() : [value];
  const disputed: string[] = [];
  for (const source of sources) {
    if (source.kind === 'map') mergeOne(building, frame.merged, map, source, disputed);
    else refuseAt(building, 'only a mapping, an alias of one, or a list of those can be merged with "<<"', span);
  }
  const [first] = disputed;
  if (first === undefined) return;
  const others = disputed.length > 1 ? ` and ${disputed.length - 1} more` : '';
  const message = `${quote(first)}${others} before "<<" has another value there: kubectl takes that, kustomize the one written here`;
  report(building.reading, 'ambiguous-yaml', message, span);
}

/** Adds to `disputed` the keys for which the readers take different values. */
function mergeOne({ reading }: Building, merged: Set<string>, map: MapNode, source: MapNode, disputed: string[]): void {
  for (const [name, entry] of source.entries) {
    const own = merged.has(name) ? undefined : map.entries.get(name);
    if (own === undefined) merged.add(name);
    else if (!equal(own.value, entry.value)) disputed.push(name);
    if (own === undefined || reading.dialect === 'kubectl') map.entries.set(name, entry);
  }
}
