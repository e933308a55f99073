import type { StagingQuestion } from '../gitops/staging.ts';
import { type AssessInput, meet } from './assess.ts';
import { stagingQuestion } from './obligations.ts';
import { RISK_TABLE } from './table.generated.ts';
import type { RiskTable } from './table.ts';

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
