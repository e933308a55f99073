import { groupOf } from '../kubernetes/object.ts';
import { cascades } from '../kubernetes/sync.ts';
import { canonicalJson, shortDigest } from '../kustomize/helm.ts';
import { baseName, resolvePath } from '../kustomize/paths.ts';
import { withoutLogin } from '../kustomize/remote.ts';
import { at, entries, items, type MapEntry, type MapNode, type Node, scalar, text, toJson } from '../yaml/node.ts';
import { ARGO_CD_NAMESPACES, alteration } from './altering.ts';
import { instantiate } from './application-sets.ts';
import type { Look } from './set-parameters.ts';
import type { Application, ApplicationSource } from './unit.ts';

/** What an Application reads beside its folders: Helm values, components and patches; of any repository. */
export interface OtherSource {
  readonly repoURL: string;
  /** From that repository's root. */
  readonly path: string;
}

/** An Application as a file declares it, or as an ApplicationSet in it makes it. */
export interface DeclaredApplication {
  readonly application: Application;
  readonly alsoReads: readonly OtherSource[];
  /** Of all that its manifest says; where it is asked for, since it takes as long as to read the rest. */
  readonly digest?: string;
}

/** The Argo CD manifests among the documents of a file, inside `kind: List` as well. */
export function argoDocuments(
  documents: readonly Node[],
  kind: 'Application' | 'ApplicationSet' | 'AppProject',
): MapNode[] {
  return documents.flatMap(document => {
    if (document.kind !== 'map') return [];
    const own = text(document, 'kind');
    if (own?.endsWith('List')) return argoDocuments(items(at(document, 'items')), kind);
    return own === kind && groupOf(text(document, 'apiVersion') ?? '') === 'argoproj.io' ? [document] : [];
  });
}

/** What the documents of a file declare. */
export interface Declared {
  readonly declared: readonly DeclaredApplication[];
  /** The names of the ApplicationSets of which it is not known, or not of all of it, what they make. */
  readonly unknownSets: readonly string[];
}

/**
 * The Applications of a file: the declared ones, and those that its ApplicationSets make of what they look at. A patch
 * or a template (no `repoURL`, or braces left in its name or path) is no Application.
 */
export function applicationsOf(documents: readonly Node[], file: string, look: Look, withDigests = false): Declared {
  const read = (root: MapNode) => {
    const made = readApplication(root, file);
    return made && withDigests ? { ...made, digest: shortDigest(said(root)) } : made;
  };
  const declared = argoDocuments(documents, 'Application').flatMap(root => read(root) ?? []);
  const unknownSets: string[] = [];
  for (const set of argoDocuments(documents, 'ApplicationSet')) {
    const name = text(set, 'metadata', 'name');
    const ofSet = { cascades: cascades(set), set: name };
    const { manifests, isWhole } = instantiate(set, look);
    if (!isWhole || manifests.some(isTemplate)) unknownSets.push(name ?? '');
    for (const root of manifests) {
      const made = read(root);
      if (made === undefined) continue;
      // Whatever the template says, an Application comes into the namespace of its set.
      const { qualifiedName: _, ...application } = made.application;
      declared.push({ ...made, application: { ...application, ...qualified(set, application.name), ...ofSet } });
    }
  }
  return { declared, unknownSets };
}

/** Braces are left in what tells an Application from others. */
function isTemplate(root: MapNode): boolean {
  const paths = sourceNodes(at(root, 'spec')).map(source => text(source, 'path'));
  return [text(root, 'metadata', 'name'), ...paths].some(value => value?.includes('{{'));
}

/** The name with the namespace of the manifest, where Argo CD uses that (pkg/apis/application/v1alpha1, InstanceName). */
function qualified(root: MapNode, name: string): { readonly qualifiedName?: string } {
  const namespace = text(root, 'metadata', 'namespace');
  const isOwn = namespace === undefined || namespace === '' || ARGO_CD_NAMESPACES.includes(namespace);
  return isOwn ? {} : { qualifiedName: `${namespace}_${name}` };
}

/** The Application of a manifest, or of the `template` of a set. */
function readApplication(root: MapNode, file: string): DeclaredApplication | undefined {
  const name = text(root, 'metadata', 'name');
  const spec = at(root, 'spec');
  const sources = sourceNodes(spec);
  if (name === undefined || sources.length === 0 || isTemplate(root)) return undefined;
  const automated = at(spec, 'syncPolicy', 'automated');
  return {
    application: {
      name,
      ...qualified(root, name),
      file,
      project: text(spec, 'project') ?? '',
      cluster: clusterOf(at(spec, 'destination')),
      namespace: literal(text(spec, 'destination', 'namespace')),
      sources: sources.map(readSource),
      automated: automated?.kind === 'map' && scalar(automated, 'enabled') !== false,
      prune: scalar(automated, 'prune') === true,
      selfHeal: scalar(automated, 'selfHeal') === true,
      cascades: cascades(root),
    },
    alsoReads: sources.flatMap(source => [...valueFilesOf(source, sources), ...namedByKustomize(source)]),
  };
}

/** An Application, or the template of its set, and the nodes of its sources. */
export interface Declaration {
  readonly manifest: MapNode;
  readonly sources: readonly MapNode[];
}

/** What a manifest or a set says of Applications, as text: where itself lies, and how it is labelled, aside. */
export function said(root: MapNode): string {
  const parts = [
    at(root, 'metadata', 'name'),
    at(root, 'metadata', 'annotations'),
    at(root, 'metadata', 'finalizers'),
    at(root, 'spec'),
  ];
  return canonicalJson(parts.map(part => (part === undefined ? null : toJson(part))));
}

