import { ContentError, type TreeEntry } from '../git/tree.ts';
import { type MapNode, type Node, type Span, startOf, text } from '../yaml/node.ts';
import { parseFile } from '../yaml/parse-file.ts';
import type { Problem } from '../yaml/problem.ts';
import { conform } from './conform.ts';
import { chartFolders, folderDigest } from './helm.ts';
import { KUSTOMIZATION_FIELDS } from './kustomization-fields.ts';
import { resolvePath } from './paths.ts';
import { filesOfPlugins, pluginDocuments } from './plugin-files.ts';
import { KUSTOMIZATION_NAMES, type Named, namesIn } from './references.ts';
import type { Gap } from './rendered.ts';
import { type Contents, type Files, loadTarget, type Target } from './target.ts';

/** One kustomization.yaml with everything that a build needs of the tree, so that the build itself reads nothing. */
export interface Layer {
  readonly folder: string;
  /** The kustomization.yaml itself. */
  readonly file: string;
  /** Its content as kustomize's decoder reads it. */
  readonly root: MapNode;
  readonly component: boolean;
  /** What stands at the paths that it names, by the text as written; missing where there is nothing to use. */
  readonly targets: ReadonlyMap<string, Target>;
  /** Digests of the folders of local charts, by path. */
  readonly charts: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
  readonly gaps: readonly Gap[];
  /** Every file that was read for it. */
  readonly read: readonly string[];
  /** The same for the same folder with the same files: what it takes from the tree, folders that it names aside. */
  readonly content: string;
}

/** A change of a kustomization before it is built, such as Argo CD makes for an Application. */
export interface KustomizationEdit {
  /** The same for the same edit, its places included. */
  readonly key: string;
  /** The kustomization with the edit, as kustomize's decoder would read it. */
  readonly apply: (root: MapNode, problems: Problem[]) => MapNode;
}

/** Why a folder has no layer: to be said at the entry that names the folder. */
export interface NoLayer {
  readonly folder: string;
  readonly reason: string;
}

export function isLayer(loaded: Layer | NoLayer): loaded is Layer {
  return 'root' in loaded;
}

/** Reads the kustomization of a folder and the files that it names. Never throws for any content. */
export async function loadLayer(files: Files, path: string, edit?: KustomizationEdit): Promise<Layer | NoLayer> {
  const { tree } = files;
  const entry = await tree.entry(path);
  const folder = entry?.path ?? path;
  const found: TreeEntry[] = [];
  for (const name of KUSTOMIZATION_NAMES) {
    const candidate = await tree.entry(resolvePath(folder, name) ?? name);
    if (candidate !== undefined && (candidate.mode === 'file' || candidate.mode === 'executable'))
      found.push(candidate);
  }
  const [kustomization] = found;
  if (kustomization === undefined) return { folder, reason: `the folder has no ${KUSTOMIZATION_NAMES.join(' or ')}` };
  const contents: Contents = { ...files, folder, problems: [], gaps: [], read: [], targets: new Map() };
  const written = await readRoot(contents, kustomization, found);
  const root = edit === undefined ? written : edit.apply(written, contents.problems);
  await loadNamed(contents, namesIn(root));
  await loadNamed(contents, filesOfPlugins(pluginDocuments(root, contents.targets)));
  const { problems, gaps, read, targets } = contents;
  const charts = new Map<string, string>();
  for (const chart of chartFolders(root, folder)) charts.set(chart, await folderDigest(tree, chart));
  const component = text(root, 'kind') === 'Component';
  const content = JSON.stringify([
    ...found.map(({ path: file, oid }) => [file, oid]),
    ...[...targets]
      .map(([name, target]) => (target.kind === 'file' ? [name, target.path, target.oid] : [name, target.folder]))
      .sort(),
    ...charts,
    ...gaps.map(({ what, version }) => [what, version ?? '']),
    ...problems.map(({ message }) => message),
    edit?.key ?? '',
  ]);
  return { folder, file: kustomization.path, root, component, targets, charts, problems, gaps, read, content };
}

async function loadNamed(contents: Contents, named: readonly Named[]): Promise<void> {
  // Each path is read once, however often it is named.
  const distinct = new Map(named.toReversed().map(name => [`${name.as} ${name.text}`, name]));
  await Promise.all([...distinct.values()].reverse().map(name => loadTarget(contents, name)));
}

async function readRoot(contents: Contents, entry: TreeEntry, found: readonly TreeEntry[]): Promise<MapNode> {
  const { tree, problems } = contents;
  const empty = (span: Span): MapNode => ({ kind: 'map', entries: new Map(), span });
  let bytes: Buffer;
  try {
    bytes = await tree.read(entry);
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    const span = startOf(entry.path);
    problems.push({ code: error.code, message: error.message, span });
    return empty(span);
  }
  contents.read.push(entry.path);
  const { source, problems: encoding, parsed } = parseFile(entry.path, bytes, 'kubectl');
  const start = { source, start: 0, end: 0 };
  problems.push(...encoding, ...parsed.problems.map(asTakenHere));
  const refuse = (message: string, span: Span) => problems.push({ code: 'kustomization-refused', message, span });
  if (found.length > 1) {
    const names = found.map(other => other.path).join(' and ');
    refuse(`the folder has several kustomizations, ${names}, kustomize wants one`, start);
  }
  const [document, ...more] = parsed.documents;
  if (document?.kind === 'map') {
    if (more[0] !== undefined) {
      const message = 'kustomize reads only the first document of the file, so that this one has no effect';
      problems.push({ code: 'ambiguous-yaml', message, span: more[0].span });
    }
    const root = conform(document, KUSTOMIZATION_FIELDS, problems);
    checkHeader(root, document, problems);
    return root;
  }
  if (document !== undefined) refuse('a kustomization is a mapping', document.span);
  else if (parsed.problems.length === 0) refuse('the kustomization is empty', start);
  return empty(start);
}

/** Two entries with one key are no reason to refuse a kustomization, unlike an object. */
function asTakenHere(problem: Problem): Problem {
  if (problem.code !== 'duplicate-key' || problem.fact === undefined) return problem;
  return { ...problem, message: `${problem.fact}: kustomize takes the last` };
}

/** The rules for `apiVersion` and `kind`, and that something else must be there. */
function checkHeader(root: MapNode, document: Node, problems: Problem[]): void {
  const refuse = (message: string, span: Span) => problems.push({ code: 'kustomization-refused', message, span });
  const apiVersion = root.entries.get('apiVersion')?.value;
  const kind = root.entries.get('kind')?.value;
  const kindName = text(kind) ?? 'Kustomization';
  if (kind !== undefined && kindName !== '' && kindName !== 'Kustomization' && kindName !== 'Component') {
    refuse(`the kind is ${kindName}, kustomize wants Kustomization or Component`, kind.span);
  }
  const wanted = `kustomize.config.k8s.io/${kindName === 'Component' ? 'v1alpha1' : 'v1beta1'}`;
  const version = text(apiVersion);
  if (apiVersion !== undefined && version !== '' && version !== wanted) {
    refuse(`the apiVersion is ${version}, kustomize wants ${wanted} for ${kindName}`, apiVersion.span);
  }
  const fields = [...root.entries.keys()].filter(field => field !== 'apiVersion' && field !== 'kind');
  if (fields.length === 0 && problems.length === 0) refuse('the kustomization is empty', document.span);
}
