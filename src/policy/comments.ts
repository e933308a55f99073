import type { UnitChange } from '../change/change.ts';
import type { Tree } from '../git/tree.ts';
import { decode } from '../yaml/decode.ts';
import type { Node, Source, Span } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { type Allowance, allowanceOf } from './allowance.ts';

/** An allowance in a comment. */
export interface CommentAllowance extends Allowance {
  /** The line that it is about: its own, or, for a comment on a line of its own, the next one with content. */
  readonly line: number;
}

/** What a comment for this program starts with. */
export const MARK = 'deploy-lint:';
const COMMENT = /(?<=^|[ \t])#[ \t]*deploy-lint:[^\r\n]*/gm;

/**
 * The allowances in the comments of a YAML text, from top to bottom. Text in a scalar that looks like one is none, and
 * neither is anything in a file that does not parse.
 */
export function commentAllowances(source: Source): CommentAllowance[] {
  if (!source.text.includes(MARK) || !/\.ya?ml$/.test(source.file)) return [];
  const { documents, problems } = parse(source, 'kubectl');
  if (problems.some(({ code }) => code === 'yaml-does-not-parse')) return [];
  const scalars = documents.flatMap(scalarSpans);
  const lines = source.text.split(/\r\n|\n|\r/);
  return [...source.text.matchAll(COMMENT)].flatMap(match => {
    const start = match.index;
    if (scalars.some(span => span.start <= start && start < span.end)) return [];
    const text = match[0].slice(match[0].indexOf(':') + 1);
    const span = { source, start, end: start + match[0].length };
    return { ...allowanceOf(text, span), line: lineMeant(source.position(start), lines) };
  });
}

function lineMeant({ line, column }: { line: number; column: number }, lines: readonly string[]): number {
  if ((lines[line - 1] ?? '').slice(0, column - 1).trim() !== '') return line;
  const next = lines.findIndex((text, index) => index >= line && !/^\s*(?:#.*)?$/.test(text));
  return next < 0 ? line : next + 1;
}

/** The scalars written in a text, keys included. */
function scalarSpans(node: Node): Span[] {
  if (node.kind === 'scalar') return [node.span];
  if (node.kind === 'seq') return node.items.flatMap(scalarSpans);
  return [...node.entries.values()].flatMap(({ key, value }) => [key, ...scalarSpans(value)]);
}

/** The texts of a tree, among those that its units are made from, that may hold an allowance. */
export async function markedTexts(tree: Tree, units: readonly UnitChange[]): Promise<Source[]> {
  const files = new Set(units.flatMap(({ after }) => after?.files ?? []));
  const texts = await Promise.all(
    [...files].map(async file => {
      const entry = await tree.entry(file);
      const bytes = entry === undefined || entry.mode === 'directory' ? undefined : await tree.read(entry);
      return bytes?.includes(MARK) ? [decode(file, bytes).source] : [];
    }),
  );
  return texts.flat();
}
