import { isUtf8 } from 'node:buffer';

const SLASH = 0x2f;

/**
 * A path as text. git's paths are bytes. A component that is valid UTF-8 is that text; in any other component each byte
 * of 0x80 and above is one lone surrogate, U+DC80 to U+DCFF, as in Python's PEP 383. Valid UTF-8 has no lone surrogates,
 * so two names are the same text only where they are the same bytes.
 */
export function decodePath(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const components: string[] = [];
  let start = 0;
  for (let end = bytes.indexOf(SLASH); end >= 0; end = bytes.indexOf(SLASH, start)) {
    components.push(decodeComponent(bytes.subarray(start, end)));
    start = end + 1;
  }
  components.push(decodeComponent(bytes.subarray(start)));
  return components.join('/');
}

function decodeComponent(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  return Array.from(bytes, byte => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte)).join('');
}

const LONE_SURROGATE = /\p{Cs}/u;

/** The bytes that `decodePath` made the text from. */
export function encodePath(path: string): Buffer {
  if (!LONE_SURROGATE.test(path)) return Buffer.from(path, 'utf8');
  return Buffer.concat(Array.from(path, character => escapedByte(character) ?? Buffer.from(character, 'utf8')));
}

function escapedByte(character: string): Buffer | undefined {
  const code = character.charCodeAt(0);
  return character.length === 1 && code >= 0xdc80 && code <= 0xdcff ? Buffer.of(code - 0xdc00) : undefined;
}

/** Quotes, controls, invisible and bidirectional characters, line separators, and the surrogates of `decodePath`. */
const UNPRINTABLE = /["\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

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
  if (!UNPRINTABLE.test(path)) return path;
  return `"${Array.from(path, quoteCharacter).join('')}"`;
}

function quoteCharacter(character: string): string {
  if (!UNPRINTABLE.test(character)) return character;
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
