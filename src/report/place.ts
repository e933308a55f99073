import type { Span } from '../yaml/node.ts';
import { list } from './line.ts';

/** A stretch of a file as editors count: 1-based, columns in UTF-16 code units, the end exclusive. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function locationOf({ source, start, end }: Span): Location {
  const first = source.position(start);
  const last = source.position(Math.max(start, end));
  return { file: source.file, line: first.line, column: first.column, endLine: last.line, endColumn: last.column };
}

/** `base/app.yaml:15:13`, which terminals and editors open on a click. */
export function placeOf(span: Span): string {
  const { file, line, column } = locationOf(span);
  return `${file}:${line}:${column}`;
}

/** Lines of one file that are told. */
const MOST_LINES = 4;

/** A file with the lines that are meant, 1-based and sorted. */
export interface FileLines {
  readonly file: string;
  readonly lines: readonly number[];
}

/** One entry a file, sorted, so that the order of facts does not matter. */
export function linesOf(spans: readonly Span[]): FileLines[] {
  const lines = new Map<string, Set<number>>();
  for (const span of spans) {
    const { file, line } = locationOf(span);
    const known = lines.get(file) ?? new Set();
    lines.set(file, known.add(line));
  }
  return [...lines]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, known]) => ({ file, lines: [...known].sort((a, b) => a - b) }));
}

/** `prod/kustomization.yaml:9, :11`. */
export function placeText({ file, lines }: FileLines): string {
  const numbers = lines.map((line, i) => (i === 0 ? `${line}` : `:${line}`));
  return `${file}:${list(numbers, MOST_LINES)}`;
}

export function placesOf(spans: readonly Span[]): string[] {
  return linesOf(spans).map(placeText);
}

/** The last two steps of a path: enough for a person who knows the repository. */
export function tailOf(place: string): string {
  return place.split('/').slice(-2).join('/');
}
