import type { Application } from '../gitops/unit.ts';
import type { KubeObject } from '../kubernetes/object.ts';
import { list } from '../report/line.ts';
import { at, items, type Node, text } from '../yaml/node.ts';
import { failed, landed, rolling, type Signal, stuck, unknownSignal } from './signal.ts';

/** How a revision that Argo CD names stands to the commit that is asked about. */
export type Relation = 'same' | 'newer' | 'older' | 'apart' | 'not-here';

/** What to do where an Application is not in the cluster that is asked. */
export const OTHER_CONTEXT = 'Give the --context of the right cluster, or the --argocd-context of Argo CD.';

export interface ApplicationQuestion {
  /** Undefined where the cluster has none of the name. */
  readonly live: KubeObject | undefined;
  readonly expected: Application;
  /** The commit brings the Application, or takes it away. */
  readonly isNew: boolean;
  readonly isRemoved: boolean;
  /** Which of several sources lies in this repository. */
  readonly source: number;
  readonly relation: (revision: string) => Relation;
}

/** Every revision that the Application names for the source, so that they can be compared with the commit. */
export function revisionsOf(live: KubeObject, source: number): string[] {
  const { root } = live;
  const history = items(at(root, 'status', 'history'));
  const places = [
    at(root, 'status', 'sync'),
    at(root, 'status', 'operationState', 'syncResult'),
    at(root, 'status', 'operationState', 'operation', 'sync'),
    ...history,
  ];
  return [...new Set(places.flatMap(place => revisionIn(place, source) ?? []))];
}

/** `revision` for one source, `revisions` for several. */
export function revisionIn(node: Node | undefined, source: number): string | undefined {
  return text(node, 'revisions', source) || text(node, 'revision') || undefined;
}

/** When the first sync that brought the commit began; undefined where Argo CD remembers none. */
export function broughtAt(live: KubeObject, source: number, relation: (revision: string) => Relation) {
  const entry = items(at(live.root, 'status', 'history')).find(one => has(relation(revisionIn(one, source) ?? '')));
  const moment = Date.parse(text(entry, 'deployStartedAt') ?? text(entry, 'deployedAt') ?? '');
  return Number.isNaN(moment) ? undefined : moment;
}

/**
 * Whether Argo CD has brought the commit, by its own account: what it compared, what the last operation did and for
 * which revision, and the health that it saw since. `Synced` and `Healthy` alone may be those of another revision.
 * (argo-cd, pkg/apis/application/v1alpha1/types.go and controller/appcontroller.go)
 */
export function judgeApplication(question: ApplicationQuestion): Signal {
  const { live, expected, isNew, isRemoved } = question;
  const name = expected.name;
  if (isRemoved) {
    return live === undefined
      ? landed('the Application is gone')
      : rolling('the Application is still there', `kubectl get application.argoproj.io ${name} -A`);
  }
  if (live === undefined) {
    return isNew
      ? rolling(`there is no Application ${name} yet`, 'Sync the Application that makes it.')
      : unknownSignal(`this cluster has no Application ${name}`, false, OTHER_CONTEXT);
  }
  return (
    (at(live.root, 'metadata', 'deletionTimestamp') && failed('the Application is being deleted')) ||
    ofConditions(live) ||
    ofRevision(live, question) ||
    ofOperation(live, question) ||
    ofSync(live, question) ||
    ofHealth(live, question)
  );
}

function has(relation: Relation): boolean {
  return relation === 'same' || relation === 'newer';
}

/** Conditions that say that Argo CD cannot work out or apply what git says. */
const ERRORS = new Set(['ComparisonError', 'InvalidSpecError', 'UnknownError', 'DeletionError']);

function ofConditions({ root }: KubeObject): Signal | undefined {
  const conditions = items(at(root, 'status', 'conditions'));
  const broken = conditions.find(condition => ERRORS.has(text(condition, 'type') ?? ''));
  return broken && stuck(`${text(broken, 'type')}: ${brief(text(broken, 'message') ?? '')}`);
}

/** What Argo CD has compared with the cluster: a revision from before the commit says nothing of it. */
function ofRevision({ root }: KubeObject, { source, relation, expected }: ApplicationQuestion): Signal | undefined {
  const phase = text(root, 'status', 'operationState', 'phase');
  const syncing = revisionIn(at(root, 'status', 'operationState', 'operation', 'sync'), source);
  if (phase === 'Running' && syncing !== undefined && relation(syncing) === 'older') {
    const tries = text(root, 'status', 'operationState', 'message') ?? '';
    const why = tries === '' ? '' : `: ${brief(tries)}`;
    return stuck(
      `a sync of the older ${short(syncing)} is still running, and the commit waits behind it${why}`,
      `argocd app terminate-op ${expected.name}`,
    );
  }
  const compared = revisionIn(at(root, 'status', 'sync'), source);
  if (compared === undefined) return rolling('Argo CD has not looked at the Application yet');
  switch (relation(compared)) {
    case 'same':
    case 'newer':
      return undefined;
    case 'older':
      return rolling(
        `Argo CD is at ${short(compared)}, from before the commit`,
        `It looks about every 3 minutes; at once: argocd app get ${expected.name} --refresh`,
      );
    case 'apart': {
      const branch =
        text(root, 'spec', 'sources', source, 'targetRevision') ?? text(root, 'spec', 'source', 'targetRevision');
      return stuck(
        `Argo CD is at ${short(compared)} of ${branch ?? 'HEAD'}, which does not have the commit`,
        `Merge the commit into what the Application follows: ${branch ?? 'the default branch'}.`,
      );
    }
    case 'not-here':
      return unknownSignal(`Argo CD is at ${short(compared)}, which this clone does not have`, true, 'git fetch');
  }
}

