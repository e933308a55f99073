import { createHash } from 'node:crypto';
import { GitError } from './error.ts';
import type { Objects } from './objects.ts';
import { type Folder, parseFolder } from './parse-object.ts';
import { encodePath } from './path.ts';
import type { Mode } from './tree.ts';

/** SHA-1 ids have 40 hexadecimal digits, SHA-256 ids 64. */
export type ObjectFormat = 'sha1' | 'sha256';

/** A folder of a million short names. No repository that people work with comes near. */
const MAX_FOLDER_SIZE = 64 * 1024 * 1024;

const NOT_ASCII = /[\x80-\uffff]/;

const OCTAL: Readonly<Record<Mode, string>> = {
  file: '100644',
  executable: '100755',
  symlink: '120000',
  submodule: '160000',
  directory: '40000',
};

/** The tree objects of the repository and those made here, read once each. */
export class Folders {
  readonly #objects: Objects;
  readonly #format: ObjectFormat;
  readonly #known = new Map<string, Folder>();
  readonly #arriving = new Map<string, Promise<Folder>>();

  constructor(objects: Objects, format: ObjectFormat) {
    this.#objects = objects;
    this.#format = format;
    this.add(new Map());
  }

  /** The tree object with this id. Throws `GitError` where the clone lacks it. */
  get(oid: string): Folder | Promise<Folder> {
    const known = this.#known.get(oid) ?? this.#arriving.get(oid);
    if (known !== undefined) return known;
    const folder = this.#read(oid);
    this.#arriving.set(oid, folder);
    return folder;
  }

  /** Makes a tree object known without writing it, and returns the id that git would give it. */
  add(folder: Folder): string {
    const content = writeFolder(folder);
    const oid = createHash(this.#format).update(`tree ${content.length}\0`).update(content).digest('hex');
    this.#known.set(oid, folder);
    return oid;
  }

  /** Makes a tree object known that was read elsewhere. */
  set(oid: string, folder: Folder): void {
    this.#known.set(oid, folder);
  }

  async #read(oid: string): Promise<Folder> {
    const object = await this.#objects.get(oid, MAX_FOLDER_SIZE);
    if (object?.content === undefined || object.type !== 'tree') {
      throw new GitError(3, `the tree ${oid} is not in this clone`, 'Fetch the commit in full, or run git fsck.');
    }
    const folder = parseFolder(object.content, this.#format === 'sha1' ? 20 : 32);
    this.#known.set(oid, folder);
    this.#arriving.delete(oid);
    return folder;
  }
}

/**
 * The content of a tree object: what `parseFolder` reads. Like there, text of one character a byte: folders of thousands
 * of entries are written for one that changed.
 */
function writeFolder(folder: Folder): Buffer {
  const entries = Array.from(folder, ([name, { mode, oid }]) => {
    const bytes = bytesOf(name);
    // git sorts folders as if their names ended in a slash.
    return { head: `${OCTAL[mode]} ${bytes}\0`, oid, key: mode === 'directory' ? `${bytes}/` : bytes };
  });
  entries.sort((a, b) => (a.key < b.key ? -1 : 1));
  const oids = Buffer.from(entries.map(({ oid }) => oid).join(''), 'hex').toString('latin1');
  const length = oids.length / entries.length;
  const lines = entries.map(({ head }, index) => head + oids.slice(index * length, (index + 1) * length));
  return Buffer.from(lines.join(''), 'latin1');
}

/** The bytes of a name, one character each. */
function bytesOf(name: string): string {
  return NOT_ASCII.test(name) ? encodePath(name).toString('latin1') : name;
}
