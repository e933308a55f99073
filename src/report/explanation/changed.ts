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

interface Told {
  readonly units: readonly string[];
  readonly change: Changed;
}

/** What the commit changes, the riskiest first; what is the same in several units is told once, and what differs apart. */
export function changedOf(result: Result): ChangeGroup[] {
  const levels = levelsOf(result);
  const facts = result.units.flatMap(unit => unit.facts);
  const toldAt = (level: Level): Told[] => {
    const own = facts.filter(fact => (levels.get(fact) ?? 'none') === level);
    return groupsOf(own).flatMap(({ units, tellings }) =>
      tellings.map(telling => {
        const { spans, fact } = telling;
        return { units, change: { text: describe(telling), level, places: linesOf(spans), side: fact.side } };
      }),
    );
  };
  const groups = new Map<string, { units: readonly string[]; changes: Changed[] }>();
  for (const { units, change } of alike(LEVELS.toReversed().flatMap(level => toldAt(level)))) {
    const key = JSON.stringify(units);
    const group = groups.get(key) ?? { units, changes: [] };
    group.changes.push(change);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** A new Application is told by its manifest and by what it applies: one place, and one telling with both units. */
function alike(tellings: readonly Told[]): Told[] {
  const known = new Map<string, Told>();
  for (const one of tellings) {
    const key = JSON.stringify([one.change.text, one.change.places]);
    const { units, change } = known.get(key) ?? { units: [], change: one.change };
    known.set(key, { units: [...new Set([...units, ...one.units])], change });
  }
  return [...known.values()];
}

/** The level that the risk table gives to each fact. */
function levelsOf({ verdict }: Result): Map<Fact, Level> {
  return new Map(verdict.reasons.flatMap(({ facts, level }) => facts.map(fact => [fact, level] as const)));
}
