import type { Config } from '../config/config.ts';
import type { ChangedFile, ContentError, Tree } from '../git/tree.ts';
import type { KubeObject } from '../kubernetes/object.ts';
import type { Gap } from '../kustomize/rendered.ts';
import type { Renderer } from '../kustomize/renderer.ts';
import { SharedBuilds } from '../kustomize/shared-builds.ts';
import type { MapNode } from '../yaml/node.ts';
import { allUnits } from './all-units.ts';
import { argoDocuments } from './applications.ts';
import { rendererOf } from './build-options.ts';
import type { FactCache } from './cache.ts';
import { foldersInEnvironment } from './environments.ts';
import { documentsOf } from './evaluate-sets.ts';
import { type EarlierSets, type EvaluatedSets, evaluatedView } from './evaluated-sets.ts';
import { encodeFacts, type FactIndex, layered, openFacts } from './fact-index.ts';
import type { FileFacts } from './facts.ts';
import { encodeKept, openKept, replacedFacts } from './kept-facts.ts';
import { plainManifests } from './manifests.ts';
import { isAltered, keyOf } from './overlays.ts';
import { countVotes, electedName, recount, repositoryName, type Votes } from './own-repository.ts';
import { unitsReached } from './reach.ts';
import { counterpart, isThere, siblings } from './related-units.ts';
import { scan } from './scan.ts';
import { strayValues } from './stray-values.ts';
import type { Application, ApplicationSource, Environment, Unit } from './unit.ts';
import { applicationUnit } from './units.ts';
import { isUnknownSet, setGap } from './unknown-sets.ts';
import { applicationsIn, isHere, isOwn, linksIn, type View } from './view.ts';

/** What the repository deploys at one side of a commit. */
export interface RepositoryMap {
  readonly tree: Tree;
  /** Renders the folders of the tree. */
  readonly renderer: Renderer;
  /** The units that the file at the path is a part of; the path need not exist. */
  reaching(path: string): Promise<readonly Unit[]>;
  /** The Applications of kustomizations that change what Applications say and that one of the files is a part of. */
  overlaid(paths: readonly string[]): readonly Unit[];
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
  /** Whether what ApplicationSets find at the address is looked up in this tree. */
  isLookedUp(repoURL: string): boolean;
  /** What the repository's own Applications follow: branches, tags, or `HEAD` for the default branch. */
  revisions(): readonly string[];
  /** A gap for each ApplicationSet among the objects of which it is not known what it makes. */
  unknownSets(objects: readonly KubeObject[]): readonly Gap[];
  /** The AppProjects of Argo CD as their files have them, and whether a kustomization may change what that is. */
  projects(): Promise<readonly { readonly manifest: MapNode; readonly isAltered: boolean }[]>;
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
  /** `base` with what changed. */
  readonly index: FactIndex;
  readonly votes: Votes;
  readonly unread: readonly ContentError[];
  readonly shared: SharedBuilds;
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
  /** For the renderers of maps of trees that have most files in common. */
  readonly shared?: SharedBuilds;
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
  const { tree, config, cache, onFile, shared = new SharedBuilds() } = options;
  const { facts, unread, isComplete } = await scan(tree, await tree.files(), onFile);
  const text = encodeFacts(facts);
  const votes = countVotes({ facts: file => facts.get(file) }, facts.keys());
  const base = openFacts(text);
  const made = await mapOf({ tree, config, base, changed: new Map(), index: base, votes, unread, shared });
  if (isComplete) await cache?.write(tree.id, encodeKept({ facts: text, evaluated: made.evaluated, votes }));
  return made.map;
}

async function fromCache(options: MapOptions): Promise<RepositoryMap | undefined> {
  const { tree, config, cache, diff, shared = new SharedBuilds() } = options;
  const kept = await cache?.read(tree.id);
  if (kept === undefined) return undefined;
  const { treeId } = kept;
  // The older tree may be gone from the clone. Nothing is lost: every file is read instead.
  const files = treeId === tree.id ? [] : await diff?.(treeId, tree.id).catch(() => undefined);
  if (files === undefined || files.length > MAX_DRIFT) return undefined;
  const { facts, evaluated: known, votes } = openKept(kept.text);
  const earlier = { evaluated: known, files, meaning: 'other' as const };
  const base = openFacts(facts);
  const basis = { tree, config, base, changed: new Map(), index: base, votes, unread: [], shared, earlier };
  const now = files.length === 0 ? basis : await updated(basis, files, tree);
  const { map, evaluated } = await mapOf(now);
  // To build what changes Applications costs so much that the next run is to be spared it.
  const isCostly = [...evaluated.overlays].some(([key, built]) => built !== known.overlays.get(key));
  if (isCostly && now.unread.length === 0) {
    await cache?.write(tree.id, encodeKept({ facts: replacedFacts(facts, now.changed), evaluated, votes: now.votes }));
  }
  return map;
}

async function updated(basis: Basis, files: readonly ChangedFile[], tree: Tree): Promise<Basis> {
  const { facts, unread } = await scan(
    tree,
    files.flatMap(file => file.after ?? []),
  );
  const paths = files.map(file => file.path);
  const changed = new Map(basis.changed);
  for (const path of paths) changed.set(path, facts.get(path));
  const index = layered(basis.base, changed);
  const votes = recount(basis.votes, basis.index, index, paths);
  const stillUnread = basis.unread.filter(error => !changed.has(error.path));
  return { ...basis, tree, changed, index, votes, unread: [...stillUnread, ...unread] };
}

