import { at, entries, type Path, text } from '../yaml/node.ts';
import { consumed } from './consumed.ts';
import { goPattern, PatternError } from './go-pattern.ts';
import { annotation, type KubeObject } from './object.ts';
import { podTemplate } from './workload.ts';

/** How Stakater Reloader is started, as far as it decides; the defaults are its own. */
export interface ReloaderOptions {
  /** `--auto-reload-all` */
  readonly autoReloadAll?: boolean;
  /** `--is-Argo-Rollouts` */
  readonly argoRollouts?: boolean;
}

export interface ReloadAnswer {
  readonly state: 'yes' | 'no';
  /** One line that names the annotation that decides. No full stop. */
  readonly because: string;
  /** The annotation of the workload, or the place for one. */
  readonly at: Path;
}

const PREFIX = 'reloader.stakater.com';
const AUTO = `${PREFIX}/auto`;
const SEARCH = `${PREFIX}/search`;
const MATCH = `${PREFIX}/match`;
const IGNORE = `${PREFIX}/ignore`;
const KINDS = new Set(['apps/Deployment', 'apps/DaemonSet', 'apps/StatefulSet']);

const ANNOTATIONS: Path = ['metadata', 'annotations'];

/** Go's strconv.ParseBool: anything else is an error, and reads as false. */
const TRUE = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);

/** Whether the object is of a kind whose pods Reloader replaces. */
export function isRestarted({ id }: KubeObject, options: ReloaderOptions = { argoRollouts: true }): boolean {
  return KINDS.has(`${id.group}/${id.kind}`) || (options.argoRollouts === true && id.kind === 'Rollout');
}

/**
 * Whether Reloader restarts the workload when the data of the ConfigMap or Secret changes: its `ShouldReload`
 * (github.com/stakater/Reloader, pkg/common/common.go), step by step in its order. Jobs and CronJobs are answered with
 * no: they read the configuration when they next run.
 */
export function reloads(workload: KubeObject, config: KubeObject, options: ReloaderOptions = {}): ReloadAnswer {
  if (!isRestarted(workload, options)) {
    return { state: 'no', because: `Reloader does not restart a ${workload.id.kind}`, at: ANNOTATIONS };
  }
  return covers(workload, config, options);
}

/**
 * Whether an annotation covers the ConfigMap or Secret for a workload of any kind. A CronJob that is covered is run at
 * once, out of its schedule, and a Job is made anew, unless Reloader is told to leave these kinds alone.
 */
export function covers(workload: KubeObject, config: KubeObject, options: ReloaderOptions = {}): ReloadAnswer {
  const metadata = ANNOTATIONS;
  if (annotation(config, IGNORE) === 'true') {
    return { state: 'no', because: `${config.id.kind} ${config.id.name} has ${IGNORE}: "true"`, at: metadata };
  }

  const type = config.id.kind.toLowerCase();
  const named = `${type}.${PREFIX}/reload`;
  const typedAuto = `${type}.${PREFIX}/auto`;
  const keys = [named, AUTO, typedAuto, SEARCH];
  const own = keys.some(key => annotation(workload, key) !== undefined);
  const base = own ? metadata : [...(podTemplate(workload)?.path ?? []), 'metadata', 'annotations'];
  const read = (key: string) => text(workload.root, ...base, key) ?? '';

  const exclude = `${type}s.exclude.${PREFIX}/reload`;
  if (listed(annotation(workload, exclude) ?? '').includes(config.id.name)) {
    return { state: 'no', because: `${exclude} lists ${config.id.name}`, at: [...metadata, exclude] };
  }
  const pattern = listed(read(named)).find(value => matches(value, config.id.name));
  if (pattern !== undefined) {
    return { state: 'yes', because: `${named} names ${pattern}`, at: [...base, named] };
  }

  const referenced = consumed(workload).some(
    reference => reference.kind === config.id.kind && reference.name === config.id.name,
  );
  const decide = (because: string, path: Path): ReloadAnswer =>
    referenced
      ? { state: 'yes', because, at: path }
      : { state: 'no', because: `${because}, but the pods do not refer to ${config.id.name}`, at: path };
  if (read(SEARCH) === 'true' && annotation(config, MATCH) === 'true') {
    return decide(`${SEARCH} is "true" and the ${config.id.kind} has ${MATCH}`, [...base, SEARCH]);
  }
  for (const key of [AUTO, typedAuto]) {
    if (TRUE.has(read(key))) return decide(`${key} is "${read(key)}"`, [...base, key]);
  }
  if (read(AUTO) === '' && read(typedAuto) === '' && options.autoReloadAll === true) {
    return decide('Reloader runs with --auto-reload-all', metadata);
  }
  return { state: 'no', ...whyNot(workload, config, read, base) };
}

