import { readFile, realpath } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { errorCode } from '../network-failure.ts';
import {
  type Credential,
  type ExecPlugin,
  isUnderReview,
  PluginError,
  pluginOf,
  programOf,
  runPlugin,
} from './exec-credential.ts';
import { type Endpoint, isSafeAddress } from './http-get.ts';
import { KubercError, pluginPolicy } from './kuberc.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface ConnectOptions {
  readonly env: Environment;
  readonly cwd: string;
  /** The work tree of the repository under review, with symbolic links resolved. */
  readonly repository: string;
  /** Undefined for the current one. */
  readonly context: string | undefined;
  /** A credential plugin may run in CI as well. */
  readonly allowPlugin: boolean;
  /** Told what runs on the user's behalf. */
  readonly tell: (line: string) => void;
}

export interface Connection {
  readonly context: string;
  /** The address of the API server. */
  readonly server: string;
  readonly endpoint: Endpoint;
}

/** There is no safe way to the cluster as asked for: exit code 2. */
export class ConnectionError extends Error {
  readonly exitCode = 2;
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The way to the cluster of a context of the user's own kubeconfig. Throws `ConnectionError`. */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const config = await configOf(options);
  const context = options.context ?? config.getCurrentContext() ?? '';
  const names = config.getContexts().map(({ name }) => name);
  if (!names.includes(context)) {
    const listed = names.length === 0 ? 'The kubeconfig has none.' : `There are: ${names.join(', ')}.`;
    throw new ConnectionError(context === '' ? 'no context is chosen' : `there is no context ${context}`, listed);
  }
  config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new ConnectionError(`the context ${context} names a cluster that is not there`);
  refuseUnverified(cluster.server, cluster.skipTLSVerify === true);
  const credential = await credentialOf(config, options);
  return { context, server: cluster.server, endpoint: await endpointOf(config, cluster.server, credential) };
}

async function endpointOf(config: KubeConfig, server: string, credential: Credential | undefined): Promise<Endpoint> {
  const user = config.getCurrentUser();
  // Whatever the environment says of it, certificates are verified.
  const request: Parameters<KubeConfig['applyToHTTPSOptions']>[0] = { rejectUnauthorized: true, headers: {} };
  if (user !== null) {
    Object.assign(user, { exec: undefined, ...(credential?.token && { token: credential.token }) });
    if (credential?.certificate !== undefined && credential.key !== undefined) {
      Object.assign(user, { certFile: undefined, certData: base64(credential.certificate) });
      Object.assign(user, { keyFile: undefined, keyData: base64(credential.key) });
    }
  }
  const isPlain = server.startsWith('http:');
  try {
    if (isPlain) Object.assign(request, user?.token && { headers: { Authorization: `Bearer ${user.token}` } });
    else await config.applyToHTTPSOptions(request);
  } catch (error) {
    throw new ConnectionError(`the credentials of the context cannot be read: ${messageOf(error)}`);
  }
  const basic = typeof request.auth === 'string' ? { authorization: `Basic ${base64(request.auth)}` } : {};
  const given = Object.entries(request.headers ?? {}).map(([name, value]) => [name, String(value)]);
  const agent = typeof request.agent === 'object' ? request.agent : undefined;
  return { base: server.replace(/\/+$/, ''), headers: { ...basic, ...Object.fromEntries(given) }, agent };
}

/** Credentials go only over a connection whose other end is known. */
function refuseUnverified(server: string, skipsVerification: boolean): void {
  if (skipsVerification) {
    throw new ConnectionError(
      'the context turns the verification of certificates off',
      'Take insecure-skip-tls-verify out and give certificate-authority instead.',
    );
  }
  if (isSafeAddress(server)) return;
  throw new ConnectionError(
    `the cluster's address ${server} is not https`,
    'Without it anybody on the way reads the credentials.',
  );
}

async function configOf(options: ConnectOptions): Promise<KubeConfig> {
  const { KubeConfig: Config } = await import('@kubernetes/client-node');
  const files = await filesOf(options);
  if (files.length === 0) {
    const inside = await serviceAccount(options.env);
    if (inside === undefined) {
      throw new ConnectionError('there is no kubeconfig', 'Set KUBECONFIG, or write ~/.kube/config.');
    }
    const config = new Config();
    config.loadFromClusterAndUser(inside.cluster, inside.user);
    return config;
  }
  const parts: KubeConfig[] = [];
  for (const file of files) {
    const config = new Config();
    try {
      const content = await readFile(file, 'utf8');
      if (content.trim() === '') throw new Error('it is empty');
      config.loadFromString(content);
    } catch (error) {
      throw new ConnectionError(`the kubeconfig ${file} cannot be read: ${messageOf(error)}`);
    }
    config.makePathsAbsolute(dirname(file));
    parts.push(config);
  }
  // As kubectl merges them: of two entries of one name the first counts.
  const merged = new Config();
  merged.loadFromOptions({
    clusters: firstOfEach(parts.flatMap(part => part.getClusters())),
    users: firstOfEach(parts.flatMap(part => part.getUsers())),
    contexts: firstOfEach(parts.flatMap(part => part.getContexts())),
    currentContext: parts.map(part => part.getCurrentContext()).find(Boolean) ?? '',
  });
  return merged;
}

