import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A kube-apiserver with its etcd on this machine, without controllers: the tests play them. */
export interface ControlPlane {
  readonly server: string;
  /** The file of the certificate that the server shows. */
  readonly authority: string;
  /** A kubeconfig of `admin`, who may do all, or of a user who may do what RBAC says: `reader`, `limited`. */
  kubeconfigOf(user: string): string;
  /** What the user has asked for so far, by the audit log, in its order: `list apps/deployments`. */
  askedBy(user: string): string[];
  /** Runs kubectl as the administrator with a text on its stdin. Throws where it fails. */
  kubectl(args: readonly string[], input?: string): string;
  stop(): Promise<void>;
}

const USERS = ['admin', 'reader', 'limited'];

/** The folder of the binaries, by envtest's convention; undefined where they are not all there. */
export function binaries(): string | undefined {
  const folder = process.env.KUBEBUILDER_ASSETS ?? '/usr/local/kubebuilder/bin';
  const needed = ['kube-apiserver', 'etcd', 'kubectl'].map(name => join(folder, name));
  return needed.every(file => existsSync(file)) ? folder : undefined;
}

/** Starts both and waits until the API server is ready. Throws where it does not become so within a minute. */
export async function startControlPlane(bin: string): Promise<ControlPlane> {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-cluster-'));
  const [client, peer, port] = [await freePort(), await freePort(), await freePort()];
  writeKeys(folder);
  const tokens = USERS.map(user => `token-${user},${user},${user},${user === 'admin' ? 'system:masters' : ''}`);
  writeFileSync(join(folder, 'tokens.csv'), `${tokens.join('\n')}\n`);
  writeFileSync(join(folder, 'audit.yaml'), AUDIT);
  const etcdUrl = `http://127.0.0.1:${client}`;
  const etcd = start(join(bin, 'etcd'), [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${etcdUrl}`,
    `--advertise-client-urls=${etcdUrl}`,
    `--listen-peer-urls=http://127.0.0.1:${peer}`,
    '--unsafe-no-fsync',
  ]);
  const server = start(join(bin, 'kube-apiserver'), [
    `--etcd-servers=${etcdUrl}`,
    `--cert-dir=${join(folder, 'certs')}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--service-account-issuer=https://127.0.0.1',
    `--service-account-key-file=${join(folder, 'service-account.pub')}`,
    `--service-account-signing-key-file=${join(folder, 'service-account.key')}`,
    `--audit-policy-file=${join(folder, 'audit.yaml')}`,
    `--audit-log-path=${join(folder, 'audit.log')}`,
    // Its objects come from a controller that does not run here.
    '--disable-admission-plugins=ServiceAccount',
  ]);
  const stop = async () => {
    await Promise.all([end(server), end(etcd)]);
    rmSync(folder, { recursive: true, force: true });
  };
  const address = `https://127.0.0.1:${port}`;
  const authority = join(folder, 'certs', 'apiserver.crt');
  const kubeconfigOf = (user: string) => {
    const file = join(folder, `${user}.kubeconfig`);
    writeFileSync(file, kubeconfig(address, authority, user));
    return file;
  };
  const admin = kubeconfigOf('admin');
  const kubectl = (args: readonly string[], input = '') =>
    execFileSync(join(bin, 'kubectl'), [`--kubeconfig=${admin}`, `--cache-dir=${join(folder, 'cache')}`, ...args], {
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
    });
  try {
    await ready(() => kubectl(['get', '--raw', '/readyz']));
  } catch (error) {
    await stop();
    throw error;
  }
  const askedBy = (user: string) => asked(readFileSync(join(folder, 'audit.log'), 'utf8'), user);
  return { server: address, authority, kubeconfigOf, askedBy, kubectl, stop };
}

const AUDIT = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules: [{ level: Metadata }]
`;

interface AuditEvent {
  readonly user: { readonly username: string };
  readonly verb: string;
  readonly auditID: string;
  readonly requestURI: string;
  readonly objectRef?: { readonly apiGroup?: string; readonly resource: string };
}

function asked(log: string, user: string): string[] {
  const events = log.split('\n').flatMap((line): AuditEvent[] => (line === '' ? [] : [JSON.parse(line)]));
  const told = ({ verb, objectRef, requestURI }: AuditEvent) =>
    objectRef === undefined
      ? `${verb} ${requestURI}`
      : `${verb} ${objectRef.apiGroup === undefined ? '' : `${objectRef.apiGroup}/`}${objectRef.resource}`;
  // A watch is told of at its start and at its end.
  const requests = new Map(events.map(event => [event.auditID, event]));
  return [...requests.values()].filter(event => event.user.username === user).map(told);
}

function writeKeys(folder: string): void {
  mkdirSync(join(folder, 'certs'));
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  writeFileSync(join(folder, 'service-account.pub'), publicKey);
  writeFileSync(join(folder, 'service-account.key'), privateKey);
}

function kubeconfig(server: string, authority: string, user: string): string {
  return `apiVersion: v1
kind: Config
current-context: ${user}@test
clusters: [{ name: test, cluster: { server: ${server}, certificate-authority: ${authority} } }]
users: [{ name: ${user}, user: { token: token-${user} } }]
contexts: [{ name: ${user}@test, context: { cluster: test, user: ${user} } }]
`;
}

function start(program: string, args: readonly string[]): ChildProcess {
  return spawn(program, args, { stdio: 'ignore' });
}

function end(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null) return Promise.resolve();
  const ended = new Promise(resolve => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  return ended.finally(() => clearTimeout(timer));
}

async function ready(check: () => unknown): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      check();
      return;
    } catch (error) {
      if (tries === 120) throw error;
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
