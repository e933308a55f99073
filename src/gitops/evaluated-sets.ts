import type { ChangedFile, TreeEntry } from '../git/tree.ts';
import { folderOf } from '../kustomize/paths.ts';
import type { Declared, DeclaredApplication } from './applications.ts';
import type { Render } from './declaration.ts';
import { type Evaluation, evaluateSets } from './evaluate-sets.ts';
import { type FactIndex, kustomizationFiles } from './fact-index.ts';
import type { FileFacts } from './facts.ts';
import {
  type BuiltManifests,
  type BuiltOverlay,
  buildOverlay,
  keyOf,
  type Step,
  type Way,
  waysIn,
} from './overlays.ts';
import type { AppliedFolder } from './unit.ts';
import { isOwn, type View } from './view.ts';

/** What ApplicationSets, and kustomizations that change Applications, make of a tree. */
export interface EvaluatedSets {
  /** Of the manifests of a file: by its path, and with a digest behind it as kustomizations make them. */
  readonly parts: ReadonlyMap<string, Evaluation>;
  /** By `keyOf` the kustomization as it is applied. */
  readonly overlays: ReadonlyMap<string, BuiltOverlay>;
  /** What the repository is called. */
  readonly repository: string | undefined;
  /** What came of it; absent where it is to be put together again. */
  readonly made?: Made;
}

interface Made {
  /** How the files that are not simply what they say come into the cluster, as text. */
  readonly plan: string;
  readonly facts: ReadonlyMap<string, FileFacts>;
}

/** What was evaluated of another tree, and how that one differs. */
export interface EarlierSets {
  readonly evaluated: EvaluatedSets;
  readonly files: readonly ChangedFile[];
  /** What the files mean now: the same, other things but the same Applications, or something else. */
  readonly meaning: 'same' | 'same Applications' | 'other';
}

interface Means {
  readonly render: Render;
  readonly earlier: EarlierSets | undefined;
  /** The index of the tree with these facts in the place of its own. */
  readonly indexWith: (facts: ReadonlyMap<string, FileFacts>) => FactIndex;
}

/** What is made on the way: the earlier one where it can be taken. */
interface Making extends Means {
  readonly view: View;
  readonly steps: Map<string, Step>;
  readonly parts: Map<string, Evaluation>;
  readonly overlays: Map<string, BuiltOverlay>;
  /** Whether what was evaluated earlier sees nothing of the change. */
  readonly isUnseen: (part: Evaluation) => boolean;
  /** Known overlays that had to be built all the same, for their documents. */
  readonly rebuilt: Map<string, Promise<BuiltOverlay>>;
}

/** An Application may deploy the kustomization that has the next one, and so on. */
const MAX_ROUNDS = 4;

/**
 * The view with the Applications that come into the cluster: those that sets make of the tree, and all of them as the
 * kustomizations that deploy their files change them. What sees nothing of what differs from an earlier tree is taken
 * from there.
 */
export async function evaluatedView(view: View, means: Means): Promise<{ view: View; evaluated: EvaluatedSets }> {
  const isComparable = means.earlier?.evaluated.repository === view.repository;
  const earlier = isComparable ? means.earlier : undefined;
  const making: Making = {
    ...means,
    earlier,
    view,
    isUnseen: seesNothingOf(earlier?.files ?? [], view),
    steps: new Map(),
    parts: new Map(),
    overlays: new Map(),
    rebuilt: new Map(),
  };
  const same = earlier && untouched(earlier, making);
  if (earlier !== undefined && same !== undefined) return { view: same, evaluated: earlier.evaluated };
  const known = new Map<string, Promise<[string, FileFacts][]>>();
  let current = view;
  let plan = '';
  let facts = new Map<string, FileFacts>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const ways = waysIn(current, making.steps);
    const next = planOf(ways);
    if (next === plan) break;
    plan = next;
    const applied = new Map([...ways.values()].flatMap(way => way.overlays).map(one => [keyOf(one), one]));
    await Promise.all([...applied].map(([key, one]) => build(key, one, making)));
    const made = [...ways].map(([file, way]) => {
      const key = JSON.stringify([file, way]);
      const ofFile = known.get(key) ?? factsOf(file, way, making);
      known.set(key, ofFile);
      return ofFile;
    });
    facts = new Map((await Promise.all(made)).flat());
    current = { ...view, index: means.indexWith(facts) };
    if (applied.size === 0) break;
  }
  const { parts, overlays } = making;
  return { view: current, evaluated: { parts, overlays, repository: view.repository, made: { plan, facts } } };
}

/** The view with what was made earlier, where nothing of that sees anything of the change, as with most of a long history. */
function untouched({ evaluated, files, meaning }: EarlierSets, making: Making): View | undefined {
  const { parts, overlays, made } = evaluated;
  const { view, indexWith, isUnseen, steps } = making;
  if (made === undefined || meaning === 'other') return undefined;
  const isUntouched =
    [...overlays.values()].every(({ manifests, files: read }) => manifests !== undefined && isUnread(files, read)) &&
    [...parts.values()].every(isUnseen);
  if (!isUntouched) return undefined;
  const same = { ...view, index: indexWith(made.facts) };
  return meaning === 'same' || planOf(waysIn(same, steps)) === made.plan ? same : undefined;
}

