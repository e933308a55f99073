import { createHash, randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * What `writeOwnFile` wrote to the path under the same heading, whole and unchanged; undefined for anything else. Waits
 * for the file, since a check has nothing else to do, and starting node's threads for it takes longer than reading.
 */
export function readOwnFile(path: string, heading: string): Buffer | undefined {
  const file = readPlainFile(path);
  const newline = file?.indexOf(0x0a) ?? -1;
  if (file === undefined || newline < 0) return undefined;
  const content = file.subarray(newline + 1);
  return file.toString('utf8', 0, newline) === firstLine(heading, content) ? content : undefined;
}

function firstLine(heading: string, content: Buffer): string {
  return `${heading} ${createHash('sha1').update(content).digest('hex')}`;
}

/** The content of a plain file of this user that is no link and not huge; undefined for what cannot be read as that. */
function readPlainFile(path: string): Buffer | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    const { size, uid } = fstatSync(file);
    // There are no such ids on Windows, where the folder of the user is the user's alone.
    const isOurs = userInfo().uid < 0 || uid === userInfo().uid;
    if (!isOurs || size > MAX_BYTES) return undefined;
    const content = Buffer.allocUnsafe(size);
    return readSync(file, content, 0, size, 0) === size ? content : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

interface OwnFile {
  readonly folder: string;
  readonly name: string;
  /** One line: what the content is, in which version, and for what. */
  readonly heading: string;
  readonly content: Buffer;
}

/** Writes a file that only this user reads, as a whole or not at all. The folder is made where it is missing. */
export async function writeOwnFile({ folder, name, heading, content }: OwnFile): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${name}.${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(`${firstLine(heading, content)}\n`);
      await file.writeFile(content);
    } finally {
      await file.close();
    }
    await rename(draft, join(folder, name));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
