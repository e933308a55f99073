import type { UnitChange } from '../change/change.ts';
import type { Fact } from '../change/fact.ts';
import { type Evidence, type Met, obligationsOf } from './obligations.ts';
import { RISK_TABLE } from './table.generated.ts';
import { type RiskRow, type RiskTable, rowOf } from './table.ts';
import { LEVELS, levelOf, type Reason, type Verdict } from './verdict.ts';

export interface AssessInput {
  readonly changes: readonly UnitChange[];
  /** The commit undoes an earlier one, and nothing else. */
  readonly revert: boolean;
  readonly evidence: Evidence;
}

/** How risky the changes are together: as risky as the worst of them, with each row that applied as a reason. */
export function assess(input: AssessInput, table: RiskTable = RISK_TABLE): Verdict {
  const met = meet(input, table);
  const reasons = reasonsOf(met, table);
  return {
    level: levelOf(reasons),
    reasons,
    obligations: obligationsOf(met, table, input.evidence),
    consult: [...new Set(met.flatMap(({ row }) => row.consult))],
  };
}

/** The row of each fact. */
export function meet(
  { changes, revert }: Pick<AssessInput, 'changes' | 'revert'>,
  table: RiskTable = RISK_TABLE,
): Met[] {
  return changes.flatMap(({ unit: { environment, folders }, facts }) =>
    facts.map(fact => ({ fact, row: rowOf(fact, { environment, folders, revert }, table) ?? UNFORESEEN, environment })),
  );
}

/** What a table of another team leaves out is never low. */
const UNFORESEEN: RiskRow = {
  id: 'unforeseen',
  title: 'change without a row',
  level: 'medium',
  when: { kind: 'unknown' },
  shape: 'not known from here',
  reason: 'The risk table has no row for this change.',
  obligations: [],
  consult: [],
};

/** Worst first; rows of one level in the order of the table, facts in the order in which they came. */
function reasonsOf(met: readonly Met[], table: RiskTable): Reason[] {
  const facts = new Map<RiskRow, Fact[]>();
  for (const { fact, row } of met) facts.set(row, [...(facts.get(row) ?? []), fact]);
  const order = (row: RiskRow) => table.rows.indexOf(row) - LEVELS.indexOf(row.level) * table.rows.length;
  return [...facts]
    .sort(([a], [b]) => order(a) - order(b))
    .map(([row, list]) => ({
      row: row.id,
      level: row.level,
      title: row.title,
      why: row.reason,
      shape: row.shape,
      facts: withoutRepeats(list),
    }));
}

/** An Application is said to come or go by its own manifest and by its unit; once is enough. */
function withoutRepeats(facts: readonly Fact[]): Fact[] {
  const seen = new Set<string>();
  return facts.filter(({ kind, move, subject }) => {
    const key = `${kind} ${move} ${subject}`;
    if (kind !== 'application' || move === 'changed' || !seen.has(key)) {
      seen.add(key);
      return true;
    }
    return false;
  });
}
