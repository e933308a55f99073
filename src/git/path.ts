import { isUtf8 } from 'node:buffer';

/** Well-formed UTF-8 of two bytes and more, in text of one character a byte; else a byte that belongs to none. */
const NOT_ASCII =
  /([\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})|[\x80-\xff]/g;

/**
 * A path as text. git's paths are bytes: what is UTF-8 becomes its characters, any other byte one lone surrogate, U+DC80
 * to U+DCFF, as in Python's PEP 383. UTF-8 has no lone surrogates, so two texts are equal only where the bytes are.
 */
export function decodePath(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  return bytes
    .toString('latin1')
    .replace(NOT_ASCII, (byte: string, character?: string) =>
      character === undefined
        ? String.fromCharCode(0xdc00 + byte.charCodeAt(0))
        : Buffer.from(character, 'latin1').toString('utf8'),
    );
}

/** Nearly every path. Classes of Unicode take milliseconds to make ready, so that none stands at the top of the module. */
const PLAIN = /^[\x20-\x7e]*$/;

/** The bytes that `decodePath` made the text from. */
export function encodePath(path: string): Buffer {
  if (PLAIN.test(path) || !/\p{Cs}/u.test(path)) return Buffer.from(path, 'utf8');
  return Buffer.concat(Array.from(path, character => escapedByte(character) ?? Buffer.from(character, 'utf8')));
}

function escapedByte(character: string): Buffer | undefined {
  const code = character.charCodeAt(0);
  return character.length === 1 && code >= 0xdc80 && code <= 0xdcff ? Buffer.of(code - 0xdc00) : undefined;
}

/** The path in an address: every byte that has another meaning there, or none, is `%` and two digits. */
export function uriOf(path: string): string {
  return Array.from(encodePath(path), byte => {
    const character = String.fromCharCode(byte);
    if (/[\w.!~*'()/-]/.test(character)) return character;
    return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

/** Nearly every path once more, without what is quoted. */
const SHOWN_AS_IT_IS = /^[ !#-[\]-~]*$/;

/** Quotes, controls, invisible and bidirectional characters, line separators, and the surrogates of `decodePath`. */
function isUnprintable(text: string): boolean {
  return /["\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);
}

const C_ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

/**
 * The path for display: as it is where every character is plain, else in double quotes with C escapes, as git quotes
 * with `core.quotePath=false`. What git prints raw and a terminal obeys or hides (C1, zero-width and bidirectional
 * controls) is escaped byte by byte too.
 */
export function quotePath(path: string): string {
  if (SHOWN_AS_IT_IS.test(path) || !isUnprintable(path)) return path;
  return `"${Array.from(path, quoteCharacter).join('')}"`;
}

function quoteCharacter(character: string): string {
  if (!isUnprintable(character)) return character;
  return C_ESCAPES[character] ?? Array.from(encodePath(character), octal).join('');
}

function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`;
}

/** Code points that HFS+ ignores in names. Source: git, utf8.c, next_hfs_char. */
const IGNORED_BY_HFS = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** `.git` and its short name on NTFS, with what NTFS ignores after it. Source: git, path.c, is_ntfs_dotgit. */
const DOT_GIT = /^(?:\.git|git~1)[ .]*(?:$|[\\:])/i;

/** Whether some file system takes this name for `.git`, where git keeps its own files. */
export function isDotGit(name: string): boolean {
  return DOT_GIT.test(name) || DOT_GIT.test(name.replace(IGNORED_BY_HFS, ''));
}
