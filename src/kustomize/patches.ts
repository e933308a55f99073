import type { ShapeOf } from '../kubernetes/merge-keys.ts';
import { at, clone, type MapNode, type Node, type Span, scalar, text } from '../yaml/node.ts';
import type { Parsed } from '../yaml/parse.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Budget } from './budget.ts';
import { resourcesOf } from './documents.ts';
import { patchOfGap } from './gap-targets.ts';
import { applyJson } from './json-patch-object.ts';
import { conflict } from './patch-conflict.ts';
import { readPatch, refuseLooseJson } from './patch-text.ts';
import { isInline } from './references.ts';
import type { Gap } from './rendered.ts';
import {
  allIdentities,
  apiVersionOf,
  forgetHistory,
  hasHistory,
  type Identity,
  identityOf,
  isNull,
  keyOf,
  label,
  type Resource,
  rememberIdentity,
  restoreField,
  scalarText,
  textAt,
} from './resource.ts';
import { readSelector, selects } from './selector.ts';
import { strategicMerge } from './strategic-merge.ts';
import type { Target } from './target.ts';
import { textMetadata } from './text-metadata.ts';

/** What patches work on: the objects of a build, from which a patch can take some away. */
export interface Patched {
  resources: Resource[];
  readonly targets: ReadonlyMap<string, Target>;
  /** How lists merge where the kustomization says so itself. */
  readonly shapes: ShapeOf | undefined;
  /** Whether objects are missing for a reason that was given, so that a patch without a match is no mistake. */
  readonly incomplete: boolean;
  readonly problems: Problem[];
  readonly gaps: Gap[];
  readonly budget: Budget;
}

/** `patches`: strategic merge or JSON 6902 by its content, inline or in a file, with or without a target. */
export function applyPatch(build: Patched, entry: Node): void {
  const refuse = (message: string, span: Span) => build.problems.push({ code: 'kustomization-refused', message, span });
  const inline = at(entry, 'patch');
  const path = at(entry, 'path');
  if ((scalarText(inline).trim() === '') === (path === undefined)) {
    refuse('a patch has either patch or path', entry.span);
    return;
  }
  const source = path ?? trimmed(inline);
  if (source === undefined) return;
  const asObjects = () => readPatch(build, source, 'kustomize', path !== undefined);
  const merge = path === undefined && STARTS_AS_LIST.test(scalarText(source)) ? undefined : asObjects();
  if (merge?.documents[0]?.kind === 'map') {
    applyMerge(build, entry, source, merge);
    return;
  }
  // kustomize tries operations first, and reads those as kubectl does.
  const parsed = readPatch(build, source, 'kubectl', path !== undefined);
  if (parsed === undefined) return;
  const target = at(entry, 'target');
  const [first] = parsed.documents;
  if (first?.kind === 'seq') {
    build.problems.push(...parsed.problems);
    refuseLooseJson(parsed, source.span, build.problems);
    if (target === undefined) refuse('a JSON patch needs a target', entry.span);
    else if (first.items.length > 0)
      applyToTarget(build, target, first, resource => {
        rememberIdentity(resource);
        applyJson(build, resource, first.items, true);
      });
    return;
  }
  applyMerge(build, entry, source, merge ?? asObjects());
}

/** Kustomize takes the white space around the text away, and with it the line feed at the end of a last block. */
function trimmed(inline: Node | undefined): Node | undefined {
  return inline?.kind === 'scalar' && typeof inline.value === 'string'
    ? { ...inline, value: inline.value.trim() }
    : inline;
}

/** Most JSON patches: what starts so is no object, and need not be read as one. */
const STARTS_AS_LIST = /^- /;

function applyMerge(build: Patched, entry: Node, source: Node, parsed: Parsed | undefined): void {
  const patches = mergePatches(build, parsed);
  const target = at(entry, 'target');
  const options: MergeOptions = {
    allowNameChange: scalar(entry, 'options', 'allowNameChange') === true,
    allowKindChange: scalar(entry, 'options', 'allowKindChange') === true,
  };
  if (target === undefined) {
    // To mark the patch with its options kustomize writes its annotations anew.
    const isMarked = options.allowNameChange || options.allowKindChange;
    for (const patch of patches) {
      if (isMarked) textMetadata(patch.root, ['annotations']);
      mergeIntoMatch(build, patch, options);
    }
    return;
  }
  const [patch, ...more] = patches;
  if (more.length > 0) {
    const message = 'a patch with a target is one document, this one has several';
    build.problems.push({ code: 'kustomization-refused', message, span: source.span });
  }
  if (patch !== undefined) {
    const prepared = textMetadata(patch.root);
    applyToTarget(build, target, patch.root, resource => mergeInto(build, resource, prepared, options));
    reportDuplicates(build, source.span);
  }
}

/** kustomize takes stock of the objects after a merge with a target, and finds those that patches made the same. */
function reportDuplicates({ resources, problems }: Patched, span: Span): void {
  const seen = new Set<string>();
  for (const resource of resources) {
    const key = keyOf(resource);
    if (seen.has(key)) {
      const message = `patches have given two objects the same identity: ${label(resource)}`;
      problems.push({ code: 'kustomization-refused', message, span });
    }
    seen.add(key);
  }
}

/** `patchesStrategicMerge`: paths or inline documents, each of which must match exactly one object. */
export function applyStrategicMerge(build: Patched, entry: Node): void {
  applyEach(build, readPatch(build, entry, 'kustomize', !isInline(entry)));
}

/** The patches of a PatchStrategicMergeTransformer: documents in a text. */
export function applyMergeText(build: Patched, node: Node): void {
  applyEach(build, readPatch(build, node, 'kustomize', false));
}

