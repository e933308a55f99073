import { isCredential, printable } from '../change/printable.ts';
import { MESSAGE_FILE } from '../git/message.ts';
import type { Span } from '../yaml/node.ts';
import { escapeText } from './escape.ts';
import { type Line, painted } from './line.ts';
import { locationOf } from './place.ts';

/** Lines shown before the one that is meant: in YAML what gives a line its meaning stands above it. */
const BEFORE = 4;

/** Anything that can hold a Secret's value. A file with one of these is never quoted. */
const SECRET = /\bkind["']?\s*:\s*["']?Secret\b|\bsecretGenerator\b|\bstringData\b|-----BEGIN /;
const QUOTABLE = /\.(ya?ml|json)$/;

/** The lines around a span with the span underlined; nothing where the file may hold a Secret or is no manifest. */
export function frame(span: Span, width: number): Line[] {
  const { source } = span;
  const isQuotable = QUOTABLE.test(source.file) || source.file === MESSAGE_FILE;
  if (!isQuotable || SECRET.test(source.text) || source.text === '') return [];
  const { line, column, endLine, endColumn } = locationOf(span);
  const texts = source.text.split(/\r\n|\n|\r/);
  const first = Math.max(1, line - BEFORE, documentStart(texts, line));
  const digits = String(line).length;
  const room = Math.max(20, width - digits - 6);
  const lines: Line[] = [];
  for (let number = first; number <= line; number++) {
    const text = withoutCredential(texts[number - 1] ?? '', texts[number - 2] ?? '');
    lines.push([painted('dim', `   ${String(number).padStart(digits)} | `), cut(text, room)]);
  }
  const marked = texts[line - 1] ?? '';
  const start = shown(marked.slice(0, column - 1)).length;
  const end = shown(endLine === line ? marked.slice(0, endColumn - 1) : marked.trimEnd()).length;
  if (start < room) {
    const tildes = '~'.repeat(Math.max(1, Math.min(end, room) - start));
    lines.push([painted('dim', `   ${' '.repeat(digits)} | `), ' '.repeat(start), painted('error', tildes)]);
  }
  return lines;
}

/** The first line of the YAML document that a line is in: what stands above `---` says nothing about it. */
function documentStart(texts: readonly string[], line: number): number {
  for (let number = line; number >= 1; number--) {
    if ((texts[number - 1] ?? '').startsWith('---')) return Math.min(number + 1, line);
  }
  return 1;
}

/** `key: value` and `--key=value`. */
const SETTING = /^(\s*(?:-\s+)?["']?(?:--)?([\w./-]+)["']?(?::\s+|=))(\S.*)$/;

/** `{ name: DB_PASSWORD, value: hunter2 }`, maybe in a list. */
const MAPPING = /^[[{].*\bvalue["']?\s*:/;

/** What is no setting: an argument, an address, a mapping in one line, a line of a text. */
const OTHER = /^(\s*(?:-\s+)?)(\S.*)$/;

/**
 * A line of a manifest without a credential that it sets, by its own key or by the `name` or the option in the line
 * before it.
 */
function withoutCredential(line: string, before: string): string {
  const [, start, key, value] = SETTING.exec(line) ?? [];
  if (start === undefined || key === undefined || value === undefined) return otherWithoutCredential(line, before);
  if (key === 'name') return line;
  const [, , above, name] = SETTING.exec(before) ?? [];
  const names = [
    key,
    ...(above === 'name' && name !== undefined ? [name] : []),
    ...(MAPPING.test(value) ? [value] : []),
  ];
  const bare = value.slice(0, 80);
  return names.every(one => printable(one, bare) !== undefined) ? line : `${start}...`;
}

function otherWithoutCredential(line: string, before: string): string {
  const [, start, value = ''] = OTHER.exec(line) ?? [];
  const [, , option = ''] = OTHER.exec(before) ?? [];
  // `requirepass hunter2`
  const name = MAPPING.test(value) ? value : /^[\w.-]+(?=\s+\S)/.exec(value)?.[0];
  return isCredential(option.startsWith('-') ? option : (name ?? ''), value) ? `${start}...` : line;
}

/** As it will be printed, so that the mark stands under the place whatever is escaped before it. */
function shown(text: string): string {
  return escapeText(text.replaceAll('\t', ' '));
}

function cut(text: string, room: number): string {
  const whole = shown(text);
  return whole.length <= room ? whole : `${whole.slice(0, room - 3)}...`;
}
