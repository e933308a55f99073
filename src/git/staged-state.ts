import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** With these the repository is not the `.git` of the folder. */
const ELSEWHERE = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY'];
const BRANCH = /^ref: (refs\/heads\/.+)\n$/;
const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?\n$/;
/** Of the checksum at the end of an index, which is longer in a repository of SHA-256. */
const CHECKSUM_BYTES = 20;

/**
 * What tells one state of HEAD, the index and the settings of a clone from another, without starting git. Undefined where
 * only git can say it: in a linked worktree, on a branch whose ref is packed or in a reftable, for an index without
 * checksum, outside of the folder that holds `.git`.
 *
 * @see https://git-scm.com/docs/gitrepository-layout
 */
export function stagedState(
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] | undefined {
  if (ELSEWHERE.some(name => env[name] !== undefined)) return undefined;
  const folder = join(cwd, '.git');
  try {
    const head = readFileSync(join(folder, 'HEAD'), 'utf8');
    const branch = BRANCH.exec(head)?.[1];
    const commit = branch === undefined ? head : readFileSync(join(folder, branch), 'utf8');
    const index = checksumOf(resolve(cwd, env.GIT_INDEX_FILE ?? '.git/index'));
    if (!COMMIT.test(commit) || index === undefined) return undefined;
    return [commit, index, readFileSync(join(folder, 'config'), 'latin1')];
  } catch {
    return undefined;
  }
}

/**
 * The index ends with a checksum of all that is before it, which is zero with `index.skipHash`.
 *
 * @see https://git-scm.com/docs/gitformat-index
 */
function checksumOf(path: string): string | undefined {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const end = Buffer.alloc(CHECKSUM_BYTES);
    const isWhole = readSync(file, end, 0, CHECKSUM_BYTES, size - CHECKSUM_BYTES) === CHECKSUM_BYTES;
    return isWhole && end.some(byte => byte !== 0) ? `${size} ${end.toString('hex')}` : undefined;
  } finally {
    closeSync(file);
  }
}
