import type { Node, Span } from '../../yaml/node.ts';

/** Whole lines of a file, 1-based, both ends included. */
export interface Stretch {
  readonly file: string;
  readonly first: number;
  readonly last: number;
}

/** Every line of a file, however long it is. */
export function wholeFile(file: string): Stretch {
  return { file, first: 1, last: Number.POSITIVE_INFINITY };
}

export function touches({ source, start, end }: Span, { file, first, last }: Stretch): boolean {
  if (source.file !== file) return false;
  return source.position(start).line <= last && source.position(Math.max(start, end - 1)).line >= first;
}

/** The lines that a key with its value, an item or a document takes up, around the stretch, the shortest first. */
export function around(documents: readonly Node[], stretch: Stretch): Stretch[] {
  const found: Stretch[] = [];
  let within: readonly Part[] = documents.map(node => ({ node, span: node.span }));
  while (within.length > 0) {
    const part: Part | undefined = within.find(({ span }) => touches(span, stretch));
    if (part === undefined) break;
    const lines = linesOf(part.span);
    if (lines.first < stretch.first || lines.last > stretch.last) found.unshift(lines);
    within = partsOf(part.node);
  }
  return found;
}

interface Part {
  readonly node: Node;
  /** With its key. */
  readonly span: Span;
}

function partsOf(node: Node): Part[] {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'seq') return node.items.map(item => ({ node: item, span: item.span }));
  return [...node.entries.values()].map(({ key, value }) => {
    // The value of an alias stands elsewhere.
    const isHere = value.span.source === key.source && value.span.start >= key.start;
    return { node: value, span: isHere ? { ...key, end: value.span.end } : key };
  });
}

function linesOf({ source, start, end }: Span): Stretch {
  const last = source.position(Math.max(start, end - 1)).line;
  return { file: source.file, first: source.position(start).line, last };
}
