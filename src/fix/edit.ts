import type { Repair } from '../rule/repair.ts';
import { at, clone, equal, type MapNode, type Node, type Path, Source, type Span } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { resolvePlain } from '../yaml/scalars.ts';
import { textAnnotated, textWithout } from './edit-text.ts';

/** A place in a stream of documents. */
interface Found {
  readonly document: number;
  readonly path: Path;
}

/**
 * The text with the repair made at the place, and every other byte as it was. Undefined where that cannot be done so
 * that the documents differ in the intended value alone: behind an anchor, in a block of text.
 */
export function repaired(text: string, place: Pick<Span, 'start' | 'end'>, repair: Repair): string | undefined {
  const before = documentsOf(text);
  if (before === undefined) return undefined;
  const [found, ...others] = before.flatMap((root, document) => pathsTo(root, place).map(path => ({ document, path })));
  if (found === undefined || others.length > 0) return undefined;
  const edited = edit(text, before, found, repair);
  const after = edited === undefined ? undefined : documentsOf(edited);
  const expected = intended(before, found, repair);
  const isRight = after?.length === expected.length && after.every((root, i) => equal(root, expected[i]));
  return isRight ? edited : undefined;
}

function documentsOf(text: string): readonly Node[] | undefined {
  const { documents, problems } = parse(new Source('', text), 'kustomize');
  return problems.length === 0 ? documents : undefined;
}

/** Every way to the scalar that is written at the place: more than one where it is an anchor's. */
function pathsTo(node: Node, place: Pick<Span, 'start' | 'end'>, path: Path = []): Path[] {
  if (node.kind === 'scalar') return node.span.start === place.start && node.span.end === place.end ? [path] : [];
  const children: readonly (readonly [string | number, Node])[] =
    node.kind === 'seq'
      ? node.items.map((item, i) => [i, item] as const)
      : [...node.entries].map(([key, { value }]) => [key, value] as const);
  return children.flatMap(([step, child]) => pathsTo(child, place, [...path, step]));
}

function edit(text: string, documents: readonly Node[], { document, path }: Found, repair: Repair): string | undefined {
  const root = documents[document];
  const node = at(root, ...path);
  if (root === undefined || node === undefined) return undefined;
  switch (repair.kind) {
    case 'set': {
      const { start, end } = node.span;
      const written = scalarText(text.slice(start, end), repair.value);
      return written === undefined ? undefined : text.slice(0, start) + written + text.slice(end);
    }
    case 'remove': {
      const parent = at(root, ...path.slice(0, -1));
      const entry = parent?.kind === 'map' ? parent.entries.get(String(path.at(-1))) : undefined;
      return entry === undefined ? undefined : textWithout(text, entry);
    }
    case 'annotate':
      return textAnnotated(text, root, repair);
  }
}

/** A text in the style of the scalar in whose place it stands; undefined for a block. */
function scalarText(old: string, value: string): string | undefined {
  if (/^[|>]/.test(old)) return undefined;
  if (old.startsWith("'")) return `'${value.replaceAll("'", "''")}'`;
  const isPlain = !old.startsWith('"') && /^[\w][\w./@+-]*(?::[\w./@+-]+)*$/.test(value);
  const isText = resolvePlain(value, 'kustomize') === value && resolvePlain(value, 'kubectl') === value;
  return isPlain && isText ? value : JSON.stringify(value);
}

/** The documents as they have to be read afterwards. */
function intended(documents: readonly Node[], { document, path }: Found, repair: Repair): Node[] {
  const copies = documents.map(node => clone(node));
  const root = copies[document];
  const parent = at(root, ...path.slice(0, -1));
  const step = path.at(-1);
  const { span } = documents[document] ?? { span: { source: new Source('', ''), start: 0, end: 0 } };
  if (repair.kind === 'annotate') {
    const metadata = at(root, 'metadata');
    if (metadata?.kind !== 'map') return [];
    const old = at(metadata, 'annotations');
    const annotations: MapNode = old?.kind === 'map' ? old : { kind: 'map', entries: new Map(), span };
    annotations.entries.set(repair.key, { key: span, value: { kind: 'scalar', value: repair.value, span } });
    metadata.entries.set('annotations', { key: span, value: annotations });
  } else if (parent?.kind === 'map' && typeof step === 'string') {
    if (repair.kind === 'remove') parent.entries.delete(step);
    else parent.entries.set(step, { key: span, value: { kind: 'scalar', value: repair.value, span } });
  } else if (parent?.kind === 'seq' && typeof step === 'number' && repair.kind === 'set') {
    parent.items[step] = { kind: 'scalar', value: repair.value, span };
  } else return [];
  return copies;
}