function ofOperation({ root }: KubeObject, { source, relation, expected }: ApplicationQuestion): Signal | undefined {
  const operation = at(root, 'status', 'operationState');
  const phase = text(operation, 'phase');
  const revision =
    revisionIn(at(operation, 'syncResult'), source) ?? revisionIn(at(operation, 'operation', 'sync'), source);
  // What was tried for an older revision is not about this commit.
  if (phase === undefined || revision === undefined || !has(relation(revision))) return undefined;
  const message = brief(text(operation, 'message') ?? '');
  if (phase === 'Running' || phase === 'Terminating') {
    return rolling(`syncing ${short(revision)}${message === '' ? '' : `: ${message}`}`);
  }
  if (phase !== 'Failed' && phase !== 'Error') return undefined;
  const resource = items(at(operation, 'syncResult', 'resources')).find(
    one => text(one, 'status') === 'SyncFailed' || ['Failed', 'Error'].includes(text(one, 'hookPhase') ?? ''),
  );
  const what =
    resource === undefined
      ? message || 'Argo CD does not say why'
      : `${label(resource)}: ${brief(text(resource, 'message') ?? '')}`;
  const again = 'Argo CD does not try the same commit again by itself';
  return failed(
    `the sync of ${short(revision)} failed: ${what}`,
    expected.automated ? `${again}: push a new commit, or argocd app sync ${expected.name}` : undefined,
  );
}

function ofSync({ root }: KubeObject, { source, relation, expected }: ApplicationQuestion): Signal | undefined {
  const status = text(root, 'status', 'sync', 'status');
  if (status === 'Synced') return undefined;
  if (status !== 'OutOfSync') return unknownSignal('Argo CD cannot compare the Application with git', true);
  const operation = at(root, 'status', 'operationState');
  const done = revisionIn(at(operation, 'syncResult'), source);
  // Some Applications never get in sync, as where an admission webhook changes what is applied.
  if (text(operation, 'phase') === 'Succeeded' && done !== undefined && has(relation(done))) return undefined;
  const what = differing(root);
  return expected.automated
    ? rolling(`out of sync${what}`)
    : rolling(`out of sync, and syncs by hand${what}`, `argocd app sync ${expected.name}`);
}

function ofHealth(live: KubeObject, { source, expected }: ApplicationQuestion): Signal {
  const { root } = live;
  const finished = Date.parse(text(root, 'status', 'operationState', 'finishedAt') ?? '');
  const looked = Date.parse(text(root, 'status', 'reconciledAt') ?? '');
  if (looked < finished) return rolling('Argo CD has not looked since its sync ended');
  const revision = short(revisionIn(at(root, 'status', 'sync'), source) ?? '');
  const health = text(root, 'status', 'health', 'status') ?? 'Unknown';
  const bad = items(at(root, 'status', 'resources')).find(one => text(one, 'health', 'status') === health);
  const named = bad === undefined ? '' : `: ${label(bad)}`;
  const why = text(bad, 'health', 'message') ?? text(root, 'status', 'health', 'message') ?? '';
  const told = `${named}${why === '' ? '' : `: ${brief(why)}`}`;
  switch (health) {
    case 'Healthy':
      return landed(`${syncedOr(live, expected)} and Healthy at ${revision}`);
    case 'Progressing':
      return rolling(`Progressing at ${revision}${told}`);
    case 'Suspended':
      return rolling(
        `Suspended at ${revision}: waits for a person${told}`,
        `Look at what is paused: argocd app get ${expected.name}`,
      );
    case 'Missing':
      return rolling(`Missing at ${revision}${told}`);
    case 'Degraded':
      return failed(`Degraded at ${revision}${told}`);
    default:
      return unknownSignal(`Argo CD does not know the health at ${revision}`, true);
  }
}

/** What differs again after a sync that succeeded: a webhook's work, or a hand's. */
function syncedOr({ root }: KubeObject, { selfHeal }: Application): string {
  if (text(root, 'status', 'sync', 'status') === 'Synced') return 'Synced';
  const healing = selfHeal ? 'Argo CD puts it back' : 'self-heal is off, so it stays';
  return `Synced, since then out of sync${differing(root)} (${healing})`;
}

/** `: Deployment web, Service web and 3 more`. */
function differing(root: Node): string {
  const found = items(at(root, 'status', 'resources')).filter(one => text(one, 'status') === 'OutOfSync');
  return found.length === 0 ? '' : `: ${list(found.map(label), 3)}`;
}

function label(resource: Node): string {
  return `${text(resource, 'kind') ?? '?'} ${text(resource, 'name') ?? '?'}`;
}

/** Enough of a message for one line. */
export function brief(message: string): string {
  const line = message.trim().split('\n', 1)[0] ?? '';
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

export function short(revision: string): string {
  return /^[0-9a-f]{40,}$/.test(revision) ? revision.slice(0, 8) : revision;
}
