import { GitError } from './error.ts';
import { decodePath } from './path.ts';
import type { Mode } from './tree.ts';

/** An entry of one tree object. */
export interface FolderEntry {
  readonly mode: Mode;
  readonly oid: string;
}

/** A tree object: the entries of one folder by name. */
export type Folder = ReadonlyMap<string, FolderEntry>;

export interface Commit {
  readonly oid: string;
  readonly tree: string;
  /** As the commit names them; a shallow clone may lack them. */
  readonly parents: readonly string[];
  /** The first paragraph of the message as one line. */
  readonly subject: string;
  /** The message after the first paragraph. */
  readonly body: string;
  /** When it was committed, ISO 8601 in UTC. */
  readonly date: string;
}

const NOT_ASCII = /[\x80-\xff]/;

/**
 * Reads a tree object; throws `GitError` where it is none. `oidBytes` is 20, or 32 in a sha256 repository. Works on text
 * of one character a byte: folders of thousands of entries are read on the way to one file.
 */
export function parseFolder(content: Buffer, oidBytes: number): Folder {
  const text = content.toString('latin1');
  const hex = content.toString('hex');
  const entries = new Map<string, FolderEntry>();
  for (let position = 0; position < text.length; ) {
    // `100644 name`, NUL, the bytes of the id
    const space = text.indexOf(' ', position);
    const nul = text.indexOf('\0', space);
    const mode = parseMode(text.slice(position, space));
    position = nul + 1 + oidBytes;
    if (space < 0 || nul < 0 || mode === undefined || position > text.length) {
      throw new GitError(3, 'a tree object is damaged', 'Run git fsck.');
    }
    const bytes = text.slice(space + 1, nul);
    const name = NOT_ASCII.test(bytes) ? decodePath(Buffer.from(bytes, 'latin1')) : bytes;
    // Which of two would count differs between programs.
    if (entries.has(name)) throw new GitError(3, 'a tree object has one name twice', 'Run git fsck.');
    entries.set(name, { mode, oid: hex.slice(2 * (nul + 1), 2 * position) });
  }
  return entries;
}

/** The mode that octal digits stand for; undefined for `000000`, where nothing stands, and for what git never writes. */
export function parseMode(digits: string): Mode | undefined {
  const bits = Number.parseInt(digits, 8);
  switch (bits & 0o170000) {
    case 0o040000:
      return 'directory';
    case 0o100000:
      return (bits & 0o100) === 0 ? 'file' : 'executable';
    case 0o120000:
      return 'symlink';
    case 0o160000:
      return 'submodule';
    default:
      return undefined;
  }
}

/** Reads a commit object. Undefined where it has no tree or no committer, so is damaged. */
export function parseCommit(oid: string, content: Buffer): Commit | undefined {
  const end = content.indexOf('\n\n');
  const headers = content
    .toString('latin1', 0, end < 0 ? content.length : end)
    .split('\n')
    .map(line => {
      const space = line.indexOf(' ');
      return { key: line.slice(0, space), value: line.slice(space + 1) };
    });
  const values = (key: string) => headers.filter(header => header.key === key).map(header => header.value);
  const [tree] = values('tree');
  const [committer] = values('committer');
  if (tree === undefined || committer === undefined) return undefined;
  const message = decodeText(end < 0 ? Buffer.alloc(0) : content.subarray(end + 2), values('encoding')[0]);
  return { oid, tree, parents: values('parent'), date: committedAt(committer), ...splitMessage(message) };
}

function decodeText(bytes: Buffer, encoding = 'utf-8'): string {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return bytes.toString('utf8'); // An encoding that nobody knows: the message is for reading only.
  }
}

/** As git's %s and %b: the first paragraph in one line, then the rest. */
export function splitMessage(message: string): { subject: string; body: string } {
  const [subject = '', ...paragraphs] = message.trim().split(/\n[ \t]*\n/);
  return { subject: subject.split('\n').join(' '), body: paragraphs.join('\n\n').trim() };
}

/** `Ada <ada@example.com> 1767225600 +0100`; like git, 1970 for a time that is out of range. */
function committedAt(committer: string): string {
  const seconds = Number(/> (-?\d+) [+-]\d+$/.exec(committer)?.[1] ?? 0);
  const date = new Date(seconds * 1000);
  return (Number.isNaN(date.getTime()) ? new Date(0) : date).toISOString();
}
