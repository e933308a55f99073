import type { UnitChange } from '../change/change.ts';
import type { StagingHistory, StagingQuestion } from '../gitops/staging.ts';
import { type AssessInput, meet } from './assess.ts';
import { movingOf, stagingQuestion } from './obligations.ts';
import { stagingText } from './staging-text.ts';
import { RISK_TABLE } from './table.generated.ts';
import type { RiskTable } from './table.ts';
import type { StagingRecord } from './verdict.ts';

/** Versions that are looked up beyond what the risk table wants; each costs a search of the history. */
const MOST = 40;

/** Every version that moves in a production unit, for a report of what ran on staging before. */
export function productionMoves(changes: readonly UnitChange[]): StagingQuestion[] {
  const production = changes.filter(({ unit }) => unit.environment === 'production');
  return production
    .flatMap(({ unit, facts }) =>
      // Two pulls of a moving tag need not be of one image.
      facts
        .flatMap(fact => (fact.move === 'floating' ? [] : (movingOf(fact) ?? [])))
        .map(moving => ({ unit, ...moving })),
    )
    .slice(0, MOST);
}

/** The answers for these moves in words, the same for several units once. */
export function stagingRecords(changes: readonly UnitChange[], staging: StagingHistory): StagingRecord[] {
  const records = new Map<string, StagingRecord>();
  for (const { unit, name, version } of productionMoves(changes)) {
    const answer = staging.of(unit.key, name, version);
    const evidence = stagingText(version, answer);
    const known = records.get(evidence);
    const units = [...new Set([...(known?.units ?? []), unit.key])];
    records.set(evidence, { state: answer.state, evidence, units });
  }
  return [...records.values()];
}

/** What the risk table wants to know of the history of staging before it can be asked. */
export function stagingQuestions(
  input: Pick<AssessInput, 'changes' | 'revert'>,
  table: RiskTable = RISK_TABLE,
): StagingQuestion[] {
  const units = new Map(input.changes.map(({ unit }) => [unit.key, unit]));
  return meet(input, table).flatMap(met => {
    const unit = units.get(met.fact.unit);
    const moving = stagingQuestion(met, table);
    return unit === undefined || moving === undefined ? [] : { unit, ...moving };
  });
}
