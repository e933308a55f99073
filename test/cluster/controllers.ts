import type { Manifest, Writer, Written } from './writer.ts';

/** What the controllers of a cluster write, played by hand: each function leaves the objects as they would be. */

export interface AppliedDeployment {
  readonly namespace: string;
  readonly name: string;
  /** Of the only container. */
  readonly image: string;
  readonly replicas: number;
}

export interface Rolled extends AppliedDeployment {
  /** What is still there of the version before, with its image. */
  readonly old?: { readonly image: string; readonly pods: number };
  /** Pods of the new version, each ready or in trouble. */
  readonly pods: readonly ('ready' | 'starting' | 'ImagePullBackOff' | 'CrashLoopBackOff' | 'unschedulable')[];
  readonly progressing?: 'NewReplicaSetAvailable' | 'ReplicaSetUpdated' | 'ProgressDeadlineExceeded';
}

const labels = (name: string) => ({ app: name });

export function template(name: string, image: string, hash?: string) {
  return {
    metadata: { labels: { ...labels(name), ...(hash && { 'pod-template-hash': hash }) } },
    spec: { containers: [{ name: 'web', image }] },
  };
}

/** A Deployment with its ReplicaSets and pods, and the status that goes with them. */
export async function rollDeployment(writer: Writer, rolled: Rolled): Promise<Written> {
  const { namespace, name, image, replicas, old, pods, progressing = 'NewReplicaSetAvailable' } = rolled;
  const spec = { replicas, selector: { matchLabels: labels(name) }, template: template(name, image) };
  const made = await writer.create({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: labels(name) },
    spec,
  });
  if (old !== undefined) {
    const set = await replicaSet(writer, made, { ...rolled, image: old.image, revision: 1 });
    for (let i = 0; i < old.pods; i++)
      await pod(writer, set, { ...rolled, image: old.image, state: 'ready', index: i });
  }
  const set = await replicaSet(writer, made, { ...rolled, image, revision: 2 });
  for (const [index, state] of pods.entries()) await pod(writer, set, { ...rolled, image, state, index });
  const ready = pods.filter(state => state === 'ready').length;
  const total = pods.length + (old?.pods ?? 0);
  return writer.update(
    made,
    {
      status: {
        observedGeneration: 1,
        replicas: total,
        updatedReplicas: pods.length,
        readyReplicas: ready + (old?.pods ?? 0),
        availableReplicas: ready + (old?.pods ?? 0),
        conditions: [
          {
            type: 'Progressing',
            status: progressing === 'ProgressDeadlineExceeded' ? 'False' : 'True',
            reason: progressing,
            message: `ReplicaSet "${name}-2" is ${progressing}`,
          },
        ],
      },
    },
    'status',
  );
}

/** Rolls a Deployment from one image to another as its controller does, a pod at a time; stops after each step. */
export async function* roll(writer: Writer, to: AppliedDeployment & { readonly from: string }): AsyncGenerator<void> {
  const { namespace, name, replicas } = to;
  const labelled = { name, namespace, labels: labels(name) };
  const spec = (image: string) => ({
    replicas,
    selector: { matchLabels: labels(name) },
    template: template(name, image),
  });
  let live = await writer.create({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: labelled,
    spec: spec(to.from),
  });
  const status = async (generation: number, updated: number, total: number, available: number) => {
    const counts = {
      replicas: total,
      updatedReplicas: updated,
      readyReplicas: available,
      availableReplicas: available,
    };
    live = await writer.update(live, { status: { observedGeneration: generation, ...counts } }, 'status');
  };
  const before = await replicaSet(writer, live, { ...to, image: to.from, revision: 1 });
  const old: Written[] = [];
  for (let index = 0; index < replicas; index++) {
    old.push(await pod(writer, before, { ...to, image: to.from, state: 'ready', index }));
  }
  await status(1, replicas, replicas, replicas);
  yield;
  live = await writer.update(live, { spec: spec(to.image) });
  const after = await replicaSet(writer, live, { ...to, revision: 2 });
  for (const [index, leaving] of old.entries()) {
    const fresh = await pod(writer, after, { ...to, state: 'starting', index });
    await status(2, index + 1, replicas + 1, replicas);
    yield;
    await writer.update(fresh, { status: podStatus('ready', to.image) }, 'status');
    await writer.remove(leaving);
    await status(2, index + 1, replicas, replicas);
    yield;
  }
}