async function mapOf(basis: Basis): Promise<{ map: RepositoryMap; evaluated: EvaluatedSets }> {
  const renderer = rendererOf(basis.tree, basis.shared);
  const { view, evaluated } = await viewOf(basis, renderer);
  let applications: Unit[] | undefined;
  const map: RepositoryMap = {
    tree: basis.tree,
    renderer,
    unread: basis.unread,
    reaching: async path => distinct(await reaching(view, path)),
    overlaid: paths => {
      const reading = [...evaluated.overlays].filter(([, { files }]) => paths.some(path => files.has(path)));
      const reached = new Set(reading.map(([key]) => key));
      const isReached = ({ overlay }: Application) => overlay !== undefined && reached.has(keyOf(overlay));
      return reached.size === 0 ? [] : applicationUnits(view, isReached);
    },
    units: async () => distinct(await allUnits(view)),
    applications: () => {
      applications ??= distinct(applicationUnits(view));
      return applications;
    },
    counterpart: unit => counterpart(view, unit),
    siblings: (unit, environment) => siblings(view, unit, environment),
    counterpartFiles: (path, environment) => foldersInEnvironment(path, environment, basis.config.environments),
    isHere: source => isHere(view, source),
    isOwn: repoURL => view.repository !== undefined && repositoryName(repoURL) === view.repository,
    isLookedUp: repoURL => isOwn(view, repoURL),
    revisions: () => revisionsIn(view),
    unknownSets: objects => objects.filter(({ root }) => isUnknownSet(view, root)).map(setGap),
    projects: async () => {
      const files = view.index.marked('projects').map(async file => {
        const manifests = argoDocuments((await documentsOf(view.tree, file)) ?? [], 'AppProject');
        return manifests.map(manifest => ({ manifest, isAltered: isAltered(view, file) }));
      });
      return (await Promise.all(files)).flat();
    },
    update: async (files, tree) => {
      const next = await updated(basis, files, tree);
      return (
        await mapOf({ ...next, earlier: { evaluated, files, meaning: meaningOf(files, basis.index, next.index) } })
      ).map;
    },
  };
  return { map, evaluated };
}

async function reaching(view: View, path: string): Promise<Unit[]> {
  const units: Unit[] = [];
  for (const unit of unitsReached(view, path)) {
    const isByPath = unit.kind === 'terraform' || unit.kind === 'versions';
    if (!isByPath || (await isThere(view, unit))) units.push(unit);
  }
  const plain = (await plainManifests(view, path)) ?? (units.length === 0 ? await strayValues(view, path) : undefined);
  return plain === undefined ? units : [...units, plain];
}

/** What files mean that differ between two trees. As text, since what was kept has no undefined fields. */
function meaningOf(files: readonly ChangedFile[], before: FactIndex, after: FactIndex): EarlierSets['meaning'] {
  const differing = files
    .map(({ path }) => [before.facts(path), after.facts(path)] as const)
    .filter(([old, now]) => JSON.stringify(old) !== JSON.stringify(now));
  if (differing.length === 0) return 'same';
  const kinds = differing.flat().map(facts => facts?.kind);
  return kinds.includes('applications') || kinds.includes('link') ? 'other' : 'same Applications';
}

/** The view with the Applications as they come into the cluster. */
function viewOf(
  { tree, config, base, changed, index, votes, earlier }: Basis,
  renderer: Renderer,
): Promise<{ view: View; evaluated: EvaluatedSets }> {
  const view = { tree, config, index, repository: electedName(votes), links: linksIn(index) };
  const indexWith = (facts: ReadonlyMap<string, FileFacts>) =>
    facts.size === 0 ? index : layered(base, new Map([...changed, ...facts]));
  return evaluatedView(view, { render: renderer.kustomization, earlier, indexWith });
}

function applicationUnits(view: View, isMeant: (application: Application) => boolean = () => true): Unit[] {
  const declared = view.index.marked('applications').flatMap(file => applicationsIn(view, file));
  const meant = declared.filter(({ application }) => isMeant(application));
  return meant.map(({ application }) => applicationUnit(view, application));
}

function revisionsIn(view: View): string[] {
  const applications = view.index.marked('applications').flatMap(file => applicationsIn(view, file));
  const sources = applications.flatMap(({ application }) => application.sources);
  const own = sources.filter(source => source.chart === undefined && isOwn(view, source.repoURL));
  return [...new Set(own.map(({ targetRevision }) => targetRevision ?? 'HEAD'))].sort();
}

/**
 * The units sorted by key. The same Application by several kustomizations, as where one Argo CD deploys each, is told
 * once in each environment.
 */
function distinct(units: readonly Unit[]): Unit[] {
  const byKey = [...new Map(units.map(unit => [unit.key, unit])).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const seen = new Set<string>();
  return byKey.filter(unit => {
    const content = contentOf(unit);
    const isNew = !seen.has(content);
    seen.add(content);
    return isNew;
  });
}

/** The digest tells what the manifest says; nothing else of it is the same for each Application of a set. */
function contentOf({ key, application, environment }: Unit): string {
  if (application?.overlay === undefined) return key;
  const { name, file, set, cascades, overlay } = application;
  return JSON.stringify([environment, name, file, set, cascades, overlay.digest]);
}
