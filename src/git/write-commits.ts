import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitError } from './error.ts';
import { type Git, locateGit } from './locate.ts';
import { decodePath, encodePath } from './path.ts';
import { type RunOptions, runGit } from './run.ts';

/** Makes commits beside the work tree. Nothing that a person sees changes before `advance`; nothing is ever pushed. */
export interface CommitWriter {
  /** The environment in which the commits can be read. */
  readonly env: NodeJS.ProcessEnv;
  /** Tracked files of the work tree that differ from HEAD, by path. */
  changed(): Promise<string[]>;
  /** The subjects of the newest commits, at most as many. */
  subjects(most: number): Promise<string[]>;
  /** A commit on `parent` with other content in some of its files; its id. */
  commit(request: NewCommit): Promise<string>;
  /** A commit on `parent` with the files of another one; its id. */
  squash(parent: string, files: string, message: string): Promise<string>;
  /** What differs between two commits, as `git diff` prints it. */
  diff(from: string, to: string): Promise<string>;
  /** Moves the branch, the index and the files from HEAD to a commit that builds upon it. Throws where files would be lost. */
  advance(to: string): Promise<void>;
  /** Removes what was needed on the way; in a rehearsal the commits too. */
  close(): Promise<void>;
}

export interface NewCommit {
  readonly parent: string;
  readonly files: ReadonlyMap<string, { readonly content: Buffer; readonly executable: boolean }>;
  readonly message: string;
}

export interface WriterOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The commits are kept in a folder of their own, and the repository stays byte for byte as it is. */
  readonly rehearsal: boolean;
}

/** Who commits, and when. */
const IDENTITY = ['AUTHOR', 'COMMITTER'].flatMap(who => ['NAME', 'EMAIL', 'DATE'].map(what => `GIT_${who}_${what}`));

/** Throws `GitError` where git does not answer, or where no temporary files can be made. */
export async function openWriter({ cwd, env: given, rehearsal }: WriterOptions): Promise<CommitWriter> {
  const folder = await mkdtemp(join(tmpdir(), 'deploy-lint-')).catch(({ code }: NodeJS.ErrnoException) => {
    throw new GitError(3, `no temporary files can be made in ${tmpdir()}: ${code}`);
  });
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    const env = rehearsal ? await apart(cwd, given, folder) : given;
    const git = writing(locateGit(cwd, env), env);
    const inIndex = { ...git, env: { ...git.env, GIT_INDEX_FILE: join(folder, 'index') } };
    const isSigned =
      (await ask(git, ['config', '--type=bool', '--default=false', '--get', 'commit.gpgSign'])) === 'true';
    const signature = isSigned && !rehearsal ? ['-S'] : [];
    const commitTree = (tree: string, parent: string, message: string) =>
      ask(git, ['commit-tree', tree, '-p', parent, ...signature, '-F', '-'], { input: message });
    return {
      env,
      changed: async () => {
        const changed = await run(git, [
          'diff',
          '--name-only',
          '-z',
          '--no-ext-diff',
          '--ignore-submodules=none',
          'HEAD',
          '--',
        ]);
        return fieldsOf(changed).map(decodePath);
      },
      subjects: async most => (await ask(git, ['log', `--max-count=${most}`, '--format=%s', 'HEAD', '--'])).split('\n'),
      commit: async ({ parent, files, message }) => {
        await run(inIndex, ['read-tree', parent]);
        const lines: Buffer[] = [];
        for (const [path, { content, executable }] of files) {
          const oid = await ask(git, ['hash-object', '-w', '--no-filters', '--stdin'], { input: content });
          lines.push(Buffer.from(`${executable ? '100755' : '100644'} ${oid}\t`), encodePath(path), Buffer.from('\0'));
        }
        await run(inIndex, ['update-index', '-z', '--index-info'], { input: Buffer.concat(lines) });
        return commitTree(await ask(inIndex, ['write-tree']), parent, message);
      },
      squash: (parent, files, message) => commitTree(`${files}^{tree}`, parent, message),
      diff: async (from, to) => {
        const options = [
          '-p',
          '--no-color',
          '--no-ext-diff',
          '--no-textconv',
          '--no-renames',
          '--src-prefix=a/',
          '--dst-prefix=b/',
        ];
        return (await run(git, ['diff-tree', ...options, from, to, '--'])).toString('utf8');
      },
      advance: async to => {
        const reflog = { ...git, env: { ...git.env, GIT_REFLOG_ACTION: 'deploy-lint updates' } };
        await run(reflog, ['-c', 'merge.verifySignatures=false', 'merge', '--ff-only', '--quiet', '--no-stat', to]);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function writing(git: Git, env: NodeJS.ProcessEnv): Git {
  return { ...git, env: { ...git.env, ...Object.fromEntries(IDENTITY.map(name => [name, env[name]])) } };
}

/** New objects go to `folder`, those of the repository are read where they are. */
async function apart(cwd: string, env: NodeJS.ProcessEnv, folder: string): Promise<NodeJS.ProcessEnv> {
  const git = locateGit(cwd, env);
  const objects = await ask(git, ['rev-parse', '--path-format=absolute', '--git-path', 'objects']);
  const others = env.GIT_ALTERNATE_OBJECT_DIRECTORIES;
  const alternates = others === undefined ? objects : `${objects}:${others}`;
  return { ...env, GIT_OBJECT_DIRECTORY: folder, GIT_ALTERNATE_OBJECT_DIRECTORIES: alternates };
}

function fieldsOf(output: Buffer): Buffer[] {
  const texts = output.toString('latin1').split('\0').slice(0, -1);
  return texts.map(text => Buffer.from(text, 'latin1'));
}

async function run(git: Git, args: readonly string[], options?: RunOptions): Promise<Buffer> {
  const { status, stdout, error } = await runGit(git, args, options);
  if (status !== 0) throw new GitError(3, `git ${args.find(arg => /^[a-z]+-?[a-z]+$/.test(arg))} failed: ${error}`);
  return stdout;
}

async function ask(git: Git, args: readonly string[], options?: RunOptions): Promise<string> {
  return (await run(git, args, options)).toString('utf8').replace(/\n$/, '');
}