async function replicaSet(
  writer: Writer,
  owner: Written,
  { namespace, name, image, revision, replicas }: AppliedDeployment & { readonly revision: number },
): Promise<Written> {
  const hash = `${name}${revision}`;
  return writer.create({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-${revision}`,
      namespace,
      labels: { ...labels(name), 'pod-template-hash': hash },
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
      ownerReferences: [reference(owner, 'apps/v1', 'Deployment')],
    },
    spec: {
      replicas,
      selector: { matchLabels: { ...labels(name), 'pod-template-hash': hash } },
      template: template(name, image, hash),
    },
  });
}

type PodState = Rolled['pods'][number];

async function pod(
  writer: Writer,
  owner: Written,
  { namespace, name, image, state, index }: AppliedDeployment & { readonly state: PodState; readonly index: number },
): Promise<Written> {
  const made = await writer.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${owner.metadata.name}-${index}`,
      namespace,
      labels: labels(name),
      ownerReferences: [reference(owner, 'apps/v1', 'ReplicaSet')],
    },
    spec: template(name, image).spec,
  });
  return writer.update(made, { status: podStatus(state, image) }, 'status');
}

const DIGEST = `sha256:${'ab'.repeat(32)}`;

export function podStatus(state: PodState, image: string) {
  const ready = state === 'ready';
  const conditions = [
    {
      type: 'PodScheduled',
      status: state === 'unschedulable' ? 'False' : 'True',
      ...(state === 'unschedulable' && {
        reason: 'Unschedulable',
        message: '0/3 nodes are available: 3 Insufficient cpu.',
      }),
    },
    { type: 'Ready', status: ready ? 'True' : 'False' },
  ];
  if (state === 'unschedulable') return { phase: 'Pending', conditions };
  const container = {
    name: 'web',
    image,
    imageID: ready ? `${image.split(':')[0]}@${DIGEST}` : '',
    ready,
    restartCount: state === 'CrashLoopBackOff' ? 4 : 0,
    state: containerState(state),
    ...(state === 'CrashLoopBackOff' && {
      lastState: { terminated: { exitCode: 137, reason: 'OOMKilled', startedAt: null, finishedAt: null } },
    }),
  };
  return { phase: ready ? 'Running' : 'Pending', conditions, containerStatuses: [container] };
}

function containerState(state: PodState) {
  if (state === 'ready') return { running: { startedAt: new Date().toISOString() } };
  if (state === 'starting') return { waiting: { reason: 'ContainerCreating' } };
  return { waiting: { reason: state, message: `Back-off: ${state}` } };
}

export function reference(owner: Written, apiVersion: string, kind: string) {
  return { apiVersion, kind, name: owner.metadata.name, uid: owner.metadata.uid, controller: true };
}

export interface SyncedApplication {
  readonly name: string;
  /** What is compared and, where an operation ran, what it brought. */
  readonly revision: string;
  readonly sync?: 'Synced' | 'OutOfSync';
  readonly health?: 'Healthy' | 'Progressing' | 'Degraded' | 'Suspended' | 'Missing';
  readonly phase?: 'Succeeded' | 'Running' | 'Failed';
  readonly message?: string;
}

/** An Application with the status that the application controller writes; its kind has no status of its own. */
export function syncedApplication({ name, revision, ...more }: SyncedApplication): Manifest {
  const { sync = 'Synced', health = 'Healthy', phase = 'Succeeded', message = 'successfully synced' } = more;
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const source = { repoURL: 'https://git.example/shop/gitops.git', path: `apps/${name}`, targetRevision: 'main' };
  const destination = { server: 'https://kubernetes.default.svc', namespace: name };
  const isRunning = phase === 'Running';
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'argocd' },
    spec: { project: 'default', source, destination, syncPolicy: { automated: { prune: true, selfHeal: true } } },
    status: {
      sync: { status: sync, revision, comparedTo: { source, destination } },
      health: { status: health },
      reconciledAt: now,
      operationState: {
        phase,
        message,
        startedAt: now,
        ...(!isRunning && { finishedAt: now }),
        operation: { sync: { revision } },
        syncResult: { revision, source },
      },
      history: isRunning ? [] : [{ id: 1, revision, deployedAt: now, deployStartedAt: now, source }],
    },
  };
}
