import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { podStatus, reference, syncedApplication, template } from './controllers.ts';
import { applicationFile, kustomizationFile, startWorld, type World } from './world.ts';
import type { Writer } from './writer.ts';

const OLD = 'shop/web:1.0.0';
const NEW = 'shop/web:1.1.0';

/** A StatefulSet or DaemonSet that is meant to have three pods. */
interface Scenario {
  readonly app: string;
  readonly kind: 'StatefulSet' | 'DaemonSet';
  readonly updateStrategy: object;
  /** What its pods run; all of them are ready. */
  readonly pods: readonly string[];
  readonly exitCode: number;
  readonly says: string;
}

const ALL_NEW = [NEW, NEW, NEW];
const AT_ONCE = { type: 'RollingUpdate' };
const BY_HAND = { type: 'OnDelete' };
const partition = (number: number) => ({ type: 'RollingUpdate', rollingUpdate: { partition: number } });

const STATEFUL: readonly Omit<Scenario, 'kind'>[] = [
  { app: 'set', updateStrategy: AT_ONCE, pods: ALL_NEW, exitCode: 0, says: 'all 3 pods run it' },
  { app: 'set-rolling', updateStrategy: AT_ONCE, pods: [OLD, OLD, NEW], exitCode: 3, says: '1 of 3 pods run it' },
  {
    app: 'partition',
    updateStrategy: partition(2),
    pods: [OLD, OLD, NEW],
    exitCode: 0,
    says: '1 of 3 pods run it, as partition 2 says',
  },
  {
    app: 'partition-rolling',
    updateStrategy: partition(1),
    pods: [OLD, OLD, NEW],
    exitCode: 3,
    says: '1 of 2 pods run it',
  },
  {
    app: 'partition-of-all',
    updateStrategy: partition(3),
    pods: [OLD, OLD, OLD],
    exitCode: 3,
    says: 'partition 3 keeps all 3 pods on the old template',
  },
  {
    app: 'by-hand',
    updateStrategy: BY_HAND,
    pods: [OLD, OLD, NEW],
    exitCode: 3,
    says: '2 of 3 pods run the old template until somebody deletes them (OnDelete)',
  },
  { app: 'by-hand-done', updateStrategy: BY_HAND, pods: ALL_NEW, exitCode: 0, says: 'all 3 pods run it' },
];

const ON_NODES: readonly Omit<Scenario, 'kind'>[] = [
  { app: 'nodes', updateStrategy: AT_ONCE, pods: ALL_NEW, exitCode: 0, says: 'all 3 pods run it' },
  { app: 'nodes-rolling', updateStrategy: AT_ONCE, pods: [NEW, OLD, OLD], exitCode: 3, says: '1 of 3 pods run it' },
  {
    app: 'nodes-by-hand',
    updateStrategy: BY_HAND,
    pods: [NEW, NEW, OLD],
    exitCode: 3,
    says: '1 of 3 pods run the old template',
  },
  { app: 'no-nodes', updateStrategy: AT_ONCE, pods: [], exitCode: 3, says: 'no node is meant to run it' },
];

const SCENARIOS: readonly Scenario[] = [
  ...STATEFUL.map(scenario => ({ ...scenario, kind: 'StatefulSet' as const })),
  ...ON_NODES.map(scenario => ({ ...scenario, kind: 'DaemonSet' as const })),
];

function specOf({ kind, updateStrategy }: Scenario, image: string) {
  const own = kind === 'StatefulSet' ? { replicas: 3, serviceName: 'web' } : {};
  return { ...own, selector: { matchLabels: { app: 'web' } }, template: template('web', image), updateStrategy };
}

function fileOf(scenario: Scenario): Record<string, string> {
  const { app, kind } = scenario;
  const manifest = { apiVersion: 'apps/v1', kind, metadata: { name: 'web' }, spec: specOf(scenario, 'shop/web') };
  return { [`apps/${app}/web.yaml`]: JSON.stringify(manifest) };
}

/** The set as its controller leaves it, with the template of the commit and pods of either. */
async function roll(writer: Writer, scenario: Scenario): Promise<void> {
  const { app: namespace, kind, pods } = scenario;
  await writer.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  const metadata = { name: 'web', namespace };
  const made = await writer.create({ apiVersion: 'apps/v1', kind, metadata, spec: specOf(scenario, NEW) });
  for (const [index, image] of pods.entries()) {
    const labels = { app: 'web', 'controller-revision-hash': revisionOf(image) };
    const owner = reference(made, 'apps/v1', kind);
    const pod = await writer.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `web-${index}`, namespace, labels, ownerReferences: [owner] },
      spec: template('web', image).spec,
    });
    await writer.update(pod, { status: podStatus('ready', image) }, 'status');
  }
  const fresh = pods.filter(image => image === NEW).length;
  const status = kind === 'StatefulSet' ? statefulStatus(scenario, fresh) : nodeStatus(pods.length, fresh);
  await writer.update(made, { status: { observedGeneration: 1, ...status } }, 'status');
}

function revisionOf(image: string): string {
  return `web-${image === NEW ? 'new' : 'old'}`;
}

/** The new revision becomes the current one where a rolling update has come to its end, and by hand never. */
function statefulStatus({ updateStrategy, pods }: Scenario, fresh: number) {
  const isDone = fresh === pods.length && updateStrategy !== BY_HAND;
  return {
    replicas: pods.length,
    readyReplicas: pods.length,
    availableReplicas: pods.length,
    currentReplicas: isDone ? fresh : pods.length - fresh,
    updatedReplicas: fresh,
    currentRevision: revisionOf(isDone ? NEW : OLD),
    updateRevision: revisionOf(NEW),
  };
}

function nodeStatus(nodes: number, fresh: number) {
  return {
    desiredNumberScheduled: nodes,
    currentNumberScheduled: nodes,
    updatedNumberScheduled: fresh,
    numberAvailable: nodes,
    numberMisscheduled: 0,
    numberReady: nodes,
  };
}

let world: World;
const commits = new Map<string, string>();

beforeAll(async () => {
  world = await startWorld();
  const { repository, writer } = world;
  const files = SCENARIOS.map(scenario => {
    const { app } = scenario;
    return { ...applicationFile(app), ...kustomizationFile(app, '1.0.0'), ...fileOf(scenario) };
  });
  repository.commit('Start', Object.assign({}, ...files));
  for (const { app } of SCENARIOS) {
    commits.set(app, repository.commit(`Raise ${app}`, kustomizationFile(app, '1.1.0')));
  }
  const revision = repository.git('rev-parse', 'HEAD');
  for (const scenario of SCENARIOS) {
    await roll(writer, scenario);
    await writer.create(syncedApplication({ name: scenario.app, revision }));
  }
});

afterAll(() => world.stop());

describe('a StatefulSet or DaemonSet in a real API server', () => {
  it.each(SCENARIOS.map(scenario => [scenario.app, scenario] as const))('%s', async (app, { kind, exitCode, says }) => {
    const { stdout, stderr, exitCode: code } = await world.run([commits.get(app) ?? '']);
    expect(stderr).toBe('');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`${kind} web: `);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(says);
    expect(code).toBe(exitCode);
  });
});
