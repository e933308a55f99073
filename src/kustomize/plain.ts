import { ContentError, type Tree, type TreeEntry } from '../git/tree.ts';
import { type KubeObject, objectOf } from '../kubernetes/object.ts';
import { at, items, type Node, startOf, text } from '../yaml/node.ts';
import { parseFile } from '../yaml/parse-file.ts';
import type { Problem } from '../yaml/problem.ts';
import { isTemplated } from '../yaml/template.ts';
import { MAX_OBJECTS } from './budget.ts';
import { compileGlob } from './glob.ts';
import type { Gap, Rendered } from './rendered.ts';

/** `source.directory` of an Argo CD Application. */
export interface DirectoryOptions {
  /** Folders below are read too. */
  readonly recurse: boolean;
  /** Only files whose path from the folder matches. */
  readonly include?: string | undefined;
  /** No files whose path from the folder matches; stronger than `include`. */
  readonly exclude?: string | undefined;
}

/** Argo CD reads these as manifests (reposerver/repository, manifestFile). */
const MANIFEST = /\.(?:ya?ml|json|jsonnet)$/;
/** A file with this in it is none of its manifests (reposerver/repository, skipFileRenderingMarker). */
const SKIP = '+argocd:skip-file-rendering';
/** Files and folders that one application may have. */
const MAX_ENTRIES = 50_000;

interface Collected {
  readonly objects: KubeObject[];
  readonly gaps: Gap[];
  readonly problems: Problem[];
  readonly files: string[];
}

/** The objects of the manifests in a folder; other files are none of Argo CD's concern. */
export async function renderDirectory(tree: Tree, folder: string, options: DirectoryOptions): Promise<Rendered> {
  const collected: Collected = { objects: [], gaps: [], problems: [], files: [] };
  const included = options.include === undefined || options.include === '' ? () => true : compileGlob(options.include);
  const excluded = options.exclude === undefined || options.exclude === '' ? () => false : compileGlob(options.exclude);
  const start = (await tree.entry(folder))?.path ?? folder;
  const entries = await tree.list(start);
  const span = startOf(folder);
  if (entries === undefined) {
    const message = `the tree has no folder ${folder}`;
    return { ...collected, problems: [{ code: 'file-not-in-tree', message, span }] };
  }
  const queue = [...entries];
  for (let next = 0; next < queue.length; next++) {
    const entry = queue[next];
    if (entry === undefined) continue;
    if (next >= MAX_ENTRIES) {
      collected.problems.push({
        code: 'too-many-objects',
        message: `more than ${MAX_ENTRIES} files in ${folder}`,
        span,
      });
      break;
    }
    if (entry.mode === 'directory') {
      if (options.recurse) queue.push(...((await tree.list(entry.path)) ?? []));
      continue;
    }
    const path = start === '' ? entry.path : entry.path.slice(start.length + 1);
    if (MANIFEST.test(entry.path) && included(path) && !excluded(path))
      await readManifest(tree, entry.path, collected, SKIP);
  }
  return sorted(collected);
}

/** The objects of these files, from the repository's root. */
export async function renderManifests(tree: Tree, files: readonly string[]): Promise<Rendered> {
  const collected: Collected = { objects: [], gaps: [], problems: [], files: [] };
  for (const file of files) await readManifest(tree, file, collected);
  return sorted(collected);
}

function sorted(collected: Collected): Rendered {
  return { ...collected, files: [...new Set(collected.files)].sort() };
}

async function readManifest(tree: Tree, path: string, collected: Collected, skip?: string): Promise<void> {
  const entry = await tree.entry(path);
  const start = startOf(path);
  const isFile = entry?.mode === 'file' || entry?.mode === 'executable';
  const bytes = entry !== undefined && isFile ? await read(tree, entry, collected) : undefined;
  if (bytes === undefined) {
    if (!isFile)
      collected.problems.push({ code: 'file-not-in-tree', message: `${path} is not in the tree`, span: start });
    return;
  }
  collected.files.push(path);
  if (skip !== undefined && bytes.includes(skip)) return;
  if (path.endsWith('.jsonnet')) {
    collected.gaps.push({ kind: 'unsupported', what: `the program ${path}`, version: entry?.oid, span: start });
    return;
  }
  const { source, problems, parsed } = parseFile(path, bytes, 'kubectl');
  collected.problems.push(...problems);
  if (isTemplated(source.text)) {
    collected.gaps.push({ kind: 'templated', what: path, version: entry?.oid, span: { source, start: 0, end: 0 } });
    return;
  }
  collected.problems.push(...parsed.problems);
  for (const document of parsed.documents) addDocument(document, collected);
}

async function read(tree: Tree, entry: TreeEntry, { problems }: Collected): Promise<Buffer | undefined> {
  try {
    return await tree.read(entry);
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    const span = startOf(entry.path);
    problems.push({ code: error.code, message: error.message, span });
    return undefined;
  }
}

/** Lists become their items, at any depth; what is no object of Kubernetes (values, a chart's metadata) is left out. */
function addDocument(document: Node, collected: Collected): void {
  const queue: Node[] = [document];
  for (let next = 0; next < queue.length; next++) {
    const node = queue[next];
    if (node?.kind !== 'map') continue;
    if (collected.objects.length >= MAX_OBJECTS) {
      const message = `more than ${MAX_OBJECTS} objects`;
      collected.problems.push({ code: 'too-many-objects', message, span: node.span });
      return;
    }
    const list = at(node, 'items');
    if (text(node, 'kind')?.endsWith('List') && list?.kind === 'seq') {
      queue.push(...items(list));
      continue;
    }
    const object = objectOf(node);
    if (object !== undefined) collected.objects.push(object);
  }
}
