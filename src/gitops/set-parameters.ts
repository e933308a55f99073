import { selects } from '../kubernetes/label-selector.ts';
import { parseInline } from '../kustomize/inline.ts';
import { baseName, folderOf } from '../kustomize/paths.ts';
import { at, entries, items, type Json, type MapNode, type Node, scalar, text, toJson } from '../yaml/node.ts';
import type { Params } from './go-template.ts';
import { substitute } from './substitute.ts';
import { normalised } from './template-text.ts';

/** A pattern of a git generator, to be looked up in the tree. */
export interface GitPattern {
  readonly kind: 'directories' | 'files';
  readonly pattern: string;
  readonly repoURL: string;
}

/** What generators may look at; undefined where that is not known, as for every other repository. */
export interface Look {
  /** The paths in the tree that a pattern matches, sorted. */
  readonly find: (pattern: GitPattern) => readonly string[] | undefined;
  /** The first document of a file that `find` has named. */
  readonly read: (path: string) => Node | undefined;
}

/** How the templates of a set are written, and what its generators may look at. */
export interface Setting {
  readonly isGo: boolean;
  readonly look: Look;
}

/** More than any team has, few enough to stay quick: two lists of a matrix multiply. */
export const MAX_GENERATED = 10_000;
/** A matrix in a merge in a matrix. */
const MAX_DEPTH = 4;

/**
 * The parameters that a generator yields, a set for each Application. What asks a cluster, a forge, a plugin or another
 * repository yields one open set, which stands for any number of them. Undefined where Argo CD refuses the generator.
 */
export function parametersOf(generator: Node, setting: Setting, outer?: Params, depth = 0): Params[] | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const filled = outer === undefined ? generator : substitute(generator, outer, setting.isGo);
  const yielded = yieldedBy(filled, setting, depth);
  const selector = at(filled, 'selector');
  if (selector === undefined) return yielded;
  return yielded?.filter(params => params.isOpen || selects(selector, flattened(Object.fromEntries(params.values))));
}

function yieldedBy(generator: Node, setting: Setting, depth: number): Params[] | undefined {
  const list = at(generator, 'list');
  if (list !== undefined) return listParameters(list, setting);
  const git = at(generator, 'git');
  if (git !== undefined) return gitParameters(git, setting);
  const matrix = at(generator, 'matrix');
  if (matrix !== undefined) return matrixParameters(items(at(matrix, 'generators')), setting, depth);
  const merge = at(generator, 'merge');
  if (merge !== undefined) return mergeParameters(merge, setting, depth);
  const [unknown] = [...entries(generator)].filter(([key]) => key !== 'selector');
  return unknown === undefined ? undefined : [open(unknown[1].value, setting)];
}

/** The `values` of a generator are known where nothing else is. */
function open(generator: Node, setting: Setting): Params {
  const values = at(generator, 'values');
  return { values: values?.kind === 'map' ? withValues(new Map(), values, setting) : new Map(), isOpen: true };
}

function listParameters(list: Node, { isGo }: Setting): Params[] {
  const yaml = at(list, 'elementsYaml');
  const more = yaml?.kind === 'scalar' ? items(parseInline(yaml, 'kubectl').documents[0]) : [];
  return [...items(at(list, 'elements')), ...more].map(element => closed(element, isGo));
}

/** Go templates take a value as it is; the others know every leaf by its path. */
function closed(node: Node, isGo: boolean): Params {
  const value = toJson(node);
  return { values: isGo ? new Map(Object.entries(value ?? {})) : flattened(value), isOpen: false };
}

function gitParameters(git: Node, setting: Setting): Params[] {
  const kind = items(at(git, 'directories')).length > 0 ? 'directories' : 'files';
  const repoURL = text(git, 'repoURL') ?? '';
  // Each is asked for before one that is not known yet ends it, so that all of them are looked up at once.
  const listed = items(at(git, kind)).map(item => ({
    found: setting.look.find({ kind, pattern: text(item, 'path') ?? '', repoURL }),
    excludes: scalar(item, 'exclude') === true,
  }));
  const included = new Set<string>();
  const excluded = new Set<string>();
  for (const { found, excludes } of listed) {
    if (found === undefined) return [open(git, setting)];
    for (const path of found) (excludes ? excluded : included).add(path);
  }
  const values = at(git, 'values');
  const prefix = text(git, 'pathParamPrefix') ?? '';
  return [...included]
    .filter(path => !excluded.has(path))
    .sort()
    .flatMap(path =>
      (kind === 'files' ? contentsOf(path, setting) : [new Map<string, Json>()]).map(content => ({ path, content })),
    )
    .map(({ path, content }) => {
      const params = new Map([...content, ...pathParameters(kind, path, prefix, setting.isGo)]);
      return { values: values?.kind === 'map' ? withValues(params, values, setting) : params, isOpen: false };
    });
}

