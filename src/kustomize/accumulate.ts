import { posix } from 'node:path';
import { at, items, type MapNode, type Node } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import {
  type Accumulation,
  appendResources,
  copyAccumulation,
  emptyAccumulation,
  isIncomplete,
  refuseSame,
} from './accumulation.ts';
import type { Budget } from './budget.ts';
import { noteFile, noteGenerator, noteTransformer, type Plugin, pluginOf, type Tracking } from './build-metadata.ts';
import { transformBy, validateBy } from './builtin-transformers.ts';
import { configure, type SchemaInForce, takeSchema } from './configure.ts';
import { contentOf, MAX_CHAIN } from './content.ts';
import { resourcesOf } from './documents.ts';
import { spendFolder } from './fan-out.ts';
import { absorb, generate } from './generators.ts';
import { chartsOf, helmGap } from './helm.ts';
import { iamPolicy } from './iam-policy.ts';
import { isLayer, type Layer, type NoLayer } from './layer.ts';
import { isWithin } from './paths.ts';
import { documentsOf } from './plugin-files.ts';
import { type PluginField, pluginsOf } from './plugins.ts';
import { isInline } from './references.ts';
import { keyOf, type Resource, scalarText, textAt } from './resource.ts';
import type { SharedBuilds } from './shared-builds.ts';
import type { Target } from './target.ts';
import { mergeConfigs, NO_CONFIG } from './transformer-config.ts';
import { transform } from './transformers.ts';
import { addVars, bindVars } from './vars.ts';

/** Folders that one build enters, each time counted: a fan-out of components cannot be remembered. */
const MAX_VISITS = 2_000;

/** Everything that was loaded for a build, and what was built of it already. */
export interface Build {
  readonly shared: SharedBuilds;
  readonly layers: ReadonlyMap<string, Layer | NoLayer>;
  /** Marks of what folders are built from, by folder. */
  readonly contents: Map<string, string>;
  readonly budget: Budget;
  /** Undefined where no kustomization has a schema of its own: only then is a folder the same wherever it is built. */
  readonly schema: SchemaInForce | undefined;
  /** Undefined where nobody asks how the objects are made: the paths that would be told are those from the outermost. */
  readonly tracking: Tracking | undefined;
  visits: number;
}

/** What the folder comes to, for the caller to change. Throws `TooLarge`. */
export function accumulateRoot(build: Build, layer: Layer): Accumulation {
  spendFolder(build, layer, build.budget);
  const known = knownBuild(build, layer, []);
  return known === undefined ? accumulateAnew(build, layer, []) : copyAccumulation(known);
}

/** The same for a folder below, where the result is shared: it must not be changed. */
function accumulateFolder(build: Build, layer: Layer, chain: readonly string[]): Accumulation {
  const known = knownBuild(build, layer, chain);
  if (known !== undefined) return known;
  const accumulation = accumulateAnew(build, layer, chain);
  const content = sharedContentOf(build, layer);
  if (!accumulation.cut && content !== undefined) build.shared.keepBuild(content, accumulation);
  return accumulation;
}

/** The objects of a folder before the last steps of a build. `chain` is the folders that lead here, outermost first. */
function accumulateAnew(build: Build, layer: Layer, chain: readonly string[]): Accumulation {
  const accumulation = emptyAccumulation(NO_CONFIG, build.tracking, build.budget);
  const before = build.budget.spent;
  accumulate(build, layer, accumulation, [...chain, layer.folder]);
  accumulation.spent = build.budget.spent - before;
  return accumulation;
}

/** What the folder is built from, where it comes to the same in every build. */
function sharedContentOf(build: Build, layer: Layer): string | undefined {
  return build.schema === undefined && build.tracking === undefined ? contentOf(build, layer) : undefined;
}

function knownBuild(build: Build, layer: Layer, chain: readonly string[]): Accumulation | undefined {
  const content = sharedContentOf(build, layer);
  const known = content === undefined ? undefined : build.shared.build(content);
  if (known === undefined || leadsBack(known.folders, chain)) return undefined;
  build.budget.spend(known.spent, layer.root.span);
  return known;
}

/** kustomize refuses a folder that is, or contains, a folder on the way to it. */
function leadsBack(folders: Iterable<string>, chain: readonly string[]): boolean {
  for (const folder of folders) if (chain.some(visited => isWithin(visited, folder))) return true;
  return false;
}

