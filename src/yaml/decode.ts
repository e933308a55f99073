import { isUtf8 } from 'node:buffer';
import { Source } from './node.ts';
import type { Problem } from './problem.ts';

/** A file's bytes as text. Text that is not what its bytes should mean comes with a problem, never silently. */
export interface Decoded {
  readonly source: Source;
  readonly problems: Problem[];
}

/**
 * Reads UTF-8, and UTF-16 where a byte order mark says so, as kubectl does; the mark itself is left out of the text.
 * Bytes that are neither give U+FFFD in the text and a problem `encoding` at the first of them.
 */
export function decode(file: string, bytes: Buffer): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16(file, bytes.subarray(2), 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(file, bytes.subarray(2), 'utf-16be');
  const content = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
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