function applyEach(build: Patched, parsed: Parsed | undefined): void {
  for (const patch of mergePatches(build, parsed)) {
    mergeIntoMatch(build, { ...patch, root: textMetadata(patch.root) }, {});
  }
}

/** `patchesJson6902`: operations inline or in a file, for a target. */
export function applyJson6902(build: Patched, entry: Node): void {
  const path = at(entry, 'path');
  const source = path ?? at(entry, 'patch');
  const target = at(entry, 'target');
  const parsed = source && readPatch(build, source, 'kubectl', path !== undefined);
  const [operations] = parsed?.documents ?? [];
  build.problems.push(...(parsed?.problems ?? []));
  if (source === undefined || target === undefined || text(target, 'name') === undefined) {
    const message = 'an entry of patchesJson6902 has a patch or a path, and a target with a name';
    build.problems.push({ code: 'kustomization-refused', message, span: entry.span });
  } else if (operations?.kind === 'seq') {
    refuseLooseJson(parsed, source.span, build.problems);
    applyToTarget(build, target, operations, resource =>
      applyJson(build, resource, operations.items, hasHistory(resource)),
    );
  } else if (operations !== undefined) {
    build.problems.push({ code: 'kustomization-refused', message: 'a JSON patch is a list', span: operations.span });
  }
}

function mergePatches(build: Patched, parsed: Parsed | undefined): Resource[] {
  if (parsed === undefined) return [];
  build.problems.push(...parsed.problems);
  return resourcesOf(parsed.documents, build.problems);
}

/** Characters of an object that are looked at in the time of a value that is changed. */
const CHARACTERS_OF_STEP = 32;

interface MergeOptions {
  readonly allowNameChange?: boolean;
  readonly allowKindChange?: boolean;
}

/** Without a target the patch names its object by apiVersion, kind, name and namespace, under any earlier name. */
function mergeIntoMatch(build: Patched, patch: Resource, options: MergeOptions): void {
  const wanted = identityOf(patch);
  const apiVersion = apiVersionOf(patch);
  build.budget.spend(build.resources.length, patch.root.span);
  const found = build.resources.filter(
    resource =>
      apiVersionOf(resource) === apiVersion && allIdentities(resource).some(identity => isSame(identity, wanted)),
  );
  const [resource] = found;
  if (resource !== undefined && found.length === 1) {
    mergeInto(build, resource, patch.root, options);
    return;
  }
  if (resource === undefined && build.incomplete) {
    patchOfGap(build.gaps, label(patch), patch.root, patch.root.span);
    return;
  }
  const count = resource === undefined ? 'no object matches' : `${found.length} objects match`;
  const span = at(patch.root, 'metadata', 'name')?.span ?? patch.root.span;
  build.problems.push({ code: 'kustomization-refused', message: `${count} the patch: ${label(patch)}`, span });
}

function isSame(a: Identity, b: Identity): boolean {
  return a.name === b.name && a.kind === b.kind && a.namespace === b.namespace;
}

function applyToTarget(build: Patched, target: Node, content: Node, change: (resource: Resource) => void): void {
  const selector = readSelector(target, build.problems);
  if (selector === undefined) return;
  build.budget.spend(build.resources.length, target.span);
  const selected = build.resources.filter(candidate => selects(selector, candidate));
  for (const resource of selected) change(resource);
  const named = `${text(target, 'kind') ?? 'object'} ${text(target, 'name') ?? ''}`.trim();
  if (selected.length === 0) patchOfGap(build.gaps, named, content, target.span);
}

function mergeInto(build: Patched, resource: Resource, shared: MapNode, options: MergeOptions): void {
  build.budget.spendCopy(shared, shared.span);
  build.budget.spend(stepsThrough(resource.root), shared.span);
  const patch = clone(shared);
  const before = { kind: at(resource.root, 'kind'), name: at(resource.root, 'metadata', 'name') };
  const namespace = at(resource.root, 'metadata', 'namespace');
  const apiVersion = at(resource.root, 'apiVersion');
  if (options.allowNameChange || options.allowKindChange) rememberIdentity(resource);
  // kustomize makes the new object and forgets to take it.
  if (textAt(patch, '$patch') === 'replace') return;
  if (takesAnnotations(patch)) forgetHistory(resource);
  try {
    if (apiVersion !== undefined) restoreField(patch, 'apiVersion', apiVersion);
    const merged = strategicMerge(resource.root, patch, build.budget, build.shapes);
    if (merged === undefined || merged.entries.size === 0) {
      build.resources = build.resources.filter(other => other !== resource);
      return;
    }
    resource.root = merged;
  } catch (error) {
    conflict(build.problems, resource, error);
  }
  if (!options.allowKindChange && before.kind !== undefined) restoreField(resource.root, 'kind', before.kind);
  const metadata = at(resource.root, 'metadata');
  if (metadata?.kind !== 'map') return;
  if (!options.allowNameChange && before.name !== undefined) restoreField(metadata, 'name', before.name);
  if (namespace === undefined) metadata.entries.delete('namespace');
  else restoreField(metadata, 'namespace', namespace);
}

/** Merging looks at each value of an object, most of which it leaves as they are. */
function stepsThrough({ span }: MapNode): number {
  return (span.end - span.start) / CHARACTERS_OF_STEP;
}

/** kustomize keeps what it knows of an object among its annotations, so that a patch that takes all takes this too. */
function takesAnnotations(patch: MapNode): boolean {
  const metadata = at(patch, 'metadata');
  return [metadata, at(metadata, 'annotations')].some(
    node => isNull(node) || /^(?:replace|delete)$/.test(text(node, '$patch') ?? ''),
  );
}
