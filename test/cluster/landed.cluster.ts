import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rolled, rollDeployment, type SyncedApplication, syncedApplication, template } from './controllers.ts';
import { applicationFile, kustomizationFile, startWorld, type World, workloadFile } from './world.ts';
import type { Writer } from './writer.ts';

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

const APPS = [...SCENARIOS.map(({ app }) => app), 'canary', 'at-zero', 'nowhere'];

const SCALED = `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: web }
spec:
  scaleTargetRef: { name: web }
  minReplicaCount: 0
  maxReplicaCount: 5
  triggers: [{ type: cron, metadata: { timezone: UTC, start: 0 6 * * *, end: 0 20 * * *, desiredReplicas: "2" } }]
`;

function filesOf(app: string): Record<string, string> {
  const files = { ...applicationFile(app), ...atTag(app, '1.0.0') };
  if (app === 'canary') return { ...files, ...workloadFile(app, 'argoproj.io/v1alpha1', 'Rollout') };
  const [[path, text] = ['', '']] = Object.entries(workloadFile(app));
  if (app !== 'at-zero') return { ...files, [path]: text };
  return { ...files, [path]: text.replace('  replicas: 3\n', ''), [`apps/${app}/scaling.yaml`]: SCALED };
}

function atTag(app: string, tag: string): Record<string, string> {
  return kustomizationFile(app, tag, ...(app === 'at-zero' ? ['scaling.yaml'] : []));
}

let world: World;
let head: string;
const commits = new Map<string, string>();

beforeAll(async () => {
  world = await startWorld();
  const { repository, writer } = world;
  repository.commit('Start', Object.assign({}, ...APPS.map(filesOf)));
  for (const app of APPS) commits.set(app, repository.commit(`Raise ${app}`, atTag(app, '1.1.0')));
  repository.commit('Raise it again', atTag('overtaken', '1.2.0'));
  repository.git('revert', '--no-edit', commits.get('reverted') ?? '');
  head = repository.git('rev-parse', 'HEAD');
  for (const { app, deployment, argo } of SCENARIOS) {
    await writer.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: app } });
    await writer.create(syncedApplication({ name: app, revision: head, ...argo }));
    await rollDeployment(writer, { namespace: app, name: 'web', image: NEW, replicas: 3, pods: READY, ...deployment });
  }
  await canary(writer);
  await atZero(writer);
});
afterAll(() => world?.stop());

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

describe('a commit in a real API server', () => {
  it.each(SCENARIOS)('$app', async ({ app, exitCode, says }) => {
    const { stdout, stderr, exitCode: code } = await world.run([commits.get(app) ?? '']);
    expect(stderr).toBe('');
    for (const text of says) expect(stdout).toContain(text);
    expect(code).toBe(exitCode);
  });

  it('waits for a person where a canary is paused', async () => {
    const { stdout, exitCode } = await world.run([commits.get('canary') ?? '']);
    expect(stdout).toContain('paused at step 2: waits for a person');
    expect(stdout).toContain('Suspended at');
    expect(exitCode).toBe(3);
  });

  it('does not know where KEDA keeps no pod', async () => {
    const { stdout, exitCode } = await world.run([commits.get('at-zero') ?? '']);
    expect(stdout).toContain('no pod has run it: ScaledObject has it at 0 now');
    expect(exitCode).toBe(3);
  });

  it('looks at an Application by its name, and tells it as JSON by its schema', async () => {
    const { stdout, exitCode } = await world.run(['no-such-tag', '--format', 'json']);
    const validate = new Ajv2020({ strict: true, formats: { 'date-time': true } }).compile(
      JSON.parse(readFileSync('schemas/landed.schema.json', 'utf8')),
    );
    expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
    expect(JSON.parse(stdout)).toMatchObject({ state: 'stuck', exitCode: 1 });
    expect(exitCode).toBe(1);
  });

  it('tells it as Markdown, and of one signal alone', async () => {
    const { stdout, exitCode } = await world.run([
      commits.get('no-such-tag') ?? '',
      '--format',
      'markdown',
      '--only',
      'argocd',
    ]);
    expect(stdout).toContain('| no-such-tag | rolling | argocd rolling |');
    expect(exitCode).toBe(3);
  });

  it('does not know of a unit that is in no cluster', async () => {
    const { stdout, exitCode } = await world.run([commits.get('nowhere') ?? '']);
    expect(stdout).toContain('unknown    nowhere  argocd unknown    pods unknown');
    expect(stdout).toContain('this cluster has no Application nowhere');
    expect(exitCode).toBe(3);
  });

  it('tells of several units at once', async () => {
    const { stdout, exitCode } = await world.run([`${commits.get('done')}~1..HEAD`]);
    expect(
      stdout.split('\n').filter(line => /^(failed|stuck|overtaken|rolling|unknown|landed) {2,}\S+ +argocd/.test(line)),
    ).toHaveLength(APPS.length - 1);
    expect(exitCode).toBe(1);
  });
});
