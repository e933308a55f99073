import { ContentError, type Tree, type TreeEntry } from '../git/tree.ts';
import type { Problem } from '../yaml/problem.ts';
import { isWithin, resolvePath } from './paths.ts';
import type { Named } from './references.ts';
import { isRemote, isRemoteFile, remoteOf } from './remote.ts';
import type { Gap } from './rendered.ts';

/** What stands at a path that a kustomization names. */
export type Target =
  | { readonly kind: 'file'; readonly path: string; readonly oid: string; readonly bytes: Buffer }
  | { readonly kind: 'folder'; readonly folder: string };

/** What kustomizations are loaded from. */
export interface Files {
  readonly tree: Tree;
  /**
   * Whether kustomize is started without its rule that files are read in and below the folder of the kustomization
   * alone. Asked only where the answer decides.
   */
  readonly readsAnyFolder: () => Promise<boolean>;
}

/** What is collected while one kustomization is loaded. */
export interface Contents extends Files {
  readonly folder: string;
  readonly targets: Map<string, Target>;
  readonly problems: Problem[];
  readonly gaps: Gap[];
  readonly read: string[];
}

/** Finds what the name stands for and reads it where it is a file; else says why there is nothing. */
export async function loadTarget(contents: Contents, name: Named): Promise<void> {
  const { text, span } = name;
  const problem = (code: Problem['code'], message: string) => void contents.problems.push({ code, message, span });
  const remote = () => void contents.gaps.push({ kind: 'remote-base', ...remoteOf(text), span });
  if (text === '') return problem('kustomization-refused', 'the path is empty');
  if (isRemoteFile(text)) return remote();
  const path = resolvePath(contents.folder, text);
  const entry = path === undefined ? undefined : await contents.tree.entry(path);
  const isFile = entry !== undefined && (entry.mode === 'file' || entry.mode === 'executable');
  // A file of that name wins over the address, an address over a folder of that name.
  if (!isFile && isRemote(text)) return remote();
  if (path === undefined) return problem('path-leaves-repository', `${text} leads out of the repository`);
  if (entry === undefined)
    return problem(
      'file-not-in-tree',
      `${text} is not in the tree${path === text ? '' : ` (there is no ${path || 'such path'})`}`,
    );
  if (entry.mode === 'submodule') {
    contents.gaps.push({ kind: 'remote-base', what: `submodule ${entry.path}`, version: entry.oid, span });
  } else if (isFile) await loadFile(contents, name, entry, problem);
  else if (entry.mode !== 'directory') problem('file-not-in-tree', `${text} is a symbolic link that leads nowhere`);
  else if (name.as === 'file') problem('kustomization-refused', `${text} is a folder, kustomize wants a file here`);
  else contents.targets.set(text, { kind: 'folder', folder: entry.path });
}

async function loadFile(
  contents: Contents,
  { text, as, span }: Named,
  entry: TreeEntry,
  problem: (code: Problem['code'], message: string) => void,
): Promise<void> {
  if (as === 'component') return problem('kustomization-refused', `${text} is a file, kustomize wants a folder here`);
  if (!isWithin(entry.path, contents.folder) && !(await contents.readsAnyFolder())) {
    const folder = contents.folder === '' ? 'the root of the repository' : contents.folder;
    return problem(
      'kustomization-refused',
      `${entry.path} is not in or below ${folder}, where kustomize may read files`,
    );
  }
  try {
    const bytes = await contents.tree.read(entry);
    contents.read.push(entry.path);
    contents.targets.set(text, { kind: 'file', path: entry.path, oid: entry.oid, bytes });
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    contents.problems.push({ code: error.code, message: error.message, span, unread: error.path });
  }
}
