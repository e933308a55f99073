import type { KubeObject } from '../kubernetes/object.ts';
import { isNamespaced } from '../kubernetes/scope.ts';
import { compileGlob } from '../kustomize/glob.ts';
import { withoutLogin } from '../kustomize/remote.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import { at, entries, items, type MapNode, type Node, text } from '../yaml/node.ts';
import type { Application } from './unit.ts';

/** What a project does not let an Application do. */
export type Refusal =
  | { readonly what: 'source'; readonly repoURL: string }
  /** `allowed` are the namespaces that the project lists, of that cluster or of others. */
  | {
      readonly what: 'namespace';
      readonly namespace: string;
      readonly allowed: readonly string[];
      readonly object?: KubeObject;
    }
  /** The namespace would do, but for the cluster. */
  | { readonly what: 'cluster'; readonly cluster: string; readonly allowed: readonly string[] }
  /** One object of each kind. */
  | { readonly what: 'kinds'; readonly objects: readonly [KubeObject, ...KubeObject[]] };

/**
 * What the project refuses of an Application and of the objects that it applies: each address, namespace and kind once.
 * Nothing where a template leaves the destination open, or where one side names a cluster and the other its address.
 */
export function refusals(application: Application, rendered: Rendered, project: MapNode): Refusal[] {
  const { sources, namespace } = application;
  const found: Refusal[] = sources
    .filter(({ repoURL }) => !repoURL.includes('{{') && !allowsSource(project, repoURL))
    .map(({ repoURL }) => ({ what: 'source', repoURL }));
  const destination = at(rendered.manifest, 'spec', 'destination');
  const [server, name] = [text(destination, 'server'), text(destination, 'name')];
  const isOpen = [server, name, text(destination, 'namespace')].some(part => part?.includes('{{'));
  const listed = items(at(project, 'spec', 'destinations'));
  const allowed = listed.flatMap(item => text(item, 'namespace') ?? []);
  const clusters = [...new Set(listed.flatMap(item => text(item, 'server') ?? text(item, 'name') ?? []))];
  const refuses = (wanted: string) =>
    !isOpen && allowsDestination(project, { server, name, namespace: wanted }) === 'no';
  if (namespace !== '' && refuses(namespace)) {
    const isDenied = allowed.some(pattern => pattern.startsWith('!') && matches(pattern.slice(1), namespace));
    const isCluster = !isDenied && allowed.some(pattern => matches(pattern, namespace));
    if (isCluster) return [...found, { what: 'cluster', cluster: server ?? name ?? '', allowed: clusters }];
    found.push({ what: 'namespace', namespace, allowed });
  }
  const seen = new Set([namespace, '']);
  const kinds = new Map<string, KubeObject>();
  for (const object of rendered.objects) {
    const { id } = object;
    if (!seen.has(id.namespace) && refuses(id.namespace)) {
      found.push({ what: 'namespace', namespace: id.namespace, allowed, object });
    }
    seen.add(id.namespace);
    if (!allowsKind(project, id.group, id.kind)) kinds.set(`${id.group}/${id.kind}`, object);
  }
  const [first, ...others] = kinds.values();
  if (first !== undefined) found.push({ what: 'kinds', objects: [first, ...others] });
  return found;
}

/** What a project takes over of global ones. */
const LENT = ['sourceRepos', 'clusterResourceWhitelist', 'namespaceResourceWhitelist'];

/** Without a destination no Application can be in a project: it is there to lend to others, a global project. */
export function isLender(project: MapNode): boolean {
  return items(at(project, 'spec', 'destinations')).length === 0;
}

/**
 * Argo CD makes the project `default` itself and lets it do everything (server/server.go, `initializeDefaultProject`). A
 * manifest that says nothing of sources and destinations takes nothing of that away.
 */
export function isAsMade(project: MapNode): boolean {
  const spec = at(project, 'spec');
  const says = ['sourceRepos', 'destinations'].some(field => at(spec, field) !== undefined);
  return text(project, 'metadata', 'name') === 'default' && !says;
}

/**
 * A project with what global ones allow. Which takes from which is said by labels in Argo CD's own settings
 * (`globalProjects`), which may be anywhere: here each takes from all, so that what may be allowed is not refused.
 */
