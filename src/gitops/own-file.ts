import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';

/** The content of a plain file of this user that is no link and no larger than `limit`; undefined for any other. */
export async function readOwnFile(path: string, limit: number): Promise<Buffer | undefined> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { size, uid } = await file.stat();
    // There are no such ids on Windows, where the folder of the user is the user's alone.
    const isOurs = userInfo().uid < 0 || uid === userInfo().uid;
    if (!isOurs || size > limit) return undefined;
    // One read: `readFile` asks for small pieces, which takes five times as long.
    const content = Buffer.allocUnsafe(size);
    const { bytesRead } = await file.read(content, 0, size, 0);
    return bytesRead === size ? content : undefined;
  } finally {
    await file.close();
  }
}

/** Writes a file that only this user reads, as a whole or not at all. The folder is made where it is missing. */
export async function writeOwnFile(folder: string, name: string, parts: readonly (string | Buffer)[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${name}.${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      for (const part of parts) await file.writeFile(part);
    } finally {
      await file.close();
    }
    await rename(draft, join(folder, name));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