/** The nearest miss, so that the message can say what stands there and does not count. */
function whyNot(
  workload: KubeObject,
  config: KubeObject,
  read: (key: string) => string,
  base: Path,
): Omit<ReloadAnswer, 'state'> {
  const type = config.id.kind.toLowerCase();
  for (const key of [AUTO, `${type}.${PREFIX}/auto`]) {
    if (read(key) !== '') return { because: `${key} is "${read(key)}", which is not true`, at: [...base, key] };
  }
  const named = `${type}.${PREFIX}/reload`;
  if (read(named) !== '')
    return { because: `${named} "${read(named)}" does not match ${config.id.name}`, at: [...base, named] };
  if (read(SEARCH) === 'true') {
    return { because: `${SEARCH} is "true", but the ${config.id.kind} lacks ${MATCH}: "true"`, at: [...base, SEARCH] };
  }
  const template: Path = [...(podTemplate(workload)?.path ?? []), 'metadata', 'annotations'];
  const shadowed = [named, AUTO, `${type}.${PREFIX}/auto`, SEARCH].find(
    key => text(workload.root, ...template, key) !== undefined,
  );
  if (shadowed !== undefined && base.length < template.length) {
    const because = `${shadowed} of the pod template does not count beside an annotation of Reloader on the ${workload.id.kind}`;
    return { because, at: [...template, shadowed] };
  }
  const [typo] = misspelt(workload);
  if (typo !== undefined) return { because: `${typo.key} is no annotation of Reloader`, at: typo.path };
  return {
    because: `no annotation of Reloader covers ${config.id.kind} ${config.id.name}`,
    at: ['metadata', 'annotations'],
  };
}

export interface MisspeltAnnotation {
  readonly key: string;
  readonly path: Path;
  /** What Reloader reads; undefined where it cannot be told. */
  readonly instead: string | undefined;
}

const TYPES = ['configmap', 'secret', 'secretproviderclass'];

const KNOWN = new Set([
  ...[AUTO, SEARCH, MATCH, IGNORE, `${PREFIX}/rollout-strategy`, `${PREFIX}/last-reloaded-from`],
  ...[`deployment.${PREFIX}/pause-period`, `deployment.${PREFIX}/paused-at`],
  ...TYPES.flatMap(type => [`${type}.${PREFIX}/auto`, `${type}.${PREFIX}/reload`]),
  ...TYPES.map(type => `${type}${type.endsWith('s') ? 'es' : 's'}.exclude.${PREFIX}/reload`),
]);

/** Annotations in Reloader's name that it does not read, such as the plural `configmaps.reloader.stakater.com/reload`. */
export function misspelt(workload: KubeObject): MisspeltAnnotation[] {
  const path: Path = ['metadata', 'annotations'];
  return [...entries(at(workload.root, ...path))].flatMap(([key]) => {
    if (!/(?:^|\.)reloader\.stakater\.com\//i.test(key) || KNOWN.has(key)) return [];
    return { key, path: [...path, key], instead: correction(key.toLowerCase()) };
  });
}

function correction(key: string): string | undefined {
  if (KNOWN.has(key)) return key;
  const excluded = TYPES.find(type => key.startsWith(`${type}.exclude.`));
  if (excluded !== undefined) return key.replace(`${excluded}.`, `${excluded}${excluded.endsWith('s') ? 'es' : 's'}.`);
  const plural = TYPES.find(type => key.startsWith(`${type}s.`) || key.startsWith(`${type}es.`));
  return plural === undefined ? undefined : key.replace(/^\w+\./, `${plural}.`);
}

function listed(value: string): string[] {
  return value === '' ? [] : value.split(',').map(item => item.trim());
}

/** Reloader puts the text between anchors without a group, so `a|b` matches what starts with a or ends with b. */
function matches(pattern: string, name: string): boolean {
  try {
    return goPattern(`^${pattern}$`)(name);
  } catch (error) {
    // Reloader logs a pattern that does not compile and goes on to the next.
    if (error instanceof PatternError) return false;
    throw error;
  }
}
