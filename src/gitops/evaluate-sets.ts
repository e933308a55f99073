import { ContentError, type Tree } from '../git/tree.ts';
import { baseName } from '../kustomize/paths.ts';
import { decode } from '../yaml/decode.ts';
import type { Node } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { type GitPattern, gitPatterns } from './application-sets.ts';
import { applicationsOf, argoDocuments } from './applications.ts';
import type { FileFacts } from './facts.ts';

/** The facts of a file whose ApplicationSets look into the tree, with the Applications that they make of it. */
export async function evaluateSets(
  tree: Tree,
  file: string,
  isOwn: (repoURL: string) => boolean,
): Promise<FileFacts | undefined> {
  const documents = await documentsOf(tree, file);
  if (documents === undefined) return undefined;
  const patterns = argoDocuments(documents, 'ApplicationSet').flatMap(gitPatterns);
  const found = new Map<string, readonly string[]>();
  for (const pattern of patterns) {
    if (isOwn(pattern.repoURL)) found.set(keyOf(pattern), await matching(tree, pattern));
  }
  const declared = applicationsOf(documents, file, pattern => found.get(keyOf(pattern)));
  const hasProjects = argoDocuments(documents, 'AppProject').length > 0;
  return { kind: 'applications', declared, dependsOnTree: true, ...(hasProjects ? { hasProjects } : {}) };
}

function keyOf({ kind, pattern, repoURL }: GitPattern): string {
  return JSON.stringify([kind, pattern, repoURL]);
}

/** The documents of a file; undefined where it is not in the tree or cannot be read. */
export async function documentsOf(tree: Tree, file: string): Promise<readonly Node[] | undefined> {
  const entry = await tree.entry(file);
  if (entry === undefined || entry.mode === 'directory') return undefined;
  try {
    return parse(decode(file, await tree.read(entry)).source, 'kubectl').documents;
  } catch (error) {
    if (error instanceof ContentError) return undefined;
    throw error;
  }
}

/**
 * Folders or files that match the pattern, segment by segment. In a pattern for files `**` stands for folders of any
 * depth; in one for folders it is a `*`. Dot folders never match.
 */
async function matching(tree: Tree, { kind, pattern }: GitPattern): Promise<string[]> {
  const segments = pattern.split('/').filter(segment => segment !== '' && segment !== '.');
  const name = kind === 'files' ? segments.pop() : undefined;
  let folders = [''];
  for (const segment of segments) {
    const isDeep = kind === 'files' && segment === '**';
    const next = await Promise.all(
      folders.map(folder => (isDeep ? foldersIn(tree, folder) : children(tree, folder, segment, 'directory'))),
    );
    folders = next.flat();
  }
  if (name === undefined) return folders;
  return (await Promise.all(folders.map(folder => children(tree, folder, name, 'file')))).flat();
}

/** The folder and every one below it. */
async function foldersIn(tree: Tree, folder: string): Promise<string[]> {
  const inner = await children(tree, folder, '*', 'directory');
  return [folder, ...(await Promise.all(inner.map(child => foldersIn(tree, child)))).flat()];
}

/** The children of a folder that match one segment of a pattern. */
async function children(tree: Tree, folder: string, segment: string, mode: 'directory' | 'file'): Promise<string[]> {
  const entries = (await tree.list(folder)) ?? [];
  return entries
    .filter(entry => (entry.mode === 'directory') === (mode === 'directory') && entry.mode !== 'submodule')
    .filter(entry => mode === 'file' || !baseName(entry.path).startsWith('.'))
    .filter(entry => matchesWildcard(segment, baseName(entry.path)))
    .map(entry => entry.path);
}

/** Shell wildcards `*` and `?`, in time that grows with the product of both lengths at most. */
function matchesWildcard(pattern: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < name.length; ) {
    if (pattern[at] === '*') {
      star = at++;
      resume = index;
    } else if (pattern[at] === '?' || pattern[at] === name[index]) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
