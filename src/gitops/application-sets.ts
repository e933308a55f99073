import { baseName, folderOf } from '../kustomize/paths.ts';
import { at, entries, items, type MapEntry, type MapNode, type Node, scalar, text } from '../yaml/node.ts';

/** A pattern of a git generator, to be looked up in the tree. */
export interface GitPattern {
  readonly kind: 'directories' | 'files';
  readonly pattern: string;
  readonly repoURL: string;
}

/** The paths in the tree that a pattern matches; undefined where that is not known. */
export type Find = (pattern: GitPattern) => readonly string[] | undefined;

type Params = ReadonlyMap<string, string>;

/** More than any team has, few enough to stay quick: two lists of a matrix multiply. */
const MAX_GENERATED = 10_000;

/** The patterns of git generators in a set, wherever they are nested. */
export function gitPatterns(set: MapNode): GitPattern[] {
  return generatorsIn(at(set, 'spec', 'generators')).flatMap(generator => {
    const git = at(generator, 'git');
    return git === undefined ? [] : [...patternsOf(git, 'directories'), ...patternsOf(git, 'files')];
  });
}

function generatorsIn(list: Node | undefined): Node[] {
  return items(list).flatMap(generator => [
    generator,
    ...generatorsIn(at(generator, 'matrix', 'generators')),
    ...generatorsIn(at(generator, 'merge', 'generators')),
  ]);
}

function patternsOf(git: Node, kind: GitPattern['kind']): GitPattern[] {
  return items(at(git, kind)).flatMap(item => patternOf(git, kind, item) ?? []);
}

function patternOf(git: Node, kind: GitPattern['kind'], item: Node): GitPattern | undefined {
  const pattern = text(item, 'path');
  return pattern === undefined || pattern.includes('{{')
    ? undefined
    : { kind, pattern, repoURL: text(git, 'repoURL') ?? '' };
}

/**
 * The templates of a set with the parameters of its generators put in. Generators that ask a cluster, a forge or a
 * plugin give none: what they make is not known from the repository.
 */
export function instantiate(set: MapNode, find: Find): MapNode[] {
  const template = at(set, 'spec', 'template');
  if (template?.kind !== 'map' || at(set, 'spec', 'templatePatch') !== undefined) return [];
  return items(at(set, 'spec', 'generators'))
    .flatMap(generator => parameters(generator, find) ?? [])
    .slice(0, MAX_GENERATED)
    .map(params => substituteMap(template, params));
}

/** The parameter sets that a generator yields; undefined where the repository does not tell. */
function parameters(generator: Node, find: Find): readonly Params[] | undefined {
  if (at(generator, 'selector') !== undefined) return undefined;
  const git = at(generator, 'git');
  if (git !== undefined) return at(git, 'template') === undefined ? gitParameters(git, find) : undefined;
  const list = at(generator, 'list');
  if (list !== undefined) {
    const known = at(list, 'elementsYaml') === undefined && at(list, 'template') === undefined;
    return known ? items(at(list, 'elements')).map(element => flatten(element)) : undefined;
  }
  const [first, second, ...more] = items(at(generator, 'matrix', 'generators'));
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  const [left, right] = [parameters(first, find), parameters(second, find)];
  if (left === undefined || right === undefined || left.length * right.length > MAX_GENERATED) return undefined;
  return left.flatMap(a => right.map(b => new Map([...a, ...b])));
}

function gitParameters(git: Node, find: Find): Params[] | undefined {
  if (text(git, 'pathParamPrefix') !== undefined) return undefined;
  const found = new Map<string, Params>();
  const excluded = new Set<string>();
  for (const kind of ['directories', 'files'] as const) {
    for (const item of items(at(git, kind))) {
      const pattern = patternOf(git, kind, item);
      const paths = pattern === undefined ? undefined : find(pattern);
      if (paths === undefined) return undefined;
      const exclude = scalar(item, 'exclude') === true;
      for (const path of paths) {
        if (exclude) excluded.add(path);
        else found.set(path, pathParameters(kind, path));
      }
    }
  }
  const values = flatten(at(git, 'values'), 'values.');
  return [...found]
    .filter(([path]) => !excluded.has(path))
    .map(
      ([, params]) => new Map([...params, ...[...values].map(([key, value]) => [key, fill(value, params)] as const)]),
    );
}

/** The names under which both template languages of Argo CD know a path. */
function pathParameters(kind: GitPattern['kind'], path: string): Params {
  const folder = kind === 'files' ? folderOf(path) : path;
  const params = new Map([
    ['path', folder],
    ['path.path', folder],
    ['path.basename', baseName(folder)],
    ['path.basenameNormalized', normalised(baseName(folder))],
  ]);
  if (kind === 'files') {
    params.set('path.filename', baseName(path));
    params.set('path.filenameNormalized', normalised(baseName(path)));
  }
  for (const [index, segment] of folder.split('/').entries()) {
    params.set(`path[${index}]`, segment);
    params.set(`path.segments ${index}`, segment);
  }
  return params;
}

/** As Argo CD's SanitizeName does: what a Kubernetes name may hold. */
function normalised(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^-a-z0-9.]/g, '-')
    .slice(0, 253)
    .replaceAll(/^[-.]+|[-.]+$/g, '');
}

function flatten(node: Node | undefined, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, { value }] of entries(node)) {
    if (value.kind === 'map') for (const entry of flatten(value, `${prefix}${key}.`)) flat.set(...entry);
    else if (value.kind === 'scalar' && value.value !== null) flat.set(prefix + key, String(value.value));
  }
  return flat;
}

/** `{{name}}` and `{{.name}}`, with `index .path.segments 1`; anything else stays as it is written. */
function fill(template: string, params: Params): string {
  return template.replaceAll(/\{\{-?\s*(?:index\s+)?\.?([^{}\s|]+(?: \d+)?)\s*-?\}\}/g, (whole, key: string) => {
    return params.get(key) ?? whole;
  });
}

function substituteMap(map: MapNode, params: Params): MapNode {
  const filled = new Map<string, MapEntry>();
  for (const [key, entry] of map.entries) filled.set(key, { key: entry.key, value: substitute(entry.value, params) });
  return { kind: 'map', entries: filled, span: map.span };
}

function substitute(node: Node, params: Params): Node {
  if (node.kind === 'map') return substituteMap(node, params);
  if (node.kind === 'seq')
    return { kind: 'seq', items: node.items.map(item => substitute(item, params)), span: node.span };
  if (typeof node.value !== 'string' || !node.value.includes('{{')) return node;
  return { kind: 'scalar', value: fill(node.value, params), span: node.span };
}