function accumulate(build: Build, layer: Layer, accumulation: Accumulation, chain: readonly string[]): void {
  const { root } = layer;
  const { problems, gaps } = accumulation;
  build.visits++;
  accumulation.folders.add(layer.folder);
  problems.push(...layer.problems);
  gaps.push(...layer.gaps);
  if (build.schema !== undefined) takeSchema(build.schema, layer, problems);
  const seen = new Map(accumulation.resources.map(resource => [keyOf(resource), resource]));
  for (const entry of [...items(at(root, 'resources')), ...items(at(root, 'bases'))]) {
    addEntry(build, layer, accumulation, entry, chain, seen);
  }
  configure(accumulation, layer);
  generateAll(build, layer, accumulation, chain);
  for (const entry of items(at(root, 'components'))) {
    const component = enter(build, layer, accumulation, entry, chain, true);
    if (component === undefined) continue;
    accumulate(build, component, accumulation, [...chain, component.folder]);
    build.budget.spend(accumulation.resources.length, entry.span);
    refuseSame(accumulation.resources, accumulation.problems);
  }
  accumulation.shapes = build.schema?.shapes;
  transform(accumulation, layer);
  for (const document of pluginDocumentsOf(build, layer, accumulation, 'transformers', chain)) {
    transformBy(accumulation, layer, document);
    noteTransformer(accumulation, pluginOf(document));
  }
  for (const document of pluginDocumentsOf(build, layer, accumulation, 'validators', chain)) {
    validateBy(accumulation, layer, document);
  }
  const vars = items(at(root, 'vars'));
  build.budget.spend(vars.length * accumulation.resources.length, root.span);
  addVars(accumulation, bindVars(vars, accumulation.resources, problems));
}

/** A file of objects, or the folder of another kustomization. */
function addEntry(
  build: Build,
  layer: Layer,
  accumulation: Accumulation,
  entry: Node,
  chain: readonly string[],
  seen: Map<string, Resource>,
): void {
  const target = layer.targets.get(scalarText(entry));
  if (target?.kind === 'file') {
    const read = readResources(build, target, accumulation);
    noteFile(accumulation, read, posix.join(layer.folder, scalarText(entry)));
    appendResources(accumulation, read, seen);
    return;
  }
  const child = target && enter(build, layer, accumulation, entry, chain, false);
  if (child === undefined) return;
  const built = accumulateFolder(build, child, chain);
  const copy = copyAccumulation(built);
  accumulation.cut ||= built.cut;
  accumulation.problems.push(...copy.problems);
  accumulation.gaps.push(...copy.gaps);
  for (const folder of copy.folders) accumulation.folders.add(folder);
  accumulation.config = mergeConfigs(accumulation.config, copy.config, entry.span, accumulation.problems);
  addVars(accumulation, copy.vars);
  appendResources(accumulation, copy.resources, seen);
}

function readResources(build: Build, target: Target & { kind: 'file' }, accumulation: Accumulation): Resource[] {
  const { documents, problems } = build.shared.parse(target);
  accumulation.problems.push(...problems.map(asRefusal));
  return resourcesOf(documents, accumulation.problems);
}

/** kubectl takes the last of two entries with one key; kustomize refuses an object that has them. */
function asRefusal(problem: Problem): Problem {
  return problem.code === 'duplicate-key' ? { ...problem, code: 'kustomization-refused' } : problem;
}

