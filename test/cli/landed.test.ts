import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';

/** What the API server holds, by path; a number is a status without a body worth reading, `silence` no answer. */
type Held = Map<string, unknown>;

let server: Server;
let held: Held;
let asked: string[];
let address: string;
let repository: TestRepository;
let commit: string;

const NOW = new Date('2026-03-16T09:00:00Z');
/** What the clock of the API server shows. */
let serverTime: Date;

const FILES = (app: string, tag: string) => ({
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
spec: { replicas: 1, template: { spec: { containers: [{ name: web, image: shop/web }] } } }
`,
});

beforeAll(async () => {
  repository = createRepository();
  repository.commit('Start', { ...FILES('one', '1.0.0'), ...FILES('two', '1.0.0') });
  commit = repository.commit('[App: shop] Bump image to 1.1.0', { ...FILES('one', '1.1.0'), ...FILES('two', '1.1.0') });
  server = createServer(({ method, url = '' }, response) => {
    const path = url.replace(/\?.*$/, '');
    asked.push(`${method} ${path}`);
    const found = held.get(path) ?? { kind: 'Status', reason: 'NotFound', details: { name: path.split('/').at(-1) } };
    if (found === 'silence') return;
    const status = typeof found === 'number' ? found : held.has(path) ? 200 : 404;
    response.writeHead(status, { date: serverTime.toUTCString() }).end(JSON.stringify(found));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`;
  writeFileSync(
    join(repository.path, '..', 'kubeconfig'),
    `current-context: test
clusters: [{ name: c, cluster: { server: "${address}" } }]
users: [{ name: u, user: { token: secret } }]
contexts: [{ name: test, context: { cluster: c, user: u } }]
`,
  );
});
beforeEach(() => {
  asked = [];
  serverTime = NOW;
  held = new Map([...inCluster('one', '1.1.0'), ...inCluster('two', '1.1.0')]);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
  repository.cleanup();
});

/** An Application at the commit, with a Deployment that runs the tag on one pod. */
function inCluster(app: string, tag: string, podStatus: unknown = {}): [string, unknown][] {
  const namespace = app;
  const template = { spec: { containers: [{ name: 'web', image: `shop/web:${tag}` }] } };
  const owned = (uid: string) => ({ namespace, ownerReferences: [{ uid }] });
  const list = (kind: string, items: unknown[]) => ({ kind: `${kind}List`, apiVersion: 'v1', metadata: {}, items });
  const time = '2026-03-16T08:59:00Z';
  const status = { observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 };
  const pod = {
    metadata: { name: 'web-1', uid: `${app}p`, creationTimestamp: time, ...owned(`${app}s`) },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], ...(podStatus as object) },
  };
  return [
    [
      `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${app}`,
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name: app },
        status: { sync: { status: 'Synced', revision: commit }, health: { status: 'Healthy' } },
      },
    ],
    [
      `/apis/apps/v1/namespaces/${app}/deployments/web`,
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', namespace, uid: `${app}d`, generation: 1 },
        spec: { replicas: 1, template },
        status,
      },
    ],
    [
      `/apis/apps/v1/namespaces/${app}/replicasets`,
      list('ReplicaSet', [{ metadata: { name: 'web-a', uid: `${app}s`, ...owned(`${app}d`) }, spec: { template } }]),
    ],
    [`/api/v1/namespaces/${app}/pods`, list('Pod', [pod])],
    [`/api/v1/namespaces/${app}/events`, list('Event', [])],
  ];
}

interface More {
  readonly env?: Record<string, string>;
  readonly isTTY?: boolean;
  readonly now?: () => Date;
  readonly stdout?: Io['stdout'];
}

async function run(args: readonly string[], more: More = {}) {
  let stdout = '';
  let stderr = '';
  const exitCode = await main(['landed', ...args], {
    stdout: more.stdout ?? { write: text => (stdout += text) },
    stderr: { write: text => (stderr += text) },
    stdin: async () => '',
    now: more.now ?? (() => NOW),
    cwd: repository.path,
    env: { ...repository.env, KUBECONFIG: join(repository.path, '..', 'kubeconfig'), ...more.env },
    home: process.cwd(),
    columns: 80,
    isTTY: more.isTTY ?? false,
  });
  return { stdout: stdout.replaceAll(/127\.0\.0\.1:\d+/g, 'SERVER'), stderr, exitCode };
}

