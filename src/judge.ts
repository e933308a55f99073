import rules from '../rules/index.ts';
import type { UnitChange } from './change/change.ts';
import { compareSides, type Side, standingUnits } from './change/compare-sides.ts';
import type { Config } from './config/config.ts';
import type { Commit } from './git/parse-object.ts';
import type { Repository } from './git/repository.ts';
import { revertedCommit } from './git/revert.ts';
import type { Answerable, Sides } from './git/sides.ts';
import { type FactCache, openCache } from './gitops/cache.ts';
import { mapRepository, type RepositoryMap } from './gitops/map.ts';
import { SharedBuilds } from './kustomize/shared-builds.ts';
import { askAboutChanges, askAboutStates } from './policy/ask.ts';
import type { Baseline } from './policy/baseline.ts';
import { markedTexts } from './policy/comments.ts';
import { KNOWN, type Policy } from './policy/policy.ts';
import { type Reviewed, review } from './policy/review.ts';
import { account, accountOfTree } from './report/account.ts';
import type { Result } from './report/result.ts';
import { assess } from './risk/assess.ts';
import { evidenceFrom, gatherKnowledge } from './risk/gather.ts';
import { stagingRequiredFrom, tableWith } from './risk/risk-settings.ts';
import { stagingRecords } from './risk/staging-questions.ts';
import type { RiskTable } from './risk/table.ts';
import type { Finding } from './rule/finding.ts';
import type { WholeCommit } from './rule/rule.ts';
import { checkChanges, checkCommit, checkState, settled } from './rule/run.ts';

/** What stays the same while one question is answered. */
export interface Context {
  readonly repository: Repository;
  /** The package's folder, which holds the schemas. */
  readonly home: string;
  readonly config: Config;
  /** With what the configuration says of its rows. */
  readonly table: RiskTable;
  readonly now: Date | undefined;
  readonly baseline: Baseline | undefined;
  readonly team: Policy['team'];
  readonly cache: FactCache | undefined;
  readonly shared: SharedBuilds;
  /** Called as the work goes on, with what there is to do in all. */
  readonly onProgress: ((done: number, of: number, what: string) => void) | undefined;
  /** Sides that are both after one commit and before another. */
  readonly sides: Map<string, Side>;
}

export type Judgement = Omit<Result, 'subject' | 'config' | 'newer' | 'commits'>;

/** Of the answers to one question, or to several about one repository by one policy. */
export function contextOf(
  { config, baseline, team }: Policy,
  {
    repository,
    env,
    home,
    now,
    onProgress,
  }: Pick<Context, 'repository' | 'home' | 'now'> &
    Partial<Pick<Context, 'onProgress'>> & { readonly env: NodeJS.ProcessEnv },
): Context {
  return {
    repository,
    home,
    config,
    table: stagingRequiredFrom(config.staging.required, tableWith(config.risks)),
    now,
    baseline,
    team,
    cache: openCache({ top: repository.top, env }),
    shared: new SharedBuilds(),
    onProgress,
    sides: new Map(),
  };
}

/** When a commit was made. */
export function dateOf(commit: Commit | undefined): Date | undefined {
  return commit && new Date(commit.date);
}

/**
 * What the step from one tree to the other does, how risky that is, and which mistakes it makes. A range is no commit:
 * the mistakes of its commits as such are found where each is judged.
 */
