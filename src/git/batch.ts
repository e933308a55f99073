import { GitError } from './error.ts';

/** An object of the repository. */
export interface GitObject {
  /** 40 or 64 hexadecimal digits. */
  readonly oid: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** Undefined where it is larger than was asked for. */
  readonly content: Buffer | undefined;
}

export interface BatchReader {
  /** How many bytes of content the next answer may have to be kept. */
  limit(): number;
  /** Called for each answer in its order; undefined for an object that is not there. */
  answer(object: GitObject | undefined): void;
}

const FOUND = /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)$/;
const NOT_FOUND = / (?:missing|ambiguous)$/;
const LINE_FEED = 0x0a;

/**
 * Reads the answers of `git cat-file --batch` from chunks that break anywhere: a line, then the content and a line feed.
 * Throws `GitError` where the stream is no such thing.
 */
export function readBatch(reader: BatchReader): (chunk: Buffer) => void {
  let line = '';
  let object: GitObject | undefined;
  /** Bytes of content and line feed that are still to come. */
  let missing = 0;

  const finish = (answer: GitObject | undefined): void => {
    line = '';
    object = undefined;
    reader.answer(answer);
  };

  const readLine = (chunk: Buffer, start: number): number => {
    const end = chunk.indexOf(LINE_FEED, start);
    line += chunk.toString('latin1', start, end < 0 ? chunk.length : end);
    if (end < 0) return chunk.length;
    const [, oid, type, digits] = FOUND.exec(line) ?? [];
    if (oid !== undefined && type !== undefined) {
      const size = Number(digits);
      object = { oid, type, size, content: size <= reader.limit() ? Buffer.allocUnsafe(size) : undefined };
      missing = size + 1;
    } else if (NOT_FOUND.test(line)) {
      finish(undefined);
    } else {
      throw new GitError(3, 'git cat-file gave an answer of an unknown form');
    }
    return end + 1;
  };

  const readContent = (chunk: Buffer, start: number, { size, content }: GitObject): number => {
    const taken = Math.min(missing, chunk.length - start);
    content?.set(chunk.subarray(start, start + Math.min(taken, missing - 1)), size + 1 - missing);
    missing -= taken;
    if (missing === 0) finish(object);
    return start + taken;
  };

  return chunk => {
    for (let position = 0; position < chunk.length; ) {
      position = object === undefined ? readLine(chunk, position) : readContent(chunk, position, object);
    }
  };
}
