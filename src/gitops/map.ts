import type { Config } from '../config/config.ts';
import type { ChangedFile, ContentError, Tree } from '../git/tree.ts';
import type { MapNode } from '../yaml/node.ts';
import { allUnits } from './all-units.ts';
import { argoDocuments } from './applications.ts';
import type { FactCache } from './cache.ts';
import { foldersInEnvironment } from './environments.ts';
import { documentsOf } from './evaluate-sets.ts';
import { type EarlierSets, type EvaluatedSets, evaluatedSets } from './evaluated-sets.ts';
import { encodeFacts, encodeVotes, type FactIndex, layered, openFacts, openVotes } from './fact-index.ts';
import type { FileFacts } from './facts.ts';
import { plainManifests } from './manifests.ts';
import { countVotes, electedName, recount, repositoryName, type Votes } from './own-repository.ts';
import { unitsReached } from './reach.ts';
import { counterpart, isThere, siblings } from './related-units.ts';
import { scan } from './scan.ts';
import type { ApplicationSource, Environment, Unit } from './unit.ts';
import { applicationUnit } from './units.ts';
import { applicationsIn, isHere, isOwn, linksIn, type View } from './view.ts';

/** What the repository deploys at one side of a commit. */
export interface RepositoryMap {
  readonly tree: Tree;
  /** The units that the file at the path is a part of; the path need not exist. */
  reaching(path: string): Promise<readonly Unit[]>;
  /** Every unit, sorted by key. Reads the files that nothing names. */
  units(): Promise<readonly Unit[]>;
  /** The units of the Applications, sorted by key. Reads nothing. */
  applications(): readonly Unit[];
  /** What a unit of another tree is in this one, by its key, its Application's name or its folder. */
  counterpart(unit: Unit): Promise<Unit | undefined>;
  /** The units that are this one in another environment: by folder, by name, or by client and application. */
  siblings(unit: Unit, environment: Environment): readonly Unit[];
  /** What a path is called in another environment; the files need not exist. */
  counterpartFiles(path: string, environment: Environment): readonly string[];
  /** Whether the source of an Application is a folder of this repository. */
  isHere(source: ApplicationSource): boolean;
  /** Whether the address is known to be that of this repository. */
  isOwn(repoURL: string): boolean;
  /** What the repository's own Applications follow: branches, tags, or `HEAD` for the default branch. */
  revisions(): readonly string[];
  /** The AppProjects of Argo CD as their files have them. */
  projects(): Promise<readonly MapNode[]>;
  /** The map of another tree that differs from this map's tree in exactly these files. Costs what they cost. */
  update(files: readonly ChangedFile[], tree: Tree): Promise<RepositoryMap>;
  /** Kustomizations that could not be read, so that what they include is not known. */
  readonly unread: readonly ContentError[];
}

/** What a map is made from, and what the map of another tree can be made from. */
interface Basis {
  readonly tree: Tree;
  readonly config: Config;
  /** The facts of a tree that was read as a whole. */
  readonly base: FactIndex;
  /** The files whose facts are others than in `base`. */
  readonly changed: ReadonlyMap<string, FileFacts | undefined>;
  readonly votes: Votes;
  readonly unread: readonly ContentError[];
  readonly earlier?: EarlierSets;
}

export interface MapOptions {
  readonly tree: Tree;
  readonly config: Config;
  readonly cache?: FactCache | undefined;
  /** What differs between two trees by id; fails where the older one is no longer in the clone. */
  readonly diff?: ((before: string, after: string) => Promise<readonly ChangedFile[]>) | undefined;
  /** Called as files are read where all of them have to be. */
  readonly onFile?: ((done: number, of: number) => void) | undefined;
}

/** More changed files than this since the kept facts, and the facts are kept anew. */
const MAX_DRIFT = 500;

/**
 * The map of a tree: from kept facts of the tree or of an earlier one and what differs since, or else by reading every
 * file. Throws what the tree throws, `ContentError` aside.
 */
export async function mapRepository(options: MapOptions): Promise<RepositoryMap> {
  const kept = await fromCache(options);
  if (kept !== undefined) return kept;
  const { tree, config, cache, onFile } = options;
  const { facts, unread, isComplete } = await scan(tree, await tree.files(), onFile);
  const text = encodeFacts(facts);
  const base = openFacts(text);
  const votes = countVotes({ facts: file => facts.get(file) }, facts.keys());
  if (isComplete) await cache?.write(tree.id, text + encodeVotes(votes));
  return mapOf({ tree, config, base, changed: new Map(), votes, unread });
}