export async function judge(
  sides: Sides,
  context: Context,
  kind: Answerable['kind'],
  allMoves = kind !== 'staged',
): Promise<Judgement> {
  const { repository, home, config, table, now, team } = context;
  const [before, after] = await bothSides(sides, context);
  const changes = await compareSides(before, after, sides.files, progressOf(context, 'units'));
  const reverts = await revertedCommit(repository, sides);
  const revert = reverts !== undefined;
  const { start } = sides;
  const changed = new Set(sides.files.map(file => file.path));
  const both = { changes, before, after, changed };
  const knowledge = await gatherKnowledge({ ...both, config, table, repository, home, start, revert, now, allMoves });
  const found = checkChanges(rules, changes, knowledge);
  const commit = wholeCommit(sides, changes, reverts);
  const said = await askAboutChanges(team, changes);
  const mistakes = [...found, ...said.findings, ...(kind === 'range' ? [] : checkCommit(rules, commit, knowledge))];
  return {
    verdict: assess({ changes, revert, evidence: evidenceFrom(knowledge, changes) }, table),
    units: changes,
    ...(await reviewed(mistakes, changes, sides, context)),
    reverts: reverts?.oid,
    staging: allMoves ? stagingRecords(changes, knowledge.staging) : [],
    ...account(sides.files, changes, after.map.unread, said.undecided),
  };
}

/** The maps and renderers of both sides. In a row of commits each begins with what the one before it ended with. */
async function bothSides(sides: Sides, context: Context): Promise<[before: Side, after: Side]> {
  const before = context.sides.get(sides.before.id) ?? sideOf(await mapOf(sides, context));
  const after = sideOf(await before.map.update(sides.files, sides.after));
  context.sides.clear();
  context.sides.set(sides.after.id, after);
  return [before, after];
}

function sideOf(map: RepositoryMap): Side {
  return { map, renderer: map.renderer };
}

function wholeCommit(
  { commit, message, files }: Sides,
  changes: readonly UnitChange[],
  reverts: Commit | undefined,
): WholeCommit {
  return { oid: commit?.oid, message, files, changes, reverts };
}

/**
 * Every unit of a tree as it stands: no change, so no risk, but every mistake that rules about a state can see.
 *
 * @param elsewhere The number of objects of a unit that another run looks at, by its place; undefined for one to look at.
 */
export async function inspect(
  sides: Sides,
  context: Context,
  elsewhere: (place: number) => number | undefined = () => undefined,
): Promise<Judgement> {
  const map = await mapOf(sides, context);
  const side = sideOf(map);
  const changes = await standingUnits(side, place => elsewhere(place) === undefined, progressOf(context, 'units'));
  const knowledge = await gatherKnowledge({
    changes,
    config: context.config,
    table: context.table,
    before: side,
    after: side,
    repository: context.repository,
    home: context.home,
    start: undefined,
    revert: false,
    changed: undefined,
    now: undefined,
    allMoves: false,
  });
  const states = changes.flatMap(({ unit, after }, place) =>
    after === undefined || elsewhere(place) !== undefined ? [] : [{ unit, rendered: after }],
  );
  const said = await askAboutStates(context.team, states);
  return {
    verdict: { level: 'none', reasons: [], obligations: [], consult: [] },
    units: changes,
    counted: new Map(changes.map(({ unit }, place) => [unit.key, elsewhere(place)])),
    ...(await reviewed([...checkState(rules, states, knowledge), ...said.findings], changes, sides, context)),
    staging: [],
    ...accountOfTree(changes, map.unread, said.undecided),
  };
}

/** The findings that count, and what the team said of the others. */
async function reviewed(
  found: readonly Finding[],
  changes: readonly UnitChange[],
  { before, after }: Sides,
  { config, baseline, now, team }: Context,
): Promise<Reviewed> {
  const texts = before === after ? await markedTexts(after, changes) : undefined;
  const { findings, ...others } = await review(settled(found, config), {
    changes,
    before,
    baseline,
    texts,
    budget: { most: config.allowances.most, tree: after },
    today: now?.toISOString().slice(0, 10),
    ruleIds: [...KNOWN.rules, ...team.map(({ rule }) => rule.id)],
  });
  return { findings: settled(findings, config), ...others };
}

function mapOf({ before }: Sides, context: Context): Promise<RepositoryMap> {
  const { repository, config, cache, shared } = context;
  const onFile = progressOf(context, 'files');
  return mapRepository({ tree: before, config, cache, diff: repository.diff, onFile, shared });
}

function progressOf({ onProgress }: Context, what: string): ((done: number, of: number) => void) | undefined {
  return onProgress && ((done, of) => onProgress(done, of, what));
}