export function withLent(project: MapNode, lenders: readonly MapNode[]): MapNode {
  const spec = project.entries.get('spec');
  if (lenders.length === 0 || spec?.value.kind !== 'map') return project;
  const entries = new Map(spec.value.entries);
  for (const field of LENT) {
    const entry = entries.get(field);
    // Without this list everything in namespaces is allowed.
    if (entry === undefined && field === 'namespaceResourceWhitelist') continue;
    const lent = lenders.flatMap(lender => items(at(lender, 'spec', field)));
    const own = entry ?? { key: spec.key, value: { kind: 'seq', items: [], span: spec.value.span } };
    entries.set(field, { ...own, value: { kind: 'seq', items: [...items(own.value), ...lent], span: own.value.span } });
  }
  return {
    ...project,
    entries: new Map([...project.entries, ['spec', { ...spec, value: { ...spec.value, entries } }]]),
  };
}

/** Where an Application wants to go, as far as its manifest says it. */
interface Destination {
  readonly server: string | undefined;
  readonly name: string | undefined;
  readonly namespace: string;
}

const IN_CLUSTER = { server: 'https://kubernetes.default.svc', name: 'in-cluster' };

/**
 * Whether a project lets its Applications go to a destination: some entry allows it and none with an exclamation mark
 * forbids it (AppProject.IsDestinationPermitted). `unknown` where one side names a cluster and the other its address.
 */
function allowsDestination(project: MapNode, destination: Destination): 'yes' | 'no' | 'unknown' {
  let answer: 'yes' | 'no' | 'unknown' = 'no';
  for (const item of items(at(project, 'spec', 'destinations'))) {
    const namespace = text(item, 'namespace') ?? '';
    const cluster = matchesCluster(item, destination);
    if (namespace.startsWith('!')) {
      if (cluster !== 'no' && matches(namespace.slice(1), destination.namespace))
        return cluster === 'yes' ? 'no' : cluster;
      continue;
    }
    if (!matches(namespace, destination.namespace) || answer === 'yes') continue;
    if (cluster !== 'no') answer = cluster;
  }
  return answer;
}

function matchesCluster(item: Node, destination: Destination): 'yes' | 'no' | 'unknown' {
  const [server, name] = [text(item, 'server'), text(item, 'name')];
  const wanted = {
    server: destination.server ?? (destination.name === IN_CLUSTER.name ? IN_CLUSTER.server : undefined),
    name: destination.name ?? (destination.server === IN_CLUSTER.server ? IN_CLUSTER.name : undefined),
  };
  if (server === '*' || name === '*') return 'yes';
  // What is denied by its address or its name is rare, and tells nothing of the others.
  if (server?.startsWith('!') || name?.startsWith('!')) return 'unknown';
  const answers = [server, name].map((pattern, i) => {
    const value = i === 0 ? wanted.server : wanted.name;
    if (pattern === undefined || pattern === '') return undefined;
    return value === undefined ? 'unknown' : matches(pattern, value) ? 'yes' : 'no';
  });
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

/** Whether a project lets its Applications take a source (AppProject.IsSourcePermitted). */
function allowsSource(project: MapNode, repoURL: string): boolean {
  const address = normalised(repoURL);
  const patterns = items(at(project, 'spec', 'sourceRepos')).flatMap(item => text(item) ?? []);
  const denied = patterns.some(
    pattern => pattern.startsWith('!') && matchesPath(normalised(pattern.slice(1)), address),
  );
  return !denied && patterns.some(pattern => pattern === '*' || matchesPath(normalised(pattern), address));
}

/** As Argo CD compares addresses: without `.git`, in lower case, the two forms of ssh as one. No login is known here. */
function normalised(url: string): string {
  return withoutLogin(url)
    .trim()
    .toLowerCase()
    .replace(/^ssh:\/\//, '')
    .replace(/^([^/@]+@)?([^/:]+):(?!\/\/)/, '$1$2/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}

/** Whether a project lets its Applications manage a kind (AppProject.IsGroupKindNamePermitted). */
function allowsKind(project: MapNode, group: string, kind: string): boolean {
  const has = (field: string) =>
    items(at(project, 'spec', field)).some(
      item => matches(text(item, 'group') ?? '', group) && matches(text(item, 'kind') ?? '', kind),
    );
  if (!isNamespaced(group, kind)) return has('clusterResourceWhitelist') && !has('clusterResourceBlacklist');
  const lists = new Map([...entries(at(project, 'spec'))]);
  if (has('namespaceResourceBlacklist')) return false;
  return !lists.has('namespaceResourceWhitelist') || has('namespaceResourceWhitelist');
}

function matches(pattern: string, value: string): boolean {
  return compileGlob(pattern)(value);
}

/** A `*` does not cross a slash, `**` does. */
function matchesPath(pattern: string, value: string): boolean {
  if (pattern.includes('**')) return matches(pattern, value);
  const [patterns, steps] = [pattern.split('/'), value.split('/')];
  return patterns.length === steps.length && patterns.every((step, i) => matches(step, steps[i] ?? ''));
}
