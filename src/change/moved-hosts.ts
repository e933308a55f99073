import type { Unit } from '../gitops/unit.ts';
import type { UnitChange } from './change.ts';
import type { Fact } from './fact.ts';

/**
 * The changes with a hostname that one Application ceases to serve and another one in the same cluster begins to serve
 * told as that: it is not new, and whoever uses it is not left without.
 */
export function withMovedHosts(changes: readonly UnitChange[]): UnitChange[] {
  const givers = unitsWith(changes, 'removed');
  const takers = unitsWith(changes, 'added');
  return changes.map(change => ({
    ...change,
    facts: change.facts.flatMap((fact): Fact[] => {
      const key = keyOf(change.unit, fact);
      const giver = key === undefined ? undefined : givers.get(key);
      if (key === undefined || giver === undefined || !takers.has(key)) return [fact];
      if (fact.move === 'removed') return [];
      return [{ ...fact, move: 'moved', from: giver.name, to: change.unit.name }];
    }),
  }));
}

function unitsWith(changes: readonly UnitChange[], move: Fact['move']): Map<string, Unit> {
  const found = new Map<string, Unit>();
  for (const { unit, facts } of changes) {
    for (const fact of facts) {
      const key = fact.move === move ? keyOf(unit, fact) : undefined;
      if (key !== undefined) found.set(key, unit);
    }
  }
  return found;
}

/** The hostname in its cluster; undefined for other facts, and where it is not known which cluster that is. */
function keyOf({ application, environment }: Unit, { kind, subject }: Fact): string | undefined {
  if (kind !== 'hostname' || application === undefined || application.cluster === '') return undefined;
  return JSON.stringify([application.cluster, environment, subject]);
}
