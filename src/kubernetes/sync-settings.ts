import { nearestOf } from '../config/nearest.ts';
import { at, entries, items, type Path, text } from '../yaml/node.ts';
import type { KubeObject } from './object.ts';
import { hookPhases, isHook, isWave, PHASES, PREFIX, syncWave, syncWords } from './sync.ts';

/** Something that a manifest says to Argo CD and that Argo CD passes over without a word. */
export interface IgnoredSetting {
  readonly path: Path;
  /** One line that names it and what happens instead. No full stop. */
  readonly because: string;
  /** What was probably meant; undefined where nothing known is near. */
  readonly meant: string | undefined;
  /** False where a newer Argo CD may know it. */
  readonly certain: boolean;
}

const ANNOTATIONS: Path = ['metadata', 'annotations'];

/** argo-cd docs/user-guide/annotations-and-labels.md, and the labels that are written as annotations too. */
const SYNC_KEYS = ['compare-options', 'hook', 'hook-delete-policy', 'sync-options', 'sync-wave'];
const OTHER_KEYS = [
  'manifest-generate-paths',
  ...['ignore-default-links', 'ignore-healthcheck', 'ignore-resource-updates', 'ignore-restart-policy', 'refresh'],
  ...['application-set-refresh', 'hydrate', 'managed-by-url', 'skip-reconcile', 'tracking-id', 'installation-id'],
  ...['auto-label-cluster-info', 'client-side-apply-migration-manager', 'deletion-approved', 'kubernetes-version'],
  ...['refresh-timestamp', 'hydrate-timestamp', 'instance', 'secret-type', 'managed-by'],
];

/** argo-cd gitops-engine/pkg/sync/common/types.go and controller/hook.go. */
const HOOKS: readonly string[] = [...PHASES, 'Skip'];
const DELETE_POLICIES = ['HookSucceeded', 'HookFailed', 'BeforeHookCreation'];

/** argo-cd docs/user-guide/compare-options.md, diff-strategies.md */
const COMPARE_OPTIONS = ['IgnoreExtraneous', ...valued('ServerSideDiff', 'IncludeMutationWebhook')];

/** Options that count on an object and on an Application (argo-cd docs/user-guide/sync-options.md). */
const OBJECT_OPTIONS = [
  ...valued('ApplyOutOfSyncOnly', 'ClientSideApplyMigration', 'Delete', 'Force', 'Prune', 'PruneLast', 'Replace'),
  ...valued('ServerSideApply', 'SkipDryRunOnMissingResource', 'Validate'),
  ...['Delete=confirm', 'Prune=confirm'],
];
const APPLICATION_OPTIONS = [
  ...valued('CreateNamespace', 'FailOnSharedResource', 'RespectIgnoreDifferences'),
  ...['background', 'foreground', 'orphan'].map(policy => `PrunePropagationPolicy=${policy}`),
];

function valued(...names: string[]): string[] {
  return names.flatMap(name => [`${name}=true`, `${name}=false`]);
}

/** The hooks, waves and options in the object's annotations, or in the Application that it is, that do nothing. */
export function ignoredSettings(object: KubeObject): IgnoredSetting[] {
  const keys = [...entries(at(object.root, ...ANNOTATIONS))].map(([key]) => key);
  return [
    ...keys.filter(key => key.startsWith(PREFIX)).flatMap(key => [...ofAnnotation(object, key)]),
    ...ofApplication(object),
  ];
}

function* ofAnnotation(object: KubeObject, key: string): Generator<IgnoredSetting> {
  const path = [...ANNOTATIONS, key];
  const name = key.slice(PREFIX.length);
  const listed = syncWords(object, name);
  if (name === 'hook') yield* ofHook(object, path, listed);
  else if (name === 'hook-delete-policy') yield* ofDeletePolicy(object, path, listed);
  else if (name === 'sync-wave') yield* ofWave(object, path);
  else if (name === 'sync-options') yield* ofOptions(path, listed, OBJECT_OPTIONS);
  else if (name === 'compare-options') yield* ofOptions(path, listed, COMPARE_OPTIONS);
  else {
    const meant = nearestOf(name, [...SYNC_KEYS, ...OTHER_KEYS]) ?? '';
    if (SYNC_KEYS.includes(meant)) yield unknown(path, `Argo CD reads no annotation ${key}`, `${PREFIX}${meant}`);
  }
}

/** An object with the annotation is never applied like others, so without a known type it is not applied at all. */
function* ofHook(object: KubeObject, path: Path, listed: readonly string[]): Generator<IgnoredSetting> {
  const phases = hookPhases(object);
  const counts = [...phases, ...(listed.includes('Skip') ? ['Skip'] : [])];
  const effect = counts.length > 0 ? `${counts.join(', ')} counts alone` : 'the object is never applied';
  if (listed.length === 0 && counts.length === 0) {
    yield { path, because: `a hook of no type: ${effect}`, meant: undefined, certain: true };
  }
  for (const type of listed.filter(type => !HOOKS.includes(type))) {
    yield unknown(path, `Argo CD knows no hook ${type}: ${effect}`, nearestOf(type, HOOKS));
  }
}

function* ofDeletePolicy(object: KubeObject, path: Path, listed: readonly string[]): Generator<IgnoredSetting> {
  if (!isHook(object)) return;
  const known = listed.filter(policy => DELETE_POLICIES.includes(policy));
  const effect =
    known.length > 0 ? `${known.join(', ')} counts alone` : 'the hook stays until the next sync replaces it';
  for (const policy of listed.filter(policy => !DELETE_POLICIES.includes(policy))) {
    const because = `Argo CD knows no hook-delete-policy ${policy}: ${effect}`;
    yield unknown(path, because, nearestOf(policy, DELETE_POLICIES));
  }
}

function* ofWave(object: KubeObject, path: Path): Generator<IgnoredSetting> {
  const value = text(object.root, ...path);
  if (value === undefined || isWave(value)) return;
  const wave = syncWave(object);
  const because = `sync-wave "${value}" is no whole number: the object is applied in wave ${wave}`;
  yield { path, because, meant: undefined, certain: true };
}

function* ofOptions(path: Path, listed: readonly string[], known: readonly string[]): Generator<IgnoredSetting> {
  for (const option of listed.filter(option => !known.includes(option))) {
    if (APPLICATION_OPTIONS.includes(option)) {
      yield unknown(path, `${option} is an option of the Application, and does nothing on an object`, undefined);
    } else {
      yield unknown(path, `Argo CD knows no option ${option}`, nearestOf(option, known));
    }
  }
}

function* ofApplication({ id, root }: KubeObject): Generator<IgnoredSetting> {
  if (id.group !== 'argoproj.io' || id.kind !== 'Application') return;
  const path = ['spec', 'syncPolicy', 'syncOptions'];
  for (const [i] of items(at(root, ...path)).entries()) {
    const option = text(root, ...path, i);
    if (option !== undefined) yield* ofOptions([...path, i], [option], [...OBJECT_OPTIONS, ...APPLICATION_OPTIONS]);
  }
}

function unknown(path: Path, because: string, meant: string | undefined): IgnoredSetting {
  return { path, because, meant, certain: meant !== undefined };
}