function firstOfEach<T extends { readonly name: string }>(entries: readonly T[]): T[] {
  return [...new Map([...entries].reverse().map(entry => [entry.name, entry])).values()].reverse();
}

/** The kubeconfig files that exist. One inside the repository would let a commit choose what is asked and run. */
async function filesOf({ env, cwd, repository }: ConnectOptions): Promise<string[]> {
  const listed = env.KUBECONFIG ? env.KUBECONFIG.split(delimiter).filter(Boolean) : [];
  const standard = env.HOME ? [join(env.HOME, '.kube', 'config')] : [];
  const files: string[] = [];
  for (const file of listed.length > 0 ? listed : standard) {
    const real = await realpath(resolve(cwd, file)).catch(() => undefined);
    if (real === undefined) continue;
    if (isUnderReview(real, repository)) {
      throw new ConnectionError(
        `the kubeconfig ${file} lies in the repository under review`,
        'A commit could change where it leads and what it runs. Keep it outside, as in ~/.kube/config.',
      );
    }
    files.push(real);
  }
  if (files.length === 0 && listed.length > 0) throw new ConnectionError(`KUBECONFIG names no file that is there`);
  return files;
}

/** The account of the pod that this runs in; undefined outside a cluster. */
async function serviceAccount(env: Environment) {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = env;
  const token = await readFile(join(SERVICE_ACCOUNT, 'token'), 'utf8').catch(() => undefined);
  if (host === undefined || token === undefined) return undefined;
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    cluster: { name: 'in-cluster', server, caFile: join(SERVICE_ACCOUNT, 'ca.crt'), skipTLSVerify: false },
    user: { name: 'service-account', token: token.trim() },
  };
}

async function credentialOf(config: KubeConfig, options: ConnectOptions): Promise<Credential | undefined> {
  const user = config.getCurrentUser();
  if (user?.authProvider) {
    throw new ConnectionError(
      'the context uses an auth-provider, which Kubernetes itself no longer has',
      'Use its credential plugin (exec) instead.',
    );
  }
  if (!user?.exec) return undefined;
  const { env, repository, tell, allowPlugin } = options;
  try {
    const plugin = pluginOf(user.exec);
    if (env.CI && env.CI !== 'false' && !allowPlugin) {
      throw new ConnectionError(
        `the context runs a credential plugin (${plugin.command}), which does not happen in CI by itself`,
        'Give --allow-exec-credential where that is meant, or use a token.',
      );
    }
    const program = await programOf(plugin.command, env.PATH ?? '', repository);
    await refuseUnwanted(program, plugin, options);
    tell(`credentials from ${[program, ...plugin.args].join(' ')}`);
    return await runPlugin(program, plugin, env);
  } catch (error) {
    if (error instanceof PluginError || error instanceof KubercError) throw new ConnectionError(error.message);
    throw error;
  }
}

/** As client-go matches them: a name of the list stands for the program that is found by it. */
async function refuseUnwanted(program: string, { command }: ExecPlugin, options: ConnectOptions): Promise<void> {
  const policy = await pluginPolicy(options);
  if (policy === 'AllowAll') return;
  for (const name of policy === 'DenyAll' ? [] : policy) {
    const allowed = await programOf(name, options.env.PATH ?? '', options.repository).catch(() => undefined);
    if (allowed === program) return;
  }
  const why = policy === 'DenyAll' ? 'no credential plugin' : 'other credential plugins alone';
  throw new ConnectionError(
    `your kuberc allows ${why}, and the context runs ${command}`,
    'Add it to credentialPluginAllowlist, or choose another --context.',
  );
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** What the system says of files, in words; of other errors the first line. */
const FILE_ERRORS: ReadonlyMap<string | undefined, string> = new Map([
  ['ENOENT', 'is not there'],
  ['EACCES', 'may not be read by you'],
  ['EISDIR', 'is a folder'],
]);

function messageOf(error: unknown): string {
  const path = error instanceof Error && 'path' in error ? `${error.path}` : 'it';
  const words = FILE_ERRORS.get(errorCode(error));
  if (words !== undefined) return `${path} ${words}`;
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
