import { isAbsolute } from 'node:path';
import { GitError } from './error.ts';
import type { ObjectFormat } from './folders.ts';
import type { Git } from './locate.ts';
import { quotePath } from './path.ts';
import { runGit } from './run.ts';

/** What git says about the repository that it was started in. */
export interface Found {
  /** The folder of the work tree, absolute. */
  readonly top: string;
  readonly format: ObjectFormat;
  /** Whether history is cut off. */
  readonly shallow: boolean;
}

/** Unknown to versions before 2.31, which print it as it stands. */
const FIRST_OPTION = '--path-format=absolute';

/** Asks git for the repository that it was started in. Throws `GitError` where there is none that can be read. */
export async function findRepository(git: Git): Promise<Found> {
  const options = [FIRST_OPTION, '--is-shallow-repository', '--show-object-format', '--show-toplevel'];
  const { status, stdout, error } = await runGit(git, ['rev-parse', ...options]);
  // The folder's name may have line feeds of its own.
  const [shallow, format, ...lines] = stdout.toString('utf8').replace(/\n$/, '').split('\n');
  if (shallow === FIRST_OPTION) throw new GitError(3, 'this git is older than 2.31', 'Install a newer git.');
  if (status !== 0) throw refused(git, error);
  const top = lines.join('\n');
  const isKnown = (shallow === 'true' || shallow === 'false') && (format === 'sha1' || format === 'sha256');
  if (!isKnown || !isAbsolute(top)) throw new GitError(3, `${quotePath(git.program)} does not answer as git does`);
  return { top, format, shallow: shallow === 'true' };
}

/** git's refusal in our words where it is a known one. Matches the English of git 2.31 to 2.55. */
export function refused(git: Git, error: string): GitError {
  const folder = quotePath(git.cwd);
  if (error.includes('dubious ownership') || error.includes('unsafe repository')) {
    const hint = `If you trust it: git config --global --add safe.directory ${folder}`;
    return new GitError(3, `git refuses ${folder}: the repository belongs to another user`, hint);
  }
  if (error.includes('must be run in a work tree') || error.includes('cannot use bare repository')) {
    return new GitError(2, `${folder} is in a repository without a work tree`, 'Run it in a clone or a worktree.');
  }
  // The `.git` of a linked worktree or a submodule is a file that names a folder. The second text is that of git 2.55.
  if (/not a git repository: |gitfile does not point to/.test(error)) {
    const hint = 'Where the repository was moved: git worktree repair, in it. Where it is gone, so is this worktree.';
    return new GitError(2, `${folder} belongs to a repository that is no longer where it was`, hint);
  }
  if (error.includes('not a git repository')) return new GitError(2, `${folder} is not in a git repository`);
  return new GitError(3, `git cannot open the repository of ${folder}: ${error}`);
}
