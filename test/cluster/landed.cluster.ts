import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { NO_INPUT } from '../support/io.ts';
import { binaries, type ControlPlane, startControlPlane } from './control-plane.ts';
import { type Rolled, rollDeployment, type SyncedApplication, syncedApplication, template } from './controllers.ts';
import { definitions } from './crds.ts';
import { type Writer, writerAt } from './writer.ts';

const bin = binaries();
if (bin === undefined) {
  throw new Error('KUBEBUILDER_ASSETS names no folder with kube-apiserver, etcd and kubectl (setup-envtest makes one)');
}

const OLD = 'shop/web:1.0.0';
const NEW = 'shop/web:1.1.0';
const READY = ['ready', 'ready', 'ready'] as const;

interface Scenario {
  readonly app: string;
  readonly deployment?: Partial<Rolled>;
  readonly argo?: Partial<SyncedApplication>;
  readonly exitCode: number;
  readonly says: readonly string[];
}

const SCENARIOS: readonly Scenario[] = [
  {
    app: 'done',
    exitCode: 0,
    says: ['landed     done', 'Deployment web: all 3 pods run it', 'Synced and Healthy at'],
  },
  {
    app: 'rolling',
    deployment: { pods: ['ready', 'starting'], old: { image: OLD, pods: 2 }, progressing: 'ReplicaSetUpdated' },
    argo: { health: 'Progressing' },
    exitCode: 3,
    says: ['rolling    rolling', 'Deployment web: 2 of 3 pods run it'],
  },
  {
    app: 'not-applied',
    deployment: { image: OLD },
    argo: { sync: 'OutOfSync', phase: 'Running', message: 'one or more tasks are running' },
    exitCode: 3,
    says: ['syncing', 'web is 1.0.0 in the cluster, the commit says 1.1.0'],
  },
  {
    app: 'no-such-tag',
    deployment: { pods: ['ImagePullBackOff'], old: { image: OLD, pods: 3 }, progressing: 'ReplicaSetUpdated' },
    argo: { health: 'Progressing' },
    exitCode: 1,
    says: ['stuck      no-such-tag', 'ImagePullBackOff: web cannot pull shop/web:1.1.0', 'git revert'],
  },
  {
    app: 'deadline',
    deployment: { pods: ['CrashLoopBackOff'], old: { image: OLD, pods: 3 }, progressing: 'ProgressDeadlineExceeded' },
    argo: { health: 'Degraded' },
    exitCode: 1,
    says: ['failed     deadline', 'no progress within its deadline', 'CrashLoopBackOff', 'OOMKilled 137'],
  },
  {
    app: 'sync-failed',
    deployment: { image: OLD },
    argo: { sync: 'OutOfSync', phase: 'Failed', message: 'one or more objects failed to apply: field is immutable' },
    exitCode: 1,
    says: ['failed     sync-failed', 'failed to apply: field is', 'does not try the same commit again'],
  },
  {
    app: 'overtaken',
    deployment: { image: 'shop/web:1.2.0' },
    exitCode: 3,
    says: ['overtaken  overtaken', 'has web at 1.2.0 instead of 1.1.0'],
  },
  {
    app: 'reverted',
    deployment: { image: OLD },
    exitCode: 3,
    says: ['overtaken  reverted', 'which takes it back, has web at 1.0.0 instead of 1.1.0'],
  },
];

const APPS = [...SCENARIOS.map(({ app }) => app), 'canary', 'at-zero'];

const FILES = (app: string) => ({
  [`argocd/${app}.yaml`]: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${app}, namespace: argocd }
spec:
  project: default
  source: { repoURL: https://git.example/shop/gitops.git, path: apps/${app}, targetRevision: main }
  destination: { server: https://kubernetes.default.svc, namespace: ${app} }
  syncPolicy: { automated: { prune: true, selfHeal: true } }
`,
  [`apps/${app}/kustomization.yaml`]: kustomization('1.0.0', app === 'at-zero'),
  ...(app === 'at-zero' && { [`apps/${app}/scaling.yaml`]: SCALED }),
  [`apps/${app}/web.yaml`]: `apiVersion: ${app === 'canary' ? 'argoproj.io/v1alpha1' : 'apps/v1'}
kind: ${app === 'canary' ? 'Rollout' : 'Deployment'}
metadata: { name: web }
spec:
  ${app === 'at-zero' ? '' : 'replicas: 3'}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: shop/web }] }