/** A file holds the parameters of one Application, or a list of them. */
function contentsOf(path: string, { look, isGo }: Setting): ReadonlyMap<string, Json>[] {
  const document = look.read(path);
  if (document === undefined) return [];
  return (document.kind === 'seq' ? document.items : [document]).map(item => closed(item, isGo).values);
}

/** What a template knows of a folder, or of a file and its folder (applicationset/generators/git.go). */
function pathParameters(kind: GitPattern['kind'], path: string, prefix: string, isGo: boolean): Map<string, Json> {
  const folder = kind === 'files' ? folderOf(path) || '.' : path;
  const fields = new Map<string, string>([
    ['basename', baseName(folder)],
    ['basenameNormalized', normalised(baseName(folder))],
  ]);
  if (kind === 'files') {
    fields.set('filename', baseName(path));
    fields.set('filenameNormalized', normalised(baseName(path)));
  }
  const segments = folder.split('/');
  if (isGo) {
    const value = { path: folder, ...Object.fromEntries(fields), segments };
    return new Map<string, Json>([prefix === '' ? ['path', value] : [prefix, { path: value }]]);
  }
  const name = prefix === '' ? 'path' : `${prefix}.path`;
  return new Map([
    [name, folder],
    ...[...fields].map(([field, value]) => [`${name}.${field}`, value] as const),
    ...segments.map((segment, index) => [`${name}[${index}]`, segment] as const),
  ]);
}

/** The `values` of a generator, which may name its other parameters. */
function withValues(params: ReadonlyMap<string, Json>, values: MapNode, { isGo }: Setting): Map<string, Json> {
  const filled = toJson(substitute(values, { values: params, isOpen: true }, isGo));
  if (isGo) return new Map([...params, ['values', filled]]);
  return new Map([...params, ...[...flattened(filled)].map(([key, value]) => [`values.${key}`, value] as const)]);
}

/** Each of the first with each of the second, which may name the parameters of the first. */
function matrixParameters(generators: readonly Node[], setting: Setting, depth: number): Params[] | undefined {
  const [first, second, ...more] = generators;
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  const pairs: Params[] = [];
  for (const a of parametersOf(first, setting, undefined, depth + 1) ?? []) {
    for (const b of parametersOf(second, setting, a, depth + 1) ?? []) {
      if (pairs.length >= MAX_GENERATED) return undefined;
      const values = setting.isGo ? merged(b.values, a.values) : new Map([...a.values, ...b.values]);
      pairs.push({ values, isOpen: a.isOpen || b.isOpen });
    }
  }
  return pairs;
}

/**
 * The sets of the first generator, each with what the others say for the same values of the merge keys. An open set may
 * be any of them.
 */
function mergeParameters(merge: Node, setting: Setting, depth: number): Params[] | undefined {
  const keys = items(at(merge, 'mergeKeys')).map(key => text(key) ?? '');
  const [base, ...others] = items(at(merge, 'generators')).map(one => parametersOf(one, setting, undefined, depth + 1));
  if (base === undefined || keys.length === 0) return undefined;
  let sets = base;
  for (const override of others) {
    const byKey = new Map(
      (override ?? []).filter(({ isOpen }) => !isOpen).map(params => [keyOf(params, keys), params]),
    );
    sets = sets.flatMap(params => {
      const joined = (by: Params) => ({ ...params, values: merged(params.values, by.values) });
      if (params.isOpen) return [params, ...[...byKey.values()].map(joined)];
      const own = byKey.get(keyOf(params, keys));
      return [own === undefined ? params : joined(own)];
    });
    if (sets.length > MAX_GENERATED) return undefined;
  }
  return sets;
}

function keyOf({ values }: Params, keys: readonly string[]): string {
  return JSON.stringify(keys.map(key => values.get(key) ?? null));
}

function merged(base: ReadonlyMap<string, Json>, override: ReadonlyMap<string, Json>): Map<string, Json> {
  const result = new Map(base);
  for (const [key, value] of override) {
    const old = result.get(key);
    result.set(key, isMap(old) && isMap(value) ? Object.fromEntries(merged(mapOf(old), mapOf(value))) : value);
  }
  return result;
}

function isMap(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapOf(value: { readonly [key: string]: Json }): Map<string, Json> {
  return new Map(Object.entries(value));
}

function flattened(value: Json, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  if (typeof value !== 'object' || value === null) return flat;
  for (const [key, item] of Object.entries(value)) {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    if (typeof item === 'object' && item !== null) for (const entry of flattened(item, name)) flat.set(...entry);
    else if (item !== null) flat.set(name, String(item));
  }
  return flat;
}