/** The layer of the folder that an entry names, where it may be entered from here. */
function enter(
  build: Build,
  layer: Layer,
  accumulation: Accumulation,
  entry: Node,
  chain: readonly string[],
  asComponent: boolean,
): Layer | undefined {
  const target = layer.targets.get(scalarText(entry));
  if (target?.kind !== 'folder') return undefined;
  const { folder } = target;
  const refuse = (code: Problem['code'], message: string): undefined => {
    accumulation.problems.push({ code, message, span: entry.span });
    return undefined;
  };
  const named = folderName(folder);
  if (leadsBack([folder], chain)) {
    accumulation.cut = true;
    const visited = chain.find(other => isWithin(other, folder)) ?? folder;
    const back = visited === folder ? named : `${named}, which contains ${folderName(visited)}`;
    return refuse('kustomization-refused', `a cycle: this leads back to ${back}`);
  }
  if (chain.length >= MAX_CHAIN || build.visits >= MAX_VISITS) {
    accumulation.cut = true;
    return refuse('graph-too-deep', `the kustomizations go deeper than ${MAX_CHAIN} folders or branch too often`);
  }
  const child = build.layers.get(folder);
  if (child === undefined) {
    accumulation.cut = true;
    return refuse('graph-too-deep', `${named} was not read: the build has too many folders`);
  }
  if (!isLayer(child)) return refuse('file-not-in-tree', `${named}: ${child.reason}`);
  if (child.component === asComponent) return child;
  const message = asComponent
    ? `${named} is no Component, kustomize wants one under components`
    : `${named} is a Component, which belongs under components`;
  return refuse('kustomization-refused', message);
}

function folderName(folder: string): string {
  return folder === '' ? 'the root of the repository' : folder;
}

function generateAll(build: Build, layer: Layer, accumulation: Accumulation, chain: readonly string[]): void {
  const { root, targets } = layer;
  const sources = { targets, problems: accumulation.problems, budget: build.budget };
  const take = (generated: Resource | undefined, by: Plugin) => {
    if (generated === undefined) return;
    noteGenerator(accumulation, generated, by);
    build.budget.spend(accumulation.resources.length, generated.root.span);
    const incomplete = isIncomplete(accumulation);
    accumulation.resources = absorb(accumulation.resources, generated, incomplete, accumulation.problems);
  };
  const options = at(root, 'generatorOptions');
  for (const entry of items(at(root, 'configMapGenerator'))) {
    take(generate(entry, 'ConfigMap', options, sources), { file: layer.file, kind: 'ConfigMapGenerator' });
  }
  for (const entry of items(at(root, 'secretGenerator'))) {
    take(generate(entry, 'Secret', options, sources), { file: layer.file, kind: 'SecretGenerator' });
  }
  for (const chart of chartsOf(root)) accumulation.gaps.push(helmGap(chart, layer));
  for (const document of pluginDocumentsOf(build, layer, accumulation, 'generators', chain)) {
    const by = pluginOf(document);
    const kind = by.kind === 'SecretGenerator' ? 'Secret' : 'ConfigMap';
    const isPolicy = by.kind === 'IAMPolicyGenerator';
    const generated = isPolicy
      ? iamPolicy(document, sources.problems)
      : generate(withName(document), kind, undefined, sources);
    take(generated, by);
  }
}

/** kustomize's own generators take from their metadata what they have no field for, and know no `env`. */
function withName(document: MapNode): MapNode {
  const entries = new Map(document.entries);
  entries.delete('env');
  for (const field of ['name', 'namespace']) {
    const value = at(document, 'metadata', field);
    if (value !== undefined && textAt(document, field) === '') entries.set(field, { key: value.span, value });
  }
  return { ...document, entries };
}

/** The configurations of kustomize's own plugins under a field; all others become gaps. */
function pluginDocumentsOf(
  build: Build,
  layer: Layer,
  accumulation: Accumulation,
  field: PluginField,
  chain: readonly string[],
): readonly MapNode[] {
  const entries = items(at(layer.root, field));
  if (entries.length === 0) return [];
  const { problems, gaps } = accumulation;
  const found = emptyAccumulation(NO_CONFIG, undefined, build.budget);
  const seen = new Map<string, Resource>();
  // Whatever their order, inline documents come before files.
  for (const entry of [...entries.filter(isInline), ...entries.filter(item => !isInline(item))]) {
    const target = layer.targets.get(scalarText(entry));
    if (target?.kind === 'folder') addEntry(build, layer, found, entry, chain, seen);
    else appendResources(found, resourcesOf(documentsOf(entry, layer.targets), found.problems), seen);
  }
  problems.push(...found.problems);
  gaps.push(...found.gaps);
  for (const folder of found.folders) accumulation.folders.add(folder);
  accumulation.cut ||= found.cut;
  const documents = found.resources.map(({ root }) => root);
  const plugins = pluginsOf(documents, field, layer, problems);
  gaps.push(...plugins.gaps);
  return plugins.builtin;
}
