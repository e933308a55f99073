import type { ChangedFile } from '../git/tree.ts';
import { clientFolder } from '../gitops/clients.ts';
import type { RepositoryMap } from '../gitops/map.ts';
import { affectedUnits, type UnitPair } from '../gitops/pairing.ts';
import { NOTHING, renderUnit } from '../gitops/render-unit.ts';
import type { Unit } from '../gitops/unit.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import type { Renderer } from '../kustomize/renderer.ts';
import type { UnitChange } from './change.ts';
import { compareUnit } from './compare.ts';
import { compareTerraform, compareVersions } from './compare-texts.ts';
import type { Fact } from './fact.ts';
import { clientFacts } from './facts-client.ts';
import { withHandovers } from './handover.ts';
import { withMovedHosts } from './moved-hosts.ts';
import { tellOnce } from './tell-once.ts';

/** One side of a commit with what is known of it. */
export interface Side {
  readonly map: RepositoryMap;
  readonly renderer: Renderer;
}

/** Units that are read at a time: while one waits for git, git reads for the next. */
const AT_A_TIME = 16;

/**
 * Every unit that a changed file reaches on either side, and what the commit does to it; sorted by key.
 *
 * @param onUnit Called as it goes on.
 */
export async function compareSides(
  before: Side,
  after: Side,
  files: readonly ChangedFile[],
  onUnit?: (done: number, of: number) => void,
): Promise<readonly UnitChange[]> {
  const pairs = await affectedUnits(before.map, after.map, files);
  const clients = await membership(pairs, before, after);
  const compared: UnitChange[] = [];
  while (compared.length < pairs.length) {
    onUnit?.(compared.length, pairs.length);
    const next = pairs.slice(compared.length, compared.length + AT_A_TIME);
    compared.push(...(await Promise.all(next.map(pair => comparePair(pair, before, after)))));
  }
  const changes = withMovedHosts(withHandovers(compared, pairs)).map(change => {
    const facts = clients.filter(fact => fact.unit === change.unit.key);
    return { ...change, facts: [...facts, ...change.facts] };
  });
  return tellOnce(changes, after.map);
}

async function comparePair(pair: UnitPair, before: Side, after: Side): Promise<UnitChange> {
  const { unit } = pair;
  if (unit.kind === 'terraform') return compareTerraform(unit, before.map.tree, after.map.tree);
  if (unit.kind === 'versions') return compareVersions(unit, before.map.tree, after.map.tree);
  const change = compareUnit(
    unit,
    pair.before && (await renderOn(before, pair.before)),
    pair.after && (await renderOn(after, pair.after)),
  );
  return { ...change, unitBefore: pair.before };
}

/** What a unit applies, with what its ApplicationSets make that is not known. */
async function renderOn({ map, renderer }: Side, unit: Unit): Promise<Rendered> {
  const rendered = await renderUnit(unit, renderer, map.tree);
  const unknown = map.unknownSets(rendered.objects);
  return unknown.length === 0 ? rendered : { ...rendered, gaps: [...rendered.gaps, ...unknown] };
}

/**
 * Every unit of one side as it stands, as if nothing changed.
 *
 * @param isAsked By the place of a unit; one that nobody asks for is not rendered, and empty here.
 * @param onUnit Called as it goes on.
 */
export async function standingUnits(
  side: Side,
  isAsked: (place: number) => boolean = () => true,
  onUnit?: (done: number, of: number) => void,
): Promise<readonly UnitChange[]> {
  const found: UnitChange[] = [];
  const units = await side.map.units();
  for (const unit of units) {
    onUnit?.(found.length, units.length);
    const rendered = isAsked(found.length) ? await renderOn(side, unit) : NOTHING;
    found.push({ unit, before: rendered, after: rendered, changes: [], facts: [] });
  }
  return found;
}

/** The clients that come or go: those whose folder is on one side only. */
async function membership(pairs: readonly UnitPair[], before: Side, after: Side): Promise<Fact[]> {
  const sideUnits = (side: 'before' | 'after') => pairs.flatMap(pair => pair[side] ?? []);
  const candidates = clientFacts(sideUnits('before'), sideUnits('after'));
  const units = new Map<string, Unit>(pairs.map(({ unit }) => [unit.key, unit]));
  const isGone = async (fact: Fact) => {
    const folder = clientFolder(units.get(fact.unit));
    const there = fact.move === 'added' ? before : after;
    return folder === undefined || (await there.map.tree.entry(folder)) === undefined;
  };
  const kept = await Promise.all(candidates.map(async fact => ((await isGone(fact)) ? [fact] : [])));
  return kept.flat();
}