describe('deploy-lint landed', () => {
  it('tells of a commit on one screen', async () => {
    expect(await run([])).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: `landed  ${commit.slice(0, 8)}  [App: shop] Bump image to 1.1.0
2 units landed and healthy, in the context test (http://SERVER)

landed     one  argocd landed     pods landed
landed     two  argocd landed     pods landed
`,
    });
  });

  it('H04 reads with GET and nothing else, and no Secret', async () => {
    await run([]);
    expect(asked.filter(line => !line.startsWith('GET '))).toEqual([]);
    expect(asked.filter(line => line.includes('secrets'))).toEqual([]);
  });

  it.each([
    ['is the one that is expected', 'uid-of-this', 0, ''],
    [
      'is another one',
      'uid-of-another',
      2,
      'leads to the cluster uid-of-another, which observe.clusters does not name',
    ],
    ['does not say which one it is', undefined, 3, 'is not known: no permission to read Namespace (403)'],
  ])('H04 asks a cluster that %s', async (_, uid, code, message) => {
    const expected = join(repository.path, '..', 'expected.yaml');
    writeFileSync(expected, 'observe: { clusters: [uid-of-this] }\n');
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system', uid } };
    held.set('/api/v1/namespaces/kube-system', uid === undefined ? 403 : namespace);
    const { stderr, exitCode } = await run(['--config', expected]);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(code);
    // Where it is not the one, nothing else is asked.
    expect(asked.length > 1).toBe(code === 0);
  });

  it('H05 does not know of the unit whose answer is missing, and of that one alone', async () => {
    held.set('/api/v1/namespaces/two/pods', 403);
    const { stdout, exitCode } = await run([]);
    expect(stdout).toContain('landed     one  argocd landed     pods landed');
    expect(stdout).toContain('unknown    two  argocd landed     pods unknown');
    expect(stdout).toContain('  Deployment web: unknown, no permission to read Pod (403)');
    expect(exitCode).toBe(3);
  });

  it('H05 is over in time where a server says nothing at all', async () => {
    for (const path of held.keys()) held.set(path, 'silence');
    const started = Date.now();
    const { stdout, exitCode } = await run(['--timeout', '1s'], { now: () => new Date() });
    expect(stdout).toContain('unknown    one  argocd unknown');
    expect(stdout).toContain('did not answer within 1 s');
    expect(exitCode).toBe(3);
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('says why something is stuck, what to do, and how to go back', async () => {
    const waiting = { reason: 'ErrImagePull', message: 'manifest for shop/web:1.1.0 not found' };
    const containerStatuses = [{ name: 'web', image: 'shop/web:1.1.0', state: { waiting } }];
    held = new Map([...held, ...inCluster('two', '1.1.0', { conditions: [], containerStatuses })]);
    const { stdout, exitCode } = await run([]);
    expect(stdout).toBe(`stuck  ${commit.slice(0, 8)}  [App: shop] Bump image to 1.1.0
1 of 2 units landed, in the context test (http://SERVER)

stuck      two  argocd landed     pods stuck 0/1
landed     one  argocd landed     pods landed

stuck  two
  Deployment web: stuck, ErrImagePull: web cannot pull shop/web:1.1.0: manifest
    for shop/web:1.1.0 not found
  Next: Check that the tag exists and that the pull secret is there; then push
        the tag, or take the commit back.

Back  git revert ${commit.slice(0, 8)} && git push
      kubectl rollout undo holds only until the next sync
`);
    expect(exitCode).toBe(1);
  });

  it('H05 tells ages by the clock of the cluster, and says where that of this machine is another', async () => {
    serverTime = new Date(NOW.getTime() + 10 * 60_000);
    const { stdout } = await run(['one']);
    expect(stdout).toContain('the youngest 11 min old');
    expect(stdout).toContain('The clock of this machine is 10 min behind that of the cluster');
    expect((await run(['--format', 'markdown'])).stdout).toContain('is 10 min behind');
    expect(JSON.parse((await run(['--format', 'json'])).stdout)).toMatchObject({ clockAhead: 600 });
    serverTime = new Date(NOW.getTime() - 4 * 60_000);
    expect((await run(['one'])).stdout).toContain('is 4 min ahead of that of the cluster');
  });

  it('H06 is not flooded by what a cluster holds', async () => {
    const huge = 'x'.repeat(1024 * 1024);
    const waiting = { reason: huge, message: huge };
    const lastState = { terminated: { reason: huge, exitCode: 1 } };
    const containerStatuses = [
      { name: huge, image: huge, state: { waiting: { ...waiting, reason: 'ErrImagePull' } }, lastState },
      { name: 'other', imageID: huge, state: { waiting }, lastState },
    ];
    const labels = { [huge]: huge };
    held = new Map([
      ...held,
      ...inCluster('two', '1.1.0', { conditions: [{ type: huge }], containerStatuses, labels }),
    ]);
    held.set('/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/one', {
      ...Object(held.get('/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/one')),
      status: { sync: { status: 'Synced', revision: huge }, conditions: [{ type: 'SyncError', message: huge }] },
    });
    for (const format of ['text', 'json', 'markdown']) {
      const { stdout } = await run(['--format', format]);
      expect(stdout.length).toBeLessThan(8000);
      expect(stdout).toContain('ErrImagePull');
    }
  });

  it('H06 shows what a cluster holds without obeying it', async () => {
    const waiting = { reason: 'CreateContainerConfigError', message: '\x1b[2J::error::gone' };
    held = new Map([
      ...held,
      ...inCluster('two', '1.1.0', { containerStatuses: [{ name: 'web', state: { waiting } }] }),
    ]);
    const { stdout } = await run([]);
    expect(stdout).toContain('\\u{1b}[2J');
    expect(stdout).not.toContain('\x1b');
  });

  it('is JSON by its schema, and Markdown', async () => {
    const schema: object = JSON.parse(readFileSync('schemas/landed.schema.json', 'utf8'));
    const validate = new Ajv2020({ strict: true, formats: { 'date-time': true } }).compile(schema);
    const { stdout } = await run(['--format', 'json']);
    expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
    held.set('/apis/apps/v1/namespaces/two/deployments/web', 500);
    expect((await run(['--format', 'markdown'])).stdout).toContain('| two | unknown | argocd landed, pods unknown |');
  });

  it('looks at an Application as a whole, and at a range', async () => {
    expect((await run(['one'])).stdout).toContain('Deployment web: its pod runs it, the youngest 1 min old');
    expect((await run(['HEAD~1..HEAD'])).stdout).toContain(`${commit.slice(0, 8)}  [App`);
  });

  it('waits for the pods where a commit changes no more than how many there are', async () => {
    const files = FILES('one', '1.1.0');
    const web = 'apps/one/web.yaml';
    const scaler = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { minReplicas: 3, maxReplicas: 5, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web } }
`;
    const more = repository.commit('More', { [web]: files[web]?.replace('replicas: 1', 'replicas: 3') ?? '' });
    const scaled = repository.commit('Scale', { [web]: (files[web] ?? '') + scaler });
    const live = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' } };
    const spec = { minReplicas: 3, maxReplicas: 5, scaleTargetRef: { kind: 'Deployment', name: 'web' } };
    held.set('/apis/autoscaling/v2/namespaces/one/horizontalpodautoscalers/web', { ...live, spec });
    const app: unknown = held.get('/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/one');
    const at = (revision: string) => ({ ...Object(app), status: { sync: { status: 'Synced', revision } } });
    try {
      const deployment = held.get('/apis/apps/v1/namespaces/one/deployments/web');
      const { spec: now } = Object(deployment);
      held.set('/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/one', at(more));
      held.set('/apis/apps/v1/namespaces/one/deployments/web', {
        ...Object(deployment),
        spec: { ...now, replicas: 3 },
      });
      expect((await run([more])).stdout).toContain('Deployment web: 1 of 3 pods run it');
      held.set('/apis/apps/v1/namespaces/one/deployments/web', deployment);
      held.set('/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/one', at(scaled));
      expect((await run([scaled])).stdout).toContain('it has 1 pod, and HorizontalPodAutoscaler');
    } finally {
      repository.git('reset', '--quiet', '--hard', commit);
    }
  });

  it('leaves the number of pods to an autoscaler that another repository makes', async () => {
    const web = 'apps/one/web.yaml';
    const more = repository.commit('More', {
      [web]: FILES('one', '1.1.0')[web]?.replace('replicas: 1', 'replicas: 3') ?? '',
    });
    const app: unknown = held.get('/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/one');
    const status = { sync: { status: 'Synced', revision: more }, health: { status: 'Healthy' } };
    held.set('/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/one', { ...Object(app), status });
    const spec = {
      minReplicas: 1,
      maxReplicas: 5,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    };
    const scaler = { metadata: { name: 'from-elsewhere', namespace: 'one' }, spec };
    const list = { kind: 'HorizontalPodAutoscalerList', apiVersion: 'autoscaling/v2', metadata: {}, items: [scaler] };
    try {
      expect((await run([more])).stdout).toContain('spec.replicas is as it was before the commit');
      held.set('/apis/autoscaling/v2/namespaces/one/horizontalpodautoscalers', list);
      const { stdout, exitCode } = await run([more]);
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
        'HorizontalPodAutoscaler from-elsewhere from elsewhere decides how many',
      );
      expect(exitCode).toBe(0);
    } finally {
      repository.git('reset', '--quiet', '--hard', commit);
    }
  });

  it.each([
    ['fills this cluster', 'oned', [], 0, 'Synced and Healthy'],
    ['fills another one', 'another', [], 3, 'has another Deployment web than this cluster'],
    ['has nothing in common with it', undefined, [], 0, 'Synced and Healthy'],
    [
      'is not known to fill it',
      undefined,
      ['uid-of-this'],
      3,
      'whether the Argo CD of ARGOCD_SERVER fills this cluster',
    ],
  ])('H04 asks the Argo CD of ARGOCD_SERVER, which %s', async (_, uid, clusters, code, reason) => {
    const expected = join(repository.path, '..', 'expected.yaml');
    writeFileSync(expected, `observe: { clusters: ${JSON.stringify(clusters)} }\n`);
    held.set('/api/v1/namespaces/kube-system', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'kube-system', uid: 'uid-of-this' },
    });
    const app = held.get('/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/one');
    const nodes = uid === undefined ? [] : [{ group: 'apps', kind: 'Deployment', namespace: 'one', name: 'web', uid }];
    held.set('/api/v1/applications/one', app);
    held.set('/api/v1/applications/one/resource-tree', { nodes });
    const env = { ARGOCD_SERVER: address, ARGOCD_AUTH_TOKEN: 'token' };
    const { stdout, exitCode } = await run(['one', '--config', expected], { env });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(reason);
    expect(exitCode).toBe(code);
  });

  it('says once that this is another cluster, and takes nothing for gone there', async () => {
    held = new Map();
    const { stdout, exitCode } = await run([]);
    expect(stdout).toContain(`
unknown    one  argocd unknown    pods unknown
unknown    two  argocd unknown    pods unknown

unknown  this cluster has none of the Applications one, two
  Next: Give the --context of the right cluster, or the --argocd-context of Argo
        CD.
`);
    expect(exitCode).toBe(3);
    const removed = Object.keys(FILES('two', ''));
    repository.git('rm', '--quiet', ...removed);
    const gone = repository.commit('Take two away');
    try {
      held.set('/apis/argoproj.io/v1alpha1/namespaces/argocd/applications', { kind: 'ApplicationList', items: [] });
      expect((await run([gone])).stdout.replaceAll(/\s+/g, ' ')).toContain(
        'neither is any other Application, so that proves',
      );
      const list = { kind: 'ApplicationList', items: [{ metadata: { name: 'one' } }] };
      held.set('/apis/argoproj.io/v1alpha1/namespaces/argocd/applications', list);
      expect(await run([gone])).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('2 units landed and healthy'),
      });
    } finally {
      repository.git('reset', '--quiet', '--hard', commit);
    }
  });

  it('leaves out what is not asked for', async () => {
    expect((await run(['--only', 'argocd'])).stdout).toContain('landed     one  argocd landed\n');
    expect(asked.every(line => line.includes('/applications/'))).toBe(true);
  });

  it('watches in lines where there is no terminal, and in place where there is one', async () => {
    const lines = await run(['--watch']);
    expect(lines.stdout).toContain('09:00:00  landed     one  ');
    const drawn = await run(['--watch'], { isTTY: true });
    expect(drawn.stdout.startsWith('\x1b[?2026h')).toBe(true);
    expect(drawn.stdout).not.toContain('\x1b[2J');
    expect(drawn.exitCode).toBe(0);
  });

  it('does not go on watching where nobody reads any more', async () => {
    const status = { sync: { status: 'Synced', revision: repository.git('rev-parse', 'HEAD~1') } };
    const items = ['one', 'two'].map(name => ({ metadata: { name }, status }));
    const list = { kind: 'ApplicationList', apiVersion: 'argoproj.io/v1alpha1', metadata: {}, items };
    held.set('/apis/argoproj.io/v1alpha1/namespaces/argocd/applications', list);
    const stdout = { write: () => true, writable: false };
    expect(await run(['--watch', '--timeout', '10m'], { stdout })).toMatchObject({ exitCode: 3 });
  });

  it.each([
    [['no-such-thing'], 'there is no commit and no Application no-such-thing'],
    [['onee'], 'Did you mean one?'],
    [['--timeout', 'soon'], '--timeout is a time such as 30s, 15m or 1h, not soon'],
    [['--context', 'prod'], 'there is no context prod'],
    [['--only', 'dns'], '--only is argocd, pods or metrics, not dns'],
  ])('refuses %j', async (args, message) => {
    const { stderr, exitCode } = await run(args);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });

  it('sends no token to an address that others can read', async () => {
    const env = { PROMETHEUS_URL: 'http://192.0.2.1:9090', PROMETHEUS_TOKEN: 'secret' };
    expect(await run([], { env })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is not https') });
  });
});