/** What declares an Application in the documents of its file. */
export function declarationIn(
  documents: readonly Node[],
  { name, set, sources }: Application,
): Declaration | undefined {
  const declared = argoDocuments(documents, set === undefined ? 'Application' : 'ApplicationSet');
  return declared
    .filter(root => text(root, 'metadata', 'name') === (set ?? name))
    .flatMap(root => {
      const manifest = set === undefined ? root : at(root, 'spec', 'template');
      return manifest?.kind === 'map' ? [{ manifest, sources: sourceNodes(at(manifest, 'spec')) }] : [];
    })
    .find(found => found.sources.length === sources.length);
}

/** `source`, `sources` or the hydrator's dry source, in the order in which Argo CD prefers them. */
export function sourceNodes(spec: Node | undefined): MapNode[] {
  const several = items(at(spec, 'sources'));
  const nodes = several.length > 0 ? several : [at(spec, 'sourceHydrator', 'drySource') ?? at(spec, 'source')];
  return nodes.filter(node => node?.kind === 'map').filter(node => text(node, 'repoURL') !== undefined);
}

function readSource(source: MapNode): ApplicationSource {
  const path = text(source, 'path');
  return {
    path: path === undefined ? undefined : (resolvePath('', path) ?? path),
    repoURL: withoutLogin(text(source, 'repoURL') ?? ''),
    targetRevision: scalarText(source, 'targetRevision'),
    chart: text(source, 'chart'),
    directory: directoryOf(source),
    ...alteration(source),
  };
}

/** How plain manifests of a source are chosen. */
export function directoryOf(source: MapNode): ApplicationSource['directory'] {
  const directory = at(source, 'directory');
  return {
    recurse: scalar(directory, 'recurse') === true,
    include: text(directory, 'include') || undefined,
    exclude: text(directory, 'exclude') || undefined,
  };
}

/** Fields of `source.kustomize` that only choose the program that builds. */
const KUSTOMIZE_TOOL_FIELDS = new Set(['version', 'kubeVersion', 'apiVersions']);

/** What `source.kustomize` sets on top of the folder's own kustomization, by field. */
export function kustomizeOverrides(source: MapNode): [string, MapEntry][] {
  return [...entries(at(source, 'kustomize'))].filter(
    ([key, { value }]) => !KUSTOMIZE_TOOL_FIELDS.has(key) && !(value.kind === 'seq' && value.items.length === 0),
  );
}

/** `helm.valueFiles` are relative to the chart, from the root, or in another source as `$name/path`. */
export function valueFilesOf(source: MapNode, sources: readonly MapNode[]): OtherSource[] {
  const names = [
    ...items(at(source, 'helm', 'valueFiles')).map(item => text(item)),
    ...items(at(source, 'helm', 'fileParameters')).map(item => text(item, 'path')),
  ];
  return names.flatMap(name => {
    if (name === undefined || name.includes('://') || name.includes('{{')) return [];
    const [, reference, inReferenced] = /^\$([^/]+)\/(.*)$/s.exec(name) ?? [];
    const from = reference === undefined ? source : sources.find(other => text(other, 'ref') === reference);
    const folder = reference === undefined && !name.startsWith('/') ? text(source, 'path') : '';
    const repoURL = text(from, 'repoURL');
    const path = folder === undefined ? undefined : resolvePath(folder, inReferenced ?? name.replace(/^\/+/, ''));
    return repoURL === undefined || path === undefined ? [] : [{ repoURL: withoutLogin(repoURL), path }];
  });
}

/** The files of values that a set names with a parameter, as globs in which that is a `*`; the name itself is known. */
export function valuePatternsOf(set: MapNode): string[] {
  const sources = sourceNodes(at(set, 'spec', 'template', 'spec'));
  return sources.flatMap(source =>
    items(at(source, 'helm', 'valueFiles')).flatMap(item => {
      const name = text(item) ?? '';
      if (!name.includes('{{') || name.includes('://')) return [];
      const isRelative = !/^[$/]/.test(name);
      const whole = isRelative ? `${text(source, 'path') ?? ''}/${name}` : name.replace(/^\$[^/]*\/|^\/+/, '');
      const path = resolvePath('', whole.replace(/\{\{[^{}]*\}\}/g, '*'));
      return path === undefined || baseName(path).includes('*') ? [] : [path];
    }),
  );
}

/** The components and the files of patches of `source.kustomize`, relative to the folder. */
function namedByKustomize(source: MapNode): OtherSource[] {
  const kustomize = at(source, 'kustomize');
  const folder = text(source, 'path');
  const names = [...items(at(kustomize, 'components')), ...items(at(kustomize, 'patches'))];
  return names.flatMap(item => {
    const name = text(item) ?? text(item, 'path');
    const path = name === undefined || folder === undefined ? undefined : resolvePath(folder, name);
    return path === undefined ? [] : [{ repoURL: withoutLogin(text(source, 'repoURL') ?? ''), path }];
  });
}

/** The cluster that Argo CD runs in has an address and a name. */
function clusterOf(destination: Node | undefined): string {
  const cluster = literal(text(destination, 'server') ?? text(destination, 'name'));
  return cluster === 'https://kubernetes.default.svc' ? 'in-cluster' : cluster;
}

/** Nothing where a template's parameter is not known. */
function literal(value: string | undefined): string {
  return value === undefined || value.includes('{{') ? '' : value;
}

function scalarText(node: Node, key: string): string | undefined {
  const value = scalar(node, key);
  return value === undefined || value === null || value === '' ? undefined : String(value);
}
