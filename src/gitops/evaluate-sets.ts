import { ContentError, type Tree } from '../git/tree.ts';
import { compileGlob, type Glob } from '../kustomize/glob.ts';
import { baseName } from '../kustomize/paths.ts';
import type { Node } from '../yaml/node.ts';
import { parseFile } from '../yaml/parse-file.ts';
import { applicationsOf, type Declared } from './applications.ts';
import type { GitPattern, Look } from './set-parameters.ts';

/** Rounds in which a set names what it looks at: a pattern may name what a file holds. */
const MAX_ROUNDS = 6;

/** What sets looked at: what they make is the same where none of it differs. */
export interface Looked {
  /** The paths that were read, whether something stands there or not. */
  readonly files: Set<string>;
  /** Whether a file that comes or goes may change what a pattern finds, each by a key of its own. */
  readonly patterns: Map<string, Glob>;
}

/** The Applications of the documents of a file, and what their sets looked at. */
export interface Evaluation extends Declared {
  readonly looked: Looked;
}

/**
 * The Applications of a file whose ApplicationSets look into the tree, with those that they make of it.
 *
 * @param built What a kustomization makes of its documents; absent for those of the file itself.
 */
export async function evaluateSets(
  tree: Tree,
  file: string,
  isOwn: (repoURL: string) => boolean,
  built?: readonly Node[],
): Promise<Evaluation> {
  const looked: Looked = { files: new Set(built === undefined ? [file] : []), patterns: new Map() };
  const documents = built ?? (await documentsOf(tree, file)) ?? [];
  const made = await looking(tree, isOwn, look => applicationsOf(documents, file, look, built !== undefined), looked);
  return { ...made, looked };
}

/**
 * What `evaluate` makes of the tree: it is asked again until it has seen everything that it looks at.
 *
 * @param looked Takes what it looked at.
 */
export async function looking<Result>(
  tree: Tree,
  isOwn: (repoURL: string) => boolean,
  evaluate: (look: Look) => Result,
  looked: Looked = { files: new Set(), patterns: new Map() },
): Promise<Result> {
  const found = new Map<string, readonly string[]>();
  const read = new Map<string, Node | undefined>();
  for (let round = 1; ; round++) {
    const patterns = new Map<string, GitPattern>();
    const files = new Set<string>();
    const look: Look = {
      find: pattern => {
        const key = JSON.stringify([pattern.kind, pattern.pattern]);
        if (isOwn(pattern.repoURL) && !found.has(key)) patterns.set(key, pattern);
        return isOwn(pattern.repoURL) ? found.get(key) : undefined;
      },
      read: path => {
        if (!read.has(path)) files.add(path);
        looked.files.add(path);
        return read.get(path);
      },
    };
    const result = evaluate(look);
    if ((patterns.size === 0 && files.size === 0) || round === MAX_ROUNDS) return result;
    for (const [key, pattern] of patterns) {
      looked.patterns.set(key, reachOf(pattern));
      found.set(key, await matching(tree, pattern));
    }
    for (const path of files) read.set(path, (await documentsOf(tree, path))?.[0]);
  }
}

/** The documents of a file; undefined where it is not in the tree or cannot be read. */
export async function documentsOf(tree: Tree, file: string): Promise<readonly Node[] | undefined> {
  const entry = await tree.entry(file);
  if (entry === undefined || entry.mode === 'directory') return undefined;
  try {
    return parseFile(file, await tree.read(entry), 'kubectl').parsed.documents;
  } catch (error) {
    if (error instanceof ContentError) return undefined;
    throw error;
  }
}

/**
 * Folders that match the pattern, segment by segment, hidden ones aside; or files as `git ls-files` finds them, where a
 * star crosses folders as well.
 */
async function matching(tree: Tree, { kind, pattern }: GitPattern): Promise<string[]> {
  const segments = segmentsOf(pattern);
  if (kind === 'files') return filesMatching(tree, segments);
  let folders = [''];
  for (const segment of segments) {
    const next = await Promise.all(folders.map(folder => childFolders(tree, folder, segment)));
    folders = next.flat();
  }
  return folders;
}

/** The paths at which a file that comes or goes may change what the pattern finds. */
export function reachOf({ kind, pattern }: Pick<GitPattern, 'kind' | 'pattern'>): Glob {
  const segments = segmentsOf(pattern);
  if (kind === 'files') return compileGlob(segments.join('/'));
  const globs = segments.map(compileGlob);
  const wild = segments.findIndex(segment => /[*?[\\]/.test(segment));
  const start = segments.slice(0, wild < 0 ? segments.length : wild).join('/');
  return path => {
    if (!path.startsWith(start)) return false;
    const names = path.split('/');
    return names.length > globs.length && globs.every((matches, i) => matches(names[i] ?? ''));
  };
}

function segmentsOf(pattern: string): string[] {
  return pattern.split('/').filter(segment => segment !== '' && segment !== '.');
}

async function childFolders(tree: Tree, folder: string, segment: string): Promise<string[]> {
  const matches = /[*?[\\]/.test(segment) ? compileGlob(segment) : (name: string) => name === segment;
  return ((await tree.list(folder)) ?? [])
    .filter(({ mode, path }) => mode === 'directory' && !baseName(path).startsWith('.') && matches(baseName(path)))
    .map(({ path }) => path);
}

async function filesMatching(tree: Tree, segments: readonly string[]): Promise<string[]> {
  const plain = segments.findIndex(segment => /[*?[]/.test(segment));
  const matches = compileGlob(segments.join('/'));
  const found: string[] = [];
  const queue = [segments.slice(0, plain < 0 ? -1 : plain).join('/')];
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    for (const { mode, path } of (await tree.list(folder)) ?? []) {
      if (mode === 'directory') queue.push(path);
      else if (mode !== 'submodule' && matches(path)) found.push(path);
    }
  }
  return found.sort();
}