async function fromCache({ tree, config, cache, diff }: MapOptions): Promise<RepositoryMap | undefined> {
  const kept = await cache?.read(tree.id);
  if (kept === undefined) return undefined;
  const { text, treeId } = kept;
  const basis: Basis = { tree, config, base: openFacts(text), changed: new Map(), votes: openVotes(text), unread: [] };
  if (treeId === tree.id) return mapOf(basis);
  // The older tree may be gone from the clone. Nothing is lost: every file is read instead.
  const files = await diff?.(treeId, tree.id).catch(() => undefined);
  return files === undefined || files.length > MAX_DRIFT ? undefined : mapOf(await updated(basis, files, tree));
}

async function updated(basis: Basis, files: readonly ChangedFile[], tree: Tree): Promise<Basis> {
  const { facts, unread } = await scan(
    tree,
    files.flatMap(file => file.after ?? []),
  );
  const paths = files.map(file => file.path);
  const changed = new Map(basis.changed);
  for (const path of paths) changed.set(path, facts.get(path));
  const votes = recount(basis.votes, layered(basis.base, basis.changed), layered(basis.base, changed), paths);
  const stillUnread = basis.unread.filter(error => !changed.has(error.path));
  return { ...basis, tree, changed, votes, unread: [...stillUnread, ...unread] };
}

async function mapOf(basis: Basis): Promise<RepositoryMap> {
  const { view, evaluated } = await viewOf(basis);
  return {
    tree: basis.tree,
    unread: basis.unread,
    reaching: path => reaching(view, path),
    units: async () => sorted(await allUnits(view)),
    applications: () => applicationUnits(view),
    counterpart: unit => counterpart(view, unit),
    siblings: (unit, environment) => siblings(view, unit, environment),
    counterpartFiles: (path, environment) => foldersInEnvironment(path, environment, basis.config.environments),
    isHere: source => isHere(view, source),
    isOwn: repoURL => view.repository !== undefined && repositoryName(repoURL) === view.repository,
    revisions: () => revisionsIn(view),
    projects: async () => {
      const files = view.index.marked('projects').map(file => documentsOf(view.tree, file));
      return (await Promise.all(files)).flatMap(documents => argoDocuments(documents ?? [], 'AppProject'));
    },
    update: async (files, tree) => mapOf({ ...(await updated(basis, files, tree)), earlier: { evaluated, files } }),
  };
}

async function reaching(view: View, path: string): Promise<Unit[]> {
  const units: Unit[] = [];
  for (const unit of unitsReached(view, path)) {
    const isByPath = unit.kind === 'terraform' || unit.kind === 'versions';
    if (!isByPath || (await isThere(view, unit))) units.push(unit);
  }
  const plain = await plainManifests(view, path);
  return sorted(plain === undefined ? units : [...units, plain]);
}

/** The index with the Applications that ApplicationSets make of this tree. */
async function viewOf({
  tree,
  config,
  base,
  changed,
  votes,
  earlier,
}: Basis): Promise<{ view: View; evaluated: EvaluatedSets }> {
  const index = layered(base, changed);
  const repository = electedName(votes);
  const view = { tree, config, index, repository, links: linksIn(index) };
  const files = index.marked('set');
  const evaluated = await evaluatedSets(view, files, earlier);
  const facts = [...evaluated.sets].map(([file, set]) => [file, set.facts] as const);
  const all = files.length === 0 ? index : layered(base, new Map([...changed, ...facts]));
  return { view: { ...view, index: all }, evaluated };
}

function applicationUnits(view: View): Unit[] {
  const declared = view.index.files('', 'applications').flatMap(file => applicationsIn(view, file));
  return sorted(declared.map(({ application }) => applicationUnit(view, application)));
}

function revisionsIn(view: View): string[] {
  const applications = view.index.files('', 'applications').flatMap(file => applicationsIn(view, file));
  const sources = applications.flatMap(({ application }) => application.sources);
  const own = sources.filter(source => source.chart === undefined && isOwn(view, source.repoURL));
  return [...new Set(own.map(({ targetRevision }) => targetRevision ?? 'HEAD'))].sort();
}

function sorted(units: readonly Unit[]): Unit[] {
  const byKey = new Map(units.map(unit => [unit.key, unit]));
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
