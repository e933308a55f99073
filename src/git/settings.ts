import { GitError } from './error.ts';
import { refused } from './find.ts';
import { locateGit } from './locate.ts';
import { runGit } from './run.ts';

/** The clone's own settings and folders, for setting it up. The only place that writes git's settings. */
export interface Settings {
  /** Absolute. */
  readonly top: string;
  /** Where hooks are looked for without a setting, absolute. */
  readonly hooks: string;
  /** The value of this clone or of whoever uses it; undefined where there is none. */
  get(name: string): Promise<string | undefined>;
  /** In this clone; undefined takes it away. */
  set(name: string, value: string | undefined): Promise<void>;
}

/** Throws `GitError` where there is no repository with a work tree. */
export async function openSettings(cwd: string, env: NodeJS.ProcessEnv): Promise<Settings> {
  const git = locateGit(cwd, env);
  const ask = async (what: string) => {
    const { status, stdout, error } = await runGit(git, ['rev-parse', '--path-format=absolute', what]);
    if (status !== 0) throw refused(git, error);
    return stdout.toString('utf8').replace(/\n$/, '');
  };
  const common = await ask('--git-common-dir');
  return {
    top: await ask('--show-toplevel'),
    hooks: `${common}/hooks`,
    get: async name => {
      // Not `core.hooksPath` of our own command line, by which no hook runs while we read.
      const scopes = [['--local'], ['--global'], ['--system']];
      for (const scope of scopes) {
        const { status, stdout } = await runGit(git, ['config', ...scope, '--get', name]);
        if (status === 0) return stdout.toString('utf8').replace(/\n$/, '');
      }
      return undefined;
    },
    set: async (name, value) => {
      const args = value === undefined ? ['--unset', name] : [name, value];
      const { status, error } = await runGit(git, ['config', '--local', ...args]);
      if (status !== 0) throw new GitError(3, `git config ${name} failed: ${error}`);
    },
  };
}
