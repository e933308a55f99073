import type { Answer } from '../cluster/answer.ts';
import type { Cluster } from '../cluster/kubernetes-api.ts';
import type { KubeObject } from '../kubernetes/object.ts';
import type { Touched } from '../report/explanation/touched.ts';
import { at, text } from '../yaml/node.ts';
import { broughtAt, judgeApplication, OTHER_CONTEXT, type Relation, revisionIn, revisionsOf } from './application.ts';
import type { History, UnitAt } from './history.ts';
import { type LiveSources, lookAtLive } from './look-live.ts';
import { lookAtObjects } from './look-objects.ts';
import { otherCluster } from './same-cluster.ts';
import { type Signal, type State, unknownSignal, worst } from './signal.ts';

/** Which of the signals are asked for. */
export const ASPECTS = ['argocd', 'pods', 'metrics'] as const;
export type Aspect = (typeof ASPECTS)[number];

/** What is seen of one unit. */
export interface UnitView {
  readonly change: Touched;
  readonly state: State;
  /** Each aspect that was asked for and that the unit has. */
  readonly signals: ReadonlyMap<Aspect, readonly Signal[]>;
}

/** Whom to ask. */
export interface Sources {
  /** Where the workloads are. */
  readonly cluster: Cluster;
  /** What an Application may call this cluster as its destination. */
  readonly clusterNames: readonly string[];
  /** The Application by name; undefined where there is none. */
  readonly application: (name: string, namespace: string | undefined) => Promise<Answer<KubeObject | undefined>>;
  /** Whether Argo CD has any Application in the namespace, so that one that is not there says something. */
  readonly hasApplications: (namespace: string | undefined) => Promise<Answer<boolean>>;
  /** The uids of what an Application has in its cluster, as Argo CD itself says; undefined where it is not asked by its API. */
  readonly managed:
    | ((name: string, namespace: string | undefined) => Promise<Answer<ReadonlyMap<string, string>>>)
    | undefined;
  readonly live: LiveSources;
  readonly history: History;
  readonly committed: number;
  readonly now: () => number;
  readonly only: readonly Aspect[];
}

/** Looks at a unit once. Whatever cannot be asked makes the unit unknown and no other. */
export async function lookAt(change: Touched, sources: Sources): Promise<UnitView> {
  const seen = await seenByArgo(change, sources);
  const signals = new Map<Aspect, readonly Signal[]>();
  const wants = (aspect: Aspect) => sources.only.includes(aspect);
  const set = (aspect: Aspect, found: readonly Signal[]) => signals.set(aspect, found.map(bounded));
  if (wants('argocd') && seen.signal !== undefined) set('argocd', [seen.signal]);
  const pods = wants('pods') ? await podSignals(change, seen, sources) : undefined;
  // Where nothing of it is read, that is no evidence.
  if (pods !== undefined && pods.length > 0) set('pods', pods);
  const live = wants('metrics') ? await lookAtLive(change, seen, pods, sources) : [];
  if (live.length > 0) set('metrics', live);
  if (signals.size === 0) set('pods', [unknownSignal('no Application applies it, and none of its kinds is read here')]);
  const isSeen = signals.has('argocd') || signals.has('pods') || !wants('pods');
  const told = [...signals.values()].flat();
  return { change, signals, state: isSeen && told.length > 0 ? worst(told) : 'unknown' };
}

/** Letters of a statement: what a cluster holds may be as long as it likes. */
const LONGEST = 600;

function bounded({ reason, next, ...signal }: Signal): Signal {
  return { ...signal, reason: cut(reason), next: next && cut(next) };
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** What the Application tells of the commit, for the other signals as well. */
export interface SeenByArgo {
  /** Undefined where no Application applies the unit. */
  readonly signal: Signal | undefined;
  /** When the commit's first sync began, in milliseconds. */
  readonly since: number | undefined;
  /** The unit at a later commit, where Argo CD is there already. */
  readonly newer: UnitAt | undefined;
}

const NO_APPLICATIONS = 'it is not there, and neither is any other Application, so that proves nothing';

async function seenByArgo(change: Touched, sources: Sources): Promise<SeenByArgo> {
  const { application, history } = sources;
  const { unit, after } = change;
  const nothing = { since: undefined, newer: undefined };
  if (unit.application === undefined) return { signal: undefined, ...nothing };
  const { name } = unit.application;
  if (name.includes('*')) {
    const why = 'its ApplicationSet names its Applications in the cluster, so which they are is not known from here';
    return { signal: unknownSignal(why, false, 'Look at each by its own name: argocd app list'), ...nothing };
  }
  const { manifest } = after ?? change.before ?? {};
  const namespace = manifest && text(manifest, 'metadata', 'namespace');
  const answer = await application(name, namespace);
  if (!answer.known) return { signal: unknownSignal(answer.why, answer.passes), ...nothing };
  const other = isHere(change, sources) ? await otherCluster(change, namespace, sources) : undefined;
  if (other !== undefined) return { signal: other, ...nothing };
  const live = answer.value;
  if (after === undefined && live === undefined) {
    const any = await sources.hasApplications(namespace);
    if (!any.known) return { signal: unknownSignal(any.why, any.passes), ...nothing };
    if (!any.value) return { signal: unknownSignal(NO_APPLICATIONS, false, OTHER_CONTEXT), ...nothing };
  }
  const source = Math.max(
    0,
    unit.application.sources.findIndex(({ path }) => path !== undefined && unit.folders.includes(path)),
  );
  const relations = new Map<string, Relation>();
  for (const revision of live === undefined ? [] : revisionsOf(live, source)) {
    relations.set(revision, await history.relation(revision));
  }
  const relation = (revision: string) => relations.get(revision) ?? 'not-here';
  const signal = judgeApplication({
    live,
    expected: unit.application,
    isNew: change.before === undefined,
    isRemoved: after === undefined,
    source,
    relation,
  });
  const compared = live && revisionIn(at(live.root, 'status', 'sync'), source);
  const isNewer = compared !== undefined && relation(compared) === 'newer';
  return {
    signal,
    since: live && broughtAt(live, source, relation),
    newer: isNewer ? await history.at(unit, after?.files ?? [], compared) : undefined,
  };
}

/** Whether what the unit applies goes into the cluster that is looked at. */
function isHere({ unit }: Touched, { clusterNames }: Sources): boolean {
  const destination = unit.application?.cluster ?? '';
  return destination === '' || clusterNames.includes(destination);
}

/** Facts about what is not in the repository, so that nothing can be compared. */
const UNSEEN = new Set(['remote', 'unknown', 'chart']);

async function podSignals(change: Touched, seen: SeenByArgo, sources: Sources): Promise<readonly Signal[]> {
  const { unit, facts } = change;
  if (unit.kind === 'terraform' || unit.kind === 'versions') {
    return [
      unknownSignal(
        unit.kind === 'terraform'
          ? 'Terraform applies it, which is not asked here'
          : 'it states versions, and no cluster shows them',
      ),
    ];
  }
  if (!isHere(change, sources)) {
    return [
      unknownSignal(
        `it runs in the cluster ${unit.application?.cluster}, and this is another one`,
        false,
        'Give its --context, and --argocd-context for the one of Argo CD.',
      ),
    ];
  }
  const unseen = facts.find(({ kind }) => UNSEEN.has(kind));
  const gap: Signal[] =
    unseen === undefined
      ? []
      : [{ ...unknownSignal('what it renders to is not in this repository'), subject: unseen.subject }];
  return [...gap, ...(await lookAtObjects(change, seen, sources))];
}
