import { tmpdir } from 'node:os';
import { GitError } from './error.ts';
import { locateGit } from './locate.ts';
import { runGit } from './run.ts';

/** Protocols over which tags are asked for. `ext::` and `file://` could start programs and read the disk. */
const PROTOCOLS = ['https', 'http', 'git'];

/** Variables that name a proxy or certificates: without them some networks reach nothing. */
const NETWORK = ['http_proxy', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'no_proxy', 'NO_PROXY'];

/** Variables that say which repository git works in. */
const REPOSITORY = ['GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY'];

/** Seconds after which git gives up a server that sends nothing: it may outlive the program that started it. */
const SILENCE = ['-c', 'http.lowSpeedLimit=1', '-c', 'http.lowSpeedTime=20'];

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The names of a remote repository's tags, asked for without credentials. git is started outside of any repository, so
 * that no repository's configuration counts, and stopped after `TIMEOUT`. Throws `GitError` where there is no answer.
 */
export async function remoteTags(url: URL, env: NodeJS.ProcessEnv): Promise<string[]> {
  const cwd = tmpdir();
  const nowhere = Object.fromEntries(REPOSITORY.map(name => [name, undefined]));
  // The folder for temporary files is open to others, who could put a repository there.
  const git = locateGit(cwd, { ...env, ...nowhere, GIT_DIR: '/dev/null' });
  const network = Object.fromEntries([...NETWORK, 'GIT_SSL_CAINFO'].map(name => [name, env[name]]));
  const allowed = PROTOCOLS.flatMap(protocol => ['-c', `protocol.${protocol}.allow=always`]);
  const settings = [...allowed, '-c', 'credential.helper=', '-c', 'http.followRedirects=initial', ...SILENCE];
  const { status, stdout, error } = await runGit(
    { ...git, env: { ...git.env, ...network, GIT_ASKPASS: '' } },
    [...settings, 'ls-remote', '--tags', '--refs', '--', url.href],
    { limit: MAX_BYTES },
  );
  if (status !== 0) throw new GitError(3, error);
  return stdout
    .toString('utf8')
    .split('\n')
    .flatMap(line => /^[0-9a-f]+\trefs\/tags\/(.+)$/.exec(line)?.[1] ?? []);
}
