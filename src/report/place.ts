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

/** One entry a file: `prod/kustomization.yaml:9, :11`. Sorted, so that the order of facts does not matter. */
export function placesOf(spans: readonly Span[]): string[] {
  const lines = new Map<string, Set<number>>();
  for (const span of spans) {
    const { file, line } = locationOf(span);
    const known = lines.get(file) ?? new Set();
    lines.set(file, known.add(line));
  }
  return [...lines]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([file, known]) =>
        `${file}:${list(
          [...known].sort((a, b) => a - b).map((line, i) => (i === 0 ? `${line}` : `:${line}`)),
          MOST_LINES,
        )}`,
    );
}

/** The last two steps of a path: enough for a person who knows the repository. */
export function tailOf(place: string): string {
  return place.split('/').slice(-2).join('/');
}
