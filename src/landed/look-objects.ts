import type { ObjectChange } from '../change/change.ts';
import type { NoAnswer } from '../cluster/answer.ts';
import { readKind } from '../cluster/kubernetes-api.ts';
import { autoscaler, replicaRange, scalersOf, targetOf } from '../kubernetes/autoscaler.ts';
import { idKey, idLabel, type KubeObject, type ObjectId } from '../kubernetes/object.ts';
import type { Roll } from '../report/explanation/rolls.ts';
import { isReplicas, scaledIn, setsReplicas, type Touched } from '../report/explanation/touched.ts';
import { number, type Path } from '../yaml/node.ts';
import { judgeCount, scalerToAct } from './count.ts';
import { missingFields } from './fields.ts';
import type { SeenByArgo, Sources } from './look.ts';
import { isOwnedBy } from './pods.ts';
import { judgeRestart } from './restarts.ts';
import { landed, overtaken, rolling, type Signal, unknownSignal } from './signal.ts';
import { absent, fieldSignal, judgeWorkload, type Newer } from './workload.ts';

type Context = { readonly change: Touched; readonly seen: SeenByArgo; readonly sources: Sources };

/** What of the unit the cluster shows: each workload that the commit moves, and each other object that it touches. */
export async function lookAtObjects(change: Touched, seen: SeenByArgo, sources: Sources): Promise<readonly Signal[]> {
  const context = { change, seen, sources };
  const scaled = scaledIn(change).map(scaledRoll);
  const rolls = [...change.rolls.filter(({ cause }) => cause !== 'removed'), ...scaled];
  const moved = new Set(rolls.map(({ workload }) => idKey(workload.id)));
  const others = change.changes.filter(one => one.kind === 'removed' || !moved.has(idKey(one.after.id)));
  return Promise.all([
    ...rolls.map(roll => lookAtRoll(roll, context)),
    ...others.flatMap(other => lookAtObject(other, context) ?? []),
  ]);
}

/** A number of pods that the commit changes moves the workload as well, though no pod is replaced. */
function scaledRoll(workload: KubeObject): Roll {
  const nothing = { because: undefined, how: '', pace: undefined };
  return { workload, label: idLabel(workload.id), cause: 'template', ...nothing, watch: true };
}

async function lookAtRoll(roll: Roll, context: Context): Promise<Signal> {
  const { change, sources } = context;
  const { workload } = roll;
  const subject = idLabel(workload.id);
  const namespace = namespaceOf(workload.id, change);
  const kind = readKind(workload.id.group, workload.id.kind);
  if (kind === undefined) return { ...unknownSignal('objects of its kind are not read here'), subject };
  if (namespace === '') return { ...unknownSignal('nothing says in which namespace it is'), subject };
  const needed = await Promise.all([
    sources.cluster.get(kind, namespace, workload.id.name),
    sources.cluster.list('apps/ReplicaSet', namespace),
    sources.cluster.list('Pod', namespace),
    sources.cluster.list('Event', namespace, 'type=Warning'),
  ]);
  const [live, replicaSets, pods, events] = needed;
  if (!live.known) return notSeen(live, subject);
  if (!pods.known) return notSeen(pods, subject);
  if (!replicaSets.known) return notSeen(replicaSets, subject);
  const own = change.changes.find(one => one.kind !== 'removed' && idKey(one.after.id) === idKey(workload.id));
  const rendered = change.after?.objects ?? [];
  const others = live.value === undefined ? [] : await scalersElsewhere(live.value, own, rendered, sources);
  const objects = [...rendered, ...others];
  const judged = judgeWorkload({
    expected: workload,
    objects,
    live: live.value,
    isNew: roll.cause === 'new',
    missing:
      live.value === undefined || own === undefined ? [] : missingFields(own, live.value, leftOut(workload, objects)),
    replicaSets: replicaSets.value,
    pods: pods.value,
    // Without them a reason is missing at worst.
    events: events.known ? events.value : [],
    newer: newerOf(workload, own, context),
    since: context.seen.since,
    now: sources.now(),
  });
  if (judged.state !== 'landed' || live.value === undefined) return judged;
  const count = await lookAtCount(live.value, workload, context, others);
  if (count !== undefined) return { ...count, subject };
  const [other] = others;
  const byOther = `${judged.reason}; ${other && idLabel(other.id)} from elsewhere decides how many`;
  if (roll.cause !== 'reloader' && roll.cause !== 'stays') return other ? { ...judged, reason: byOther } : judged;
  const mine = podsOf(live.value, replicaSets.value, pods.value);
  const { since } = context.seen;
  const { committed } = sources;
  return { ...judgeRestart({ roll, change, pods: mine, since, committed, now: sources.now() }), subject };
}

/**
 * The autoscalers of the workload that the cluster has and the unit has not, as where an operator or another repository
 * makes them. Only asked for where the number of pods is in question.
 */
