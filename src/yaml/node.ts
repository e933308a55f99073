/**
 * A YAML or JSON text as nodes that know their place. Scalars never change once made: a transformer that sets a field
 * puts a new scalar in its parent, so parsed nodes can be shared and only the collections need copying.
 */

/** 1-based, as editors and `git blame` count; a column counts UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One text of one side of the commit. `file` is the path from the repository's root, with `/`. */
export class Source {
  readonly file: string;
  readonly text: string;
  /** A text inside of another one, which no reader of files has completed before. */
  readonly isInner: boolean;
  #lineStarts: readonly number[] | undefined;

  constructor(file: string, text: string, isInner = false) {
    this.file = file;
    this.text = text;
    this.isInner = isInner;
  }

  position(offset: number): Position {
    this.#lineStarts ??= lineStartsOf(this.text);
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }
}

/** Line breaks as YAML 1.2 has them: LF, CR LF, and a lone CR. */
function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** A stretch of a text, end exclusive, in UTF-16 code units from its start. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** The place of a file as a whole: its start, where its text is not at hand or does not matter. */
export function startOf(file: string): Span {
  return { source: new Source(file, ''), start: 0, end: 0 };
}

/** What JSON can hold, and integers that a double cannot. */
export type Scalar = string | number | bigint | boolean | null;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: Scalar;
  /** Where the value that is in force was written. */
  readonly span: Span;
  /** What stood here before this value was set; absent where this one is the first. */
  readonly before?: ScalarNode;
  /** The same object in all places of a Kubernetes object that are one node to kustomize; absent for most. */
  readonly shared?: object;
}

export interface MapEntry {
  readonly key: Span;
  readonly value: Node;
}

/** Keys in the order of the text. A `Map`, so that a key named `__proto__` is a key like any other. */
export interface MapNode {
  readonly kind: 'map';
  readonly entries: Map<string, MapEntry>;
  readonly span: Span;
}

export interface SeqNode {
  readonly kind: 'seq';
  readonly items: Node[];
  readonly span: Span;
}

export type Node = ScalarNode | MapNode | SeqNode;

/** A way down into a node: keys of mappings and indexes of sequences. */
export type Path = readonly (string | number)[];

/** Plain data for output and comparison. Mappings have no prototype. */
export type Json = Scalar | readonly Json[] | { readonly [key: string]: Json };

/** The node at the path, or undefined where any step is missing or of another shape. */
export function at(node: Node | undefined, ...path: Path): Node | undefined {
  let current = node;
  // Called for every field of every object: an iterator would take longer than the steps.
  for (let i = 0; i < path.length; i++) {
    const step = path[i];
    if (current?.kind === 'map' && typeof step === 'string') current = current.entries.get(step)?.value;
    else if (current?.kind === 'seq' && typeof step === 'number') current = current.items[step];
    else return undefined;
  }
  return current;
}

/** The items of a sequence; nothing for any other node. */
export function items(node: Node | undefined): readonly Node[] {
  return node?.kind === 'seq' ? node.items : [];
}

/** The value in force and those that it took the place of, the newest first: a patch, then what it patched. */
export function historyOf(node: ScalarNode): ScalarNode[] {
  const history: ScalarNode[] = [];
  for (let one: ScalarNode | undefined = node; one !== undefined; one = one.before) history.push(one);
  return history;
}

/** The entries of a mapping; nothing for any other node. */
export function entries(node: Node | undefined): Iterable<[string, MapEntry]> {
  return node?.kind === 'map' ? node.entries : [];
}

/** The string at the path, or undefined where there is none or it is of another type. */
export function text(node: Node | undefined, ...path: Path): string | undefined {
  const found = at(node, ...path);
  return found?.kind === 'scalar' && typeof found.value === 'string' ? found.value : undefined;
}

/** The number at the path, or undefined where there is none or it is of another type. */
export function number(node: Node | undefined, ...path: Path): number | undefined {
  const found = at(node, ...path);
  return found?.kind === 'scalar' && typeof found.value === 'number' ? found.value : undefined;
}

/** The scalar's value at the path, or undefined where there is none or it is a collection. */
export function scalar(node: Node | undefined, ...path: Path): Scalar | undefined {
  const found = at(node, ...path);
  return found?.kind === 'scalar' ? found.value : undefined;
}

export function toJson(node: Node): Json {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'seq') return node.items.map(toJson);
  const object: Record<string, Json> = Object.create(null);
  for (const [key, entry] of node.entries) object[key] = toJson(entry.value);
  return object;
}

/**
 * A copy whose collections can be changed without changing the original. Before code is optimized `forEach` takes half as
 * long as an iterator, and this is called for every object of a build, several times.
 */
export function clone<N extends Node>(node: N): N;
export function clone(node: Node): Node {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'seq') return { kind: 'seq', items: node.items.map(item => clone(item)), span: node.span };
  const copy = new Map<string, MapEntry>();
  node.entries.forEach((entry, key) => {
    const { value } = entry;
    copy.set(key, value.kind === 'scalar' ? entry : { key: entry.key, value: clone(value) });
  });
  return { kind: 'map', entries: copy, span: node.span };
}

/** Same data, wherever it was written; the order of keys does not count. */
export function equal(a: Node | undefined, b: Node | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (a.kind === 'scalar') return b.kind === 'scalar' && a.value === b.value;
  if (a.kind === 'seq')
    return b.kind === 'seq' && a.items.length === b.items.length && a.items.every((item, i) => equal(item, b.items[i]));
  if (b.kind !== 'map' || a.entries.size !== b.entries.size) return false;
  for (const [key, entry] of a.entries) if (!equal(entry.value, b.entries.get(key)?.value)) return false;
  return true;
}