function planOf(ways: ReadonlyMap<string, Way>): string {
  return JSON.stringify([...ways]);
}

async function build(key: string, one: AppliedFolder, { view, render, earlier, overlays }: Making): Promise<void> {
  if (overlays.has(key)) return;
  const known = earlier?.evaluated.overlays.get(key);
  const isKnown = earlier !== undefined && known?.manifests !== undefined && isUnread(earlier.files, known.files);
  overlays.set(key, isKnown ? known : await buildOverlay(view, one, render));
}

/** The facts of a file as they count; nothing where those that it has do. */
async function factsOf(file: string, way: Way, making: Making): Promise<[string, FileFacts][]> {
  const facts = making.view.index.facts(file);
  if (facts?.kind !== 'applications' || (way.overlays.length === 0 && !facts.dependsOnTree)) return [];
  const declared: DeclaredApplication[] = [];
  const unknownSets = new Set<string>();
  const take = (made: Declared) => {
    for (const name of made.unknownSets) unknownSets.add(name);
    return made.declared;
  };
  // Where one of its kustomizations cannot be built, what the file says is the best that is known of that one.
  const isPlain = way.isPlain || way.overlays.some(one => making.overlays.get(keyOf(one))?.manifests === undefined);
  if (isPlain)
    declared.push(
      ...take(facts.dependsOnTree ? await evaluate(file, undefined, making) : { unknownSets: [], ...facts }),
    );
  for (const applied of way.overlays) {
    const built = making.overlays.get(keyOf(applied))?.manifests?.get(file);
    if (built === undefined) continue;
    const made = take(await evaluate(file, { applied, built }, making));
    const asInFile = built.asInFile ? ({ asInFile: true } as const) : {};
    for (const one of made) {
      const overlay = { ...applied, digest: one.digest ?? '', ...asInFile };
      declared.push({ ...one, application: { ...one.application, overlay } });
    }
  }
  return [[file, { ...facts, declared, unknownSets: [...unknownSets] }]];
}

interface BuiltIn {
  readonly applied: AppliedFolder;
  readonly built: BuiltManifests;
}

async function evaluate(file: string, of: BuiltIn | undefined, making: Making): Promise<Evaluation> {
  const { view, parts, earlier, isUnseen } = making;
  const key = of === undefined ? file : `${file}@${of.built.digest}`;
  const now = parts.get(key);
  if (now !== undefined) return now;
  const known = earlier?.evaluated.parts.get(key);
  const isKnown = known !== undefined && isUnseen(known);
  const own = (repoURL: string) => isOwn(view, repoURL);
  const documents = isKnown || of === undefined ? undefined : await documentsIn(of, file, making);
  const part = isKnown ? known : await evaluateSets(view.tree, file, own, documents);
  parts.set(key, part);
  return part;
}

async function documentsIn({ applied, built }: BuiltIn, file: string, { view, render, rebuilt }: Making) {
  if (built.documents !== undefined) return built.documents;
  const key = keyOf(applied);
  const again = rebuilt.get(key) ?? buildOverlay(view, applied, render);
  rebuilt.set(key, again);
  return (await again).manifests?.get(file)?.documents ?? [];
}

/** Whether a build reads nothing of a change. A kustomization may come to stand beside another one. */
function isUnread(files: readonly ChangedFile[], read: ReadonlySet<string>): boolean {
  return files.every(({ path, before, after }) => {
    if (read.has(path)) return false;
    if (before?.mode === 'symlink' || after?.mode === 'symlink') return false;
    const beside = kustomizationFiles(folderOf(path));
    return !beside.includes(path) || !beside.some(file => read.has(file));
  });
}

/**
 * Sets look at names, and read a few files; many look at the same names. Through a link a file is seen at other paths
 * than its own: where there are links, a file that comes or goes may be seen by every pattern.
 */
function seesNothingOf(files: readonly ChangedFile[], { links }: View): (part: Evaluation) => boolean {
  const moved = files.filter(({ before, after }) => !isFile(before) || !isFile(after));
  const isLinked = links.length > 0 || moved.some(({ before }) => before?.mode === 'symlink');
  const known = new Map<string, boolean>();
  const sees = (pattern: string, reaches: (path: string) => boolean) => {
    const seen = known.get(pattern) ?? moved.some(({ path }) => isLinked || reaches(path));
    known.set(pattern, seen);
    return seen;
  };
  return ({ looked }) =>
    !files.some(({ path }) => looked.files.has(path)) &&
    ![...looked.patterns].some(([pattern, reaches]) => sees(pattern, reaches));
}

function isFile(entry: TreeEntry | undefined): boolean {
  return entry?.mode === 'file' || entry?.mode === 'executable';
}