`,
});

const SCALED = `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: web }
spec:
  scaleTargetRef: { name: web }
  minReplicaCount: 0
  maxReplicaCount: 5
  triggers: [{ type: cron, metadata: { timezone: UTC, start: 0 6 * * *, end: 0 20 * * *, desiredReplicas: "2" } }]
`;

function kustomization(tag: string, isScaled = false): string {
  return `resources: [web.yaml${isScaled ? ', scaling.yaml' : ''}]\nimages: [{ name: shop/web, newTag: ${tag} }]\n`;
}

let plane: ControlPlane;
let repository: TestRepository;
let head: string;
const commits = new Map<string, string>();

async function run(args: readonly string[], user = 'admin', more: Record<string, string> = {}) {
  let stdout = '';
  let stderr = '';
  const exitCode = await main(['landed', ...args], {
    ...NO_INPUT,
    stdout: { write: text => (stdout += text) },
    stderr: { write: text => (stderr += text) },
    now: () => new Date(),
    cwd: repository.path,
    env: { ...repository.env, KUBECONFIG: plane.kubeconfigOf(user), ...more },
    home: process.cwd(),
    columns: 100,
    isTTY: false,
  });
  return { stdout, stderr, exitCode };
}

beforeAll(async () => {
  plane = await startControlPlane(bin);
  for (const definition of definitions()) plane.kubectl(['create', '-f', '-'], definition);
  repository = createRepository();
  repository.commit('Start', Object.assign({}, ...APPS.map(FILES)));
  for (const app of APPS) {
    const files = { [`apps/${app}/kustomization.yaml`]: kustomization('1.1.0', app === 'at-zero') };
    commits.set(app, repository.commit(`Raise ${app}`, files));
  }
  repository.commit('Raise it again', { 'apps/overtaken/kustomization.yaml': kustomization('1.2.0') });
  repository.git('revert', '--no-edit', commits.get('reverted') ?? '');
  head = repository.git('rev-parse', 'HEAD');
  const writer = writerAt(plane.server, plane.authority, 'token-admin');
  await writer.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } });
  for (const { app, deployment, argo } of SCENARIOS) {
    await writer.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: app } });
    await writer.create(syncedApplication({ name: app, revision: head, ...argo }));
    await rollDeployment(writer, { namespace: app, name: 'web', image: NEW, replicas: 3, pods: READY, ...deployment });
  }
  await canary(writer);
  await atZero(writer);
  access();
});

afterAll(async () => {
  repository?.cleanup();
  await plane?.stop();
});

/** A Rollout that waits for a person at its first step. */
async function canary(writer: Writer): Promise<void> {
  await writer.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'canary' } });
  await writer.create(syncedApplication({ name: 'canary', revision: head, health: 'Suspended' }));
  const made = await writer.create({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'web', namespace: 'canary' },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'web' } },
      template: template('web', NEW),
      strategy: { canary: { steps: [{ setWeight: 20 }, { pause: {} }] } },
    },
  });
  const pause = { reason: 'CanaryPauseStep', startTime: new Date().toISOString() };
  await writer.update(
    made,
    {
      status: {
        observedGeneration: '1',
        phase: 'Paused',
        message: 'CanaryPauseStep',
        currentStepIndex: 1,
        currentPodHash: 'new',
        stableRS: 'old',
        updatedReplicas: 1,
        pauseConditions: [pause],
      },
    },
    'status',
  );
}

/** A Deployment that KEDA keeps at no pods. */
async function atZero(writer: Writer): Promise<void> {
  await writer.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'at-zero' } });
  await writer.create(syncedApplication({ name: 'at-zero', revision: head }));
  await rollDeployment(writer, { namespace: 'at-zero', name: 'web', image: NEW, replicas: 0, pods: [] });
}

/** `reader` has what the shipped manifest gives; `limited` the same without pods. */
function access(): void {
  const manifest = readFileSync('examples/rbac.yaml', 'utf8');
  plane.kubectl(['apply', '-f', '-'], manifest);
  plane.kubectl(['create', 'clusterrolebinding', 'reader', '--clusterrole=deploy-lint-landed', '--user=reader']);
  const limited = '--resource=deployments.apps,replicasets.apps,applications.argoproj.io,events';
  plane.kubectl(['create', 'clusterrole', 'limited', '--verb=get,list', limited]);
  plane.kubectl(['create', 'clusterrolebinding', 'limited', '--clusterrole=limited', '--user=limited']);
}

describe('a commit in a real API server', () => {
  it.each(SCENARIOS)('$app', async ({ app, exitCode, says }) => {
    const { stdout, stderr, exitCode: code } = await run([commits.get(app) ?? '']);
    expect(stderr).toBe('');
    for (const text of says) expect(stdout).toContain(text);
    expect(code).toBe(exitCode);
  });

  it('waits for a person where a canary is paused', async () => {
    const { stdout, exitCode } = await run([commits.get('canary') ?? '']);
    expect(stdout).toContain('paused at step 2: waits for a person');
    expect(stdout).toContain('Suspended at');
    expect(exitCode).toBe(3);
  });

  it('does not know where KEDA keeps no pod', async () => {
    const { stdout, exitCode } = await run([commits.get('at-zero') ?? '']);
    expect(stdout).toContain('no pod has run it: ScaledObject has it at 0 now');
    expect(exitCode).toBe(3);
  });

  it('reads with what examples/rbac.yaml allows', async () => {
    expect(await run([commits.get('done') ?? ''], 'reader')).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('H04 asks the cluster that is expected, and no other', async () => {
    const uid = plane.kubectl(['get', 'namespace', 'kube-system', '-o', 'jsonpath={.metadata.uid}']);
    const expected = join(repository.path, '..', 'expected.yaml');
    const asked = [commits.get('done') ?? '', '--config', expected];
    writeFileSync(expected, `observe: { clusters: ["${uid}"] }\n`);
    expect(await run(asked, 'reader')).toMatchObject({ exitCode: 0, stderr: '' });
    writeFileSync(expected, 'observe: { clusters: [another] }\n');
    expect(await run(asked, 'reader')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(uid) });
    expect((await run(asked, 'limited')).exitCode).toBe(3);
  });

  it('does not know what it may not read, and says what', async () => {
    const { stdout, exitCode } = await run([commits.get('done') ?? ''], 'limited');
    expect(stdout).toContain('unknown, no permission to read Pod (403)');
    expect(exitCode).toBe(3);
  });

  it.each([
    ['without its authority', /, certificate-authority: [^ ]*/, '', 'has a certificate that no known authority signed'],
    [
      'by another name',
      /(server: \S+),/,
      '$1, tls-server-name: elsewhere.example,',
      'has a certificate for another name',
    ],
  ])('H03 does not trust the server %s', async (_, found, instead, why) => {
    const file = plane.kubeconfigOf('admin');
    writeFileSync(`${file}.other`, readFileSync(file, 'utf8').replace(found, instead));
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const { stdout, exitCode } = await run([commits.get('done') ?? ''], 'admin', { KUBECONFIG: `${file}.other` });
    vi.unstubAllEnvs();
    expect(stdout).toContain(why);
    expect(exitCode).toBe(3);
  });

  it('tells of several units at once', async () => {
    const { stdout, exitCode } = await run([`${commits.get('done')}~1..HEAD`]);
    expect(
      stdout.split('\n').filter(line => /^(failed|stuck|overtaken|rolling|unknown|landed) {2,}\S+ +argocd/.test(line)),
    ).toHaveLength(APPS.length - 1);
    expect(exitCode).toBe(1);
  });
});
