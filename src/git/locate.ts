import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { GitError } from './error.ts';
import { quotePath } from './path.ts';

/** Where and with what git is started: the same for every call of one run. */
export interface Git {
  /** The program, absolute. */
  readonly program: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What git needs to find itself, its configuration and the repository. All else stays out. */
const KEPT = [
  'PATH',
  'HOME',
  'XDG_CONFIG_HOME',
  'TMPDIR',
  'SYSTEMROOT',
  'USERPROFILE',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CEILING_DIRECTORIES',
  'GIT_DISCOVERY_ACROSS_FILESYSTEM',
  // Hooks of a linked worktree and of `git --git-dir` start with these, hooks that receive a push with the last two.
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
];

const FIXED = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: '/dev/null',
  LC_ALL: 'C',
};

/** git as it is started for `cwd`. Throws `GitError` where the folder or the program is not found. */
export function locateGit(cwd: string, env: NodeJS.ProcessEnv): Git {
  const isFolder = statSync(cwd, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (!isFolder) throw new GitError(2, `there is no folder ${quotePath(cwd)}`);
  const kept = KEPT.flatMap(name => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    program: findProgram(cwd, env.PATH ?? ''),
    cwd,
    env: { ...Object.fromEntries(kept), ...safeDirectories(env), ...FIXED },
  };
}

/** The `safe.directory` settings that containers give in the environment; no other setting of theirs is kept. */
function safeDirectories(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = {};
  let count = 0;
  for (let index = 0; env[`GIT_CONFIG_KEY_${index}`] !== undefined; index++) {
    if (env[`GIT_CONFIG_KEY_${index}`]?.toLowerCase() !== 'safe.directory') continue;
    kept[`GIT_CONFIG_KEY_${count}`] = 'safe.directory';
    kept[`GIT_CONFIG_VALUE_${count}`] = env[`GIT_CONFIG_VALUE_${index}`] ?? '';
    count++;
  }
  return count === 0 ? kept : { ...kept, GIT_CONFIG_COUNT: String(count) };
}

/** The first git in PATH. Relative folders and those of the repository itself could hold a program from a commit. */
function findProgram(cwd: string, path: string): string {
  const workTree = nearestWorkTree(cwd);
  for (const folder of path.split(delimiter).filter(isAbsolute)) {
    for (const name of ['git', 'git.exe']) {
      const program = join(folder, name);
      if (isExecutable(program) && !(workTree !== undefined && isInside(program, workTree))) return program;
    }
  }
  throw new GitError(3, 'git was not found in PATH', 'Install git 2.31 or newer, outside of the repository.');
}

function nearestWorkTree(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Whether a file is in a folder, by its own path or where its links lead. */
function isInside(file: string, folder: string): boolean {
  return [relative(folder, file), relative(realpathSync(folder), realpathSync(file))].some(
    path => path.split(sep)[0] !== '..' && !isAbsolute(path),
  );
}

function isExecutable(file: string): boolean {
  try {
    // Asked for by most, and there by few: an error for each folder of PATH takes milliseconds.
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false;
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // Not there or not ours to run: the next folder of PATH may have one.
  }
}
