import { isUtf8 } from 'node:buffer';
import { Source } from './node.ts';
import type { Problem } from './problem.ts';

/** A file's bytes as text. Text that is not what its bytes should mean comes with a problem, never silently. */
export interface Decoded {
  readonly source: Source;
  readonly problems: Problem[];
}

const UTF_8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

const UTF_16 = [
  { encoding: 'utf-16le', mark: Buffer.from([0xff, 0xfe]) },
  { encoding: 'utf-16be', mark: Buffer.from([0xfe, 0xff]) },
] as const;

/** How a text in UTF-16 starts. */
export const UTF_16_MARKS: readonly Buffer[] = UTF_16.map(({ mark }) => mark);

/** Whether the bytes are UTF-16, in which no search for a word finds it. */
export function isUtf16(bytes: Buffer): boolean {
  return UTF_16_MARKS.some(mark => startsWith(bytes, mark));
}

function startsWith(bytes: Buffer, mark: Buffer): boolean {
  return bytes[0] === mark[0] && bytes.subarray(0, mark.length).equals(mark);
}

/**
 * Reads UTF-8, and UTF-16 where a byte order mark says so, as kubectl does; the mark itself is left out of the text.
 * Bytes that are neither give U+FFFD in the text and a problem `encoding` at the first of them.
 */
export function decode(file: string, bytes: Buffer): Decoded {
  const wide = UTF_16.find(({ mark }) => startsWith(bytes, mark));
  if (wide !== undefined) return decodeUtf16(file, bytes.subarray(wide.mark.length), wide.encoding);
  const content = startsWith(bytes, UTF_8_MARK) ? bytes.subarray(UTF_8_MARK.length) : bytes;
  const source = new Source(file, content.toString('utf8'));
  if (isUtf8(content)) return { source, problems: [] };
  const start = firstReplaced(source.text, content);
  const byte = content[Buffer.byteLength(source.text.slice(0, start))] ?? 0;
  const message = `the file is not UTF-8: byte 0x${byte.toString(16)} stands where no character can`;
  return { source, problems: [{ code: 'encoding', message, span: { source, start, end: start + 1 } }] };
}

function decodeUtf16(file: string, content: Buffer, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  const source = new Source(file, new TextDecoder(encoding, { ignoreBOM: true }).decode(content));
  const broken = content.length % 2 === 1 || /\p{Surrogate}/u.test(source.text) || source.text.includes('\uFFFD');
  if (!broken) return { source, problems: [] };
  const start = Math.max(0, source.text.indexOf('\uFFFD'));
  const message = `the file starts as ${encoding.toUpperCase()} and is not`;
  return { source, problems: [{ code: 'encoding', message, span: { source, start, end: start + 1 } }] };
}

/** Where the first U+FFFD stands that the bytes do not spell. */
function firstReplaced(text: string, bytes: Buffer): number {
  let offset = 0;
  let checked = 0;
  for (let found = text.indexOf('\uFFFD'); found >= 0; found = text.indexOf('\uFFFD', found + 1)) {
    offset += Buffer.byteLength(text.slice(checked, found));
    checked = found;
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return found;
  }
  return 0;
}
