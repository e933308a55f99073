import { parseInline } from '../kustomize/inline.ts';
import { mergePatch } from '../yaml/merge-patch.ts';
import { at, items, type MapEntry, type MapNode, type Node, scalar, text } from '../yaml/node.ts';
import type { Params } from './go-template.ts';
import { type Look, MAX_GENERATED, parametersOf, type Setting } from './set-parameters.ts';
import { fill, substitute } from './substitute.ts';

/** What a set makes of its generators. */
export interface Instances {
  /** The Applications. */
  readonly manifests: readonly MapNode[];
  /** There are none but these. Sets that cannot be evaluated give none, or some. */
  readonly isWhole: boolean;
}

/**
 * Makes the Applications of a set. Where a generator's parameters are not known (a cluster's, a forge's), the path in the
 * template is taken for a pattern, and each folder in the tree that it matches for an Application.
 */
export function instantiate(set: MapNode, look: Look): Instances {
  const template = at(set, 'spec', 'template');
  if (template?.kind !== 'map') return { manifests: [], isWhole: true };
  const setting: Setting = { isGo: scalar(set, 'spec', 'goTemplate') === true, look };
  const manifests: MapNode[] = [];
  let isWhole = true;
  for (const generator of items(at(set, 'spec', 'generators'))) {
    const own = templateOf(generator);
    const whole = own === undefined ? template : mergePatch(template, own);
    const sets = parametersOf(generator, setting);
    isWhole &&= sets !== undefined;
    for (const params of sets ?? []) {
      if (manifests.length >= MAX_GENERATED) return { manifests, isWhole: false };
      const manifest = whole.kind === 'map' ? manifestOf(set, whole, params, setting) : undefined;
      const made = manifest === undefined || !params.isOpen ? manifest && [manifest] : matching(manifest, look);
      manifests.push(...(made ?? []));
      isWhole &&= made !== undefined;
    }
  }
  return { manifests, isWhole };
}

/** What a generator itself says of the Applications that it makes. */
function templateOf(generator: Node): Node | undefined {
  for (const [, { value }] of generator.kind === 'map' ? generator.entries : []) {
    const template = at(value, 'template');
    if (template?.kind === 'map') return template;
  }
  return undefined;
}

/** The template with the parameters; undefined where what patches it is not known. */
function manifestOf(set: MapNode, template: MapNode, params: Params, { isGo }: Setting): MapNode | undefined {
  const manifest = substitute(template, params, isGo);
  const patch = at(set, 'spec', 'templatePatch');
  if (patch?.kind !== 'scalar' || typeof patch.value !== 'string') return manifest;
  const filled = fill(patch.value, params, isGo);
  if (filled.includes('{{')) return undefined;
  const [document] = parseInline({ ...patch, value: filled }, 'kubectl').documents;
  if (document?.kind !== 'map') return manifest;
  const patched = mergePatch(manifest, withoutProject(document));
  return patched.kind === 'map' ? patched : undefined;
}

/** A patch may not move an Application to another project. */
function withoutProject(patch: MapNode): MapNode {
  const spec = patch.entries.get('spec');
  if (spec?.value.kind !== 'map') return patch;
  const fields = new Map([...spec.value.entries].filter(([key]) => key !== 'project'));
  const value: MapNode = { ...spec.value, entries: fields };
  return { ...patch, entries: new Map([...patch.entries, ['spec', { ...spec, value }]]) };
}

/** A stretch that a parameter would fill. */
const UNKNOWN = /\{\{[^{}]*\}\}/g;

/** What is in the first step of a path, or decides over other text, may stand for anything. */
const TOO_UNKNOWN = /^[^/]*\{\{|\{\{-?\s*(?:if|else|end|range|with)\b/;

/**
 * The manifest for each folder that its path may stand for, with what the folder's name tells of the parameters;
 * undefined where too little of the path is known, or the folders are not in this repository.
 */
function matching(manifest: MapNode, look: Look): MapNode[] | undefined {
  const source = at(manifest, 'spec', 'source');
  const path = text(source, 'path');
  const repoURL = text(source, 'repoURL') ?? '';
  if (path === undefined || repoURL.includes('{{') || TOO_UNKNOWN.test(path)) return undefined;
  const pattern = path.replaceAll(UNKNOWN, '*').replaceAll(/\*+/g, '*').replaceAll(/\/+/g, '/').replace(/\/$/, '');
  const folders = pattern.includes('{{') ? undefined : look.find({ kind: 'directories', pattern, repoURL });
  return folders?.slice(0, MAX_GENERATED).map(folder => {
    const known = captured(path, folder);
    const rest = [...known.values()].join('-') || '*';
    return restated(manifest, value => value.replaceAll(UNKNOWN, unknown => known.get(unknown) ?? unknown), {
      path: folder,
      name: (text(manifest, 'metadata', 'name') ?? '').replaceAll(UNKNOWN, unknown => known.get(unknown) ?? rest),
    });
  });
}

/** What the expressions of a path stand for in the folder, where one fills a segment or a part of it. */
function captured(path: string, folder: string): Map<string, string> {
  const steps = folder.split('/');
  const known = new Map<string, string>();
  for (const [index, segment] of path
    .split('/')
    .filter(step => step !== '')
    .entries()) {
    const [expression, ...more] = segment.match(UNKNOWN) ?? [];
    const step = steps[index];
    if (expression === undefined || more.length > 0 || step === undefined) continue;
    const start = segment.indexOf(expression);
    known.set(expression, step.slice(start, step.length - (segment.length - start - expression.length)));
  }
  return known;
}

/** The manifest with its texts changed, and with this name and path. */
function restated(
  manifest: MapNode,
  change: (value: string) => string,
  { name, path }: { name: string; path: string },
): MapNode {
  const changed = (node: Node, at: string): Node => {
    if (node.kind === 'seq') return { ...node, items: node.items.map(item => changed(item, `${at}[]`)) };
    if (node.kind === 'map') return changedMap(node, at);
    if (at === '.metadata.name') return { ...node, value: name };
    if (at === '.spec.source.path') return { ...node, value: path };
    return typeof node.value === 'string' ? { ...node, value: change(node.value) } : node;
  };
  const changedMap = (node: MapNode, at: string): MapNode => {
    const entries = new Map<string, MapEntry>();
    for (const [key, entry] of node.entries)
      entries.set(key, { ...entry, value: changed(entry.value, `${at}.${key}`) });
    return { ...node, entries };
  };
  return changedMap(manifest, '');
}
