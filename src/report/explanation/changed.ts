import type { Fact } from '../../change/fact.ts';
import { LEVELS, type Level } from '../../risk/verdict.ts';
import { groupsOf } from '../changes.ts';
import { describe } from '../describe.ts';
import { type FileLines, linesOf } from '../place.ts';
import type { Result } from '../result.ts';

/** One change in the operator's words. */
export interface Changed {
  readonly text: string;
  readonly level: Level;
  /** Where the values in force were written; for a removal, where they stood. */
  readonly places: readonly FileLines[];
  /** Of the places. */
  readonly side: Fact['side'];
}

/** What changes in the same units. */
export interface ChangeGroup {
  /** Keys of the units. */
  readonly units: readonly string[];
  readonly changes: readonly Changed[];
}

/** What the commit changes, the riskiest first; what is the same in several units is told once, and what differs apart. */
export function changedOf(result: Result): ChangeGroup[] {
  const levels = levelsOf(result);
  const facts = result.units.flatMap(unit => unit.facts);
  const groups = new Map<string, { units: readonly string[]; changes: Changed[] }>();
  for (const level of LEVELS.toReversed()) {
    const own = facts.filter(fact => (levels.get(fact) ?? 'none') === level);
    for (const { units, tellings } of groupsOf(own)) {
      const key = JSON.stringify(units);
      const group = groups.get(key) ?? { units, changes: [] };
      for (const telling of tellings) {
        group.changes.push({ text: describe(telling), level, places: linesOf(telling.spans), side: telling.fact.side });
      }
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

/** The level that the risk table gives to each fact. */
function levelsOf({ verdict }: Result): Map<Fact, Level> {
  return new Map(verdict.reasons.flatMap(({ facts, level }) => facts.map(fact => [fact, level] as const)));
}
