import type { Span } from '../yaml/node.ts';

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

/** One entry a file with all its lines: `prod/kustomization.yaml:9, :11`. Sorted, so that the order of facts is no matter. */
export function placesOf(spans: readonly Span[], short: (file: string) => string = file => file): string[] {
  const lines = new Map<string, Set<number>>();
  for (const span of spans) {
    const { file, line } = locationOf(span);
    const known = lines.get(file) ?? new Set();
    lines.set(file, known.add(line));
  }
  return [...lines]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, known]) => `${short(file)}:${[...known].sort((a, b) => a - b).join(', :')}`);
}

/** The last two steps of a path: enough for a person who knows the repository. */
export function tailOf(file: string): string {
  return file.split('/').slice(-2).join('/');
}