async function scalersElsewhere(
  live: KubeObject,
  own: ObjectChange | undefined,
  rendered: readonly KubeObject[],
  { cluster }: Sources,
): Promise<KubeObject[]> {
  const isInQuestion = number(live.root, 'spec', 'replicas') === 0 || (own !== undefined && setsReplicas(own));
  if (!isInQuestion || scalersOf(live, rendered).length > 0) return [];
  // KEDA makes a HorizontalPodAutoscaler of its own, so what it is made from stands first.
  const found = await Promise.all([
    cluster.list('keda.sh/ScaledObject', live.id.namespace),
    cluster.list('autoscaling/HorizontalPodAutoscaler', live.id.namespace),
  ]);
  const scalers = found.flatMap(list => (list.known ? list.value : []));
  return scalersOf(live, scalers).map(({ object }) => object);
}

function podsOf(live: KubeObject, sets: readonly KubeObject[], pods: readonly KubeObject[]): KubeObject[] {
  const owners = [live, ...sets.filter(set => isOwnedBy(set, live))];
  return pods.filter(pod => owners.some(owner => isOwnedBy(pod, owner)));
}

/** The number of pods is the autoscaler's to decide where there is one. */
function leftOut(workload: KubeObject, objects: readonly KubeObject[]) {
  const isScaled = replicaRange(workload, objects).from !== undefined;
  return (path: Path) => isScaled && isReplicas(path);
}

/** What is odd about the number of pods, by the newest autoscaler that Argo CD has; undefined where it is in its range. */
async function lookAtCount(
  live: KubeObject,
  workload: KubeObject,
  { change, seen, sources }: Context,
  others: readonly KubeObject[] = [],
) {
  const rendered = seen.newer?.objects ?? change.after?.objects ?? [];
  const scaler = scalerToAct(live, workload, [...rendered, ...others]);
  if (scaler === undefined) return undefined;
  const { id } = scaler.object;
  const kind = readKind(id.group, id.kind);
  const found = kind && (await sources.cluster.get(kind, namespaceOf(scaler.object.id, change), id.name));
  return judgeCount(live, scaler, found?.known ? found.value : undefined);
}

/** Whether what an autoscaler scales has a number of pods that the autoscaler allows; undefined where it has. */
async function lookAtTarget(object: KubeObject, context: Context): Promise<Signal | undefined> {
  const { change, sources } = context;
  const scaler = autoscaler(object);
  const workload = scaler && targetOf(scaler, change.after?.objects ?? []);
  const kind = workload && readKind(workload.id.group, workload.id.kind);
  if (workload === undefined || kind === undefined) return undefined;
  const live = await sources.cluster.get(kind, namespaceOf(workload.id, change), workload.id.name);
  // At zero pods KEDA rests and a HorizontalPodAutoscaler does not act.
  if (!live.known || live.value === undefined || number(live.value.root, 'spec', 'replicas') === 0) return undefined;
  return lookAtCount(live.value, workload, context);
}

/** An object that no pods come from; undefined for kinds that are not read, of which Argo CD tells. */
function lookAtObject(change: ObjectChange, context: Context): Promise<Signal> | undefined {
  const { id } = change.kind === 'removed' ? change.before : change.after;
  const kind = readKind(id.group, id.kind);
  const namespace = namespaceOf(id, context.change);
  if (kind === undefined || namespace === '') return undefined;
  const subject = idLabel(id);
  return context.sources.cluster.get(kind, namespace, id.name).then(async answer => {
    if (!answer.known) return notSeen(answer, subject);
    const judged = judgeObject(change, answer.value, context);
    const isThere = judged.state === 'landed' && change.kind !== 'removed';
    const count = isThere ? await lookAtTarget(change.after, context) : undefined;
    return { ...(count ?? judged), subject };
  });
}

function judgeObject(change: ObjectChange, live: KubeObject | undefined, context: Context): Signal {
  if (change.kind === 'removed') {
    if (live === undefined) return landed('it is gone');
    const { application } = context.change.unit;
    return application !== undefined && !application.prune
      ? landed('it stays in the cluster, since pruning is off')
      : rolling('it is still there');
  }
  const newer = newerOf(change.after, change, context);
  if (newer?.isAnother) return overtaken(`${newer.commit} changes it`);
  if (live === undefined) return absent(change.kind === 'added');
  const [field] = missingFields(change, live);
  return field === undefined ? landed('it is as the commit says') : fieldSignal(field);
}

/** Undefined where no later commit is known of. */
function newerOf(object: KubeObject, change: ObjectChange | undefined, { seen }: Context): Newer | undefined {
  const { newer } = seen;
  if (newer === undefined) return undefined;
  const key = idKey(object.id);
  const there = newer.objects.find(({ id }) => idKey(id) === key);
  const isAnother = there === undefined || (change !== undefined && missingFields(change, there).length > 0);
  return { commit: newer.commit, object: there, isAnother };
}

function notSeen({ why, passes }: NoAnswer, subject: string): Signal {
  return { ...unknownSignal(why, passes), subject };
}

/** Where the cluster has an object: where it says itself, else where its Application puts it; '' where nothing says. */
export function namespaceOf({ namespace }: Pick<ObjectId, 'namespace'>, { unit }: Touched): string {
  return namespace || (unit.application?.namespace ?? '');
}
