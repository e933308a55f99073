import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { join } from 'node:path';
import type { Io } from '../../src/cli/io.ts';
import { createRepository, type TestRepository } from './git-repository.ts';
import { NO_INPUT, runMain } from './io.ts';

/** A repository whose newest commit moves the applications `one` and `two` to 1.1.0, and an API server that says that it has landed. */
export interface Shop {
  readonly repository: TestRepository;
  /** The id of the newest commit. */
  readonly commit: string;
  /** The API server's. */
  readonly address: string;
  /** What the server answers, by path; a number is a status without a body worth reading, a listener answers itself. */
  readonly held: Map<string, unknown>;
  /** The requests, as `GET /path`. */
  readonly asked: string[];
  /** What the clock of the server shows. */
  serverTime: Date;
  /** Lets the only pod of an application have a status other than a good one. */
  setPod(app: App, status: object): void;
  /** Has Argo CD compare an application with another revision. */
  setRevision(app: App, revision: string): void;
  /** Runs `deploy-lint landed`; the server's address in stdout reads SERVER. */
  run(args: readonly string[], world?: Partial<Io>): ReturnType<typeof runMain>;
  /** Makes a kubeconfig that leads to an address; its path. */
  kubeconfig(address: string): string;
  /** Makes all as it was, the repository as well. */
  reset(): void;
  close(): Promise<void>;
}

const APPS = ['one', 'two'] as const;
type App = (typeof APPS)[number];

/** Where the API server has the Applications. */
export const APPLICATIONS = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';

/** What the clocks of the test show. */
export const NOW = NO_INPUT.now();

/** The files of an application, whose Deployment is in the last of them. */
export function filesOf(app: App, tag = '1.1.0', replicas = 1): Record<string, string> {
  return {
    [`argocd/${app}.yaml`]: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${app}, namespace: argocd }
spec:
  source: { repoURL: https://git.example/shop/gitops.git, path: apps/${app}, targetRevision: main }
  destination: { server: https://kubernetes.default.svc, namespace: ${app} }
  syncPolicy: { automated: {} }
`,
    [`apps/${app}/kustomization.yaml`]: `resources: [web.yaml]\nimages: [{ name: shop/web, newTag: ${tag} }]\n`,
    [`apps/${app}/web.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { replicas: ${replicas}, template: { spec: { containers: [{ name: web, image: shop/web }] } } }
`,
  };
}

/** An API server of our own on a free port; its address, once it listens. */
export async function listening(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`;
}

export async function openShop(): Promise<Shop> {
  const repository = createRepository();
  repository.commit('Start', { ...filesOf('one', '1.0.0'), ...filesOf('two', '1.0.0') });
  const commit = repository.commit('[App: shop] Bump image to 1.1.0', { ...filesOf('one'), ...filesOf('two') });
  const held = new Map<string, unknown>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/, '');
    asked.push(`${request.method} ${path}`);
    const found = held.get(path) ?? { kind: 'Status', reason: 'NotFound', details: { name: path.split('/').at(-1) } };
    if (isListener(found)) return found(request, response);
    const status = typeof found === 'number' ? found : held.has(path) ? 200 : 404;
    response.writeHead(status, { date: shop.serverTime.toUTCString() }).end(JSON.stringify(found));
  });
  const address = await listening(server);
  const hold = (entries: readonly [string, unknown][]) => {
    for (const [path, object] of entries) held.set(path, object);
  };
  const shop: Shop = {
    repository,
    commit,
    address,
    held,
    asked,
    serverTime: NOW,
    setPod: (app, status) => hold(inCluster(app, status)),
    setRevision: (app, revision) => hold([application(app, revision)]),
    run: async (args, world) => {
      const env = { ...repository.env, KUBECONFIG: shop.kubeconfig(address), ...world?.env };
      const given = { cwd: repository.path, home: process.cwd(), columns: 80, ...world, env };
      const { stdout, ...more } = await runMain(['landed', ...args], given);
      return { stdout: stdout.replaceAll(/127\.0\.0\.1:\d+/g, 'SERVER'), ...more };
    },
    kubeconfig: to => {
      const file = join(repository.path, '..', `kubeconfig-${new URL(to).port}`);
      writeFileSync(
        file,
        `current-context: test
clusters: [{ name: c, cluster: { server: "${to}" } }]
users: [{ name: u, user: { token: secret } }]
contexts: [{ name: test, context: { cluster: c, user: u } }]
`,
      );
      return file;
    },
    reset: () => {
      asked.length = 0;
      shop.serverTime = NOW;
      held.clear();
      for (const app of APPS) hold([application(app, commit), ...inCluster(app)]);
      repository.git('reset', '--quiet', '--hard', commit);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      repository.cleanup();
    },
  };
  shop.reset();
  return shop;
}

function isListener(found: unknown): found is RequestListener {
  return typeof found === 'function';
}

function application(app: App, revision: string): [string, unknown] {
  const status = { sync: { status: 'Synced', revision }, health: { status: 'Healthy' } };
  const id = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: app } };
  return [`${APPLICATIONS}/${app}`, { ...id, status }];
}

/** A Deployment that runs the new version on one pod. */
function inCluster(namespace: App, podStatus: object = {}): [string, unknown][] {
  const template = { spec: { containers: [{ name: 'web', image: 'shop/web:1.1.0' }] } };
  const [workload, replicaSet] = [`${namespace}-deployment`, `${namespace}-set`];
  const ownedBy = (uid: string) => ({ namespace, ownerReferences: [{ uid }] });
  const list = (kind: string, items: unknown[]) => ({ kind: `${kind}List`, apiVersion: 'v1', metadata: {}, items });
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace, uid: workload, generation: 1 },
    spec: { replicas: 1, template },
    status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 },
  };
  const set = { metadata: { name: 'web-a', uid: replicaSet, ...ownedBy(workload) }, spec: { template } };
  const creationTimestamp = '2026-03-16T08:59:00Z';
  const pod = {
    metadata: { name: 'web-1', uid: `${namespace}-pod`, creationTimestamp, ...ownedBy(replicaSet) },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], ...podStatus },
  };
  return [
    [`/apis/apps/v1/namespaces/${namespace}/deployments/web`, deployment],
    [`/apis/apps/v1/namespaces/${namespace}/replicasets`, list('ReplicaSet', [set])],
    [`/api/v1/namespaces/${namespace}/pods`, list('Pod', [pod])],
    [`/api/v1/namespaces/${namespace}/events`, list('Event', [])],
  ];
}
