import type { Unit } from '../gitops/unit.ts';
import { startOf } from '../yaml/node.ts';
import type { Fact } from './fact.ts';
import { factOf } from './statement.ts';

/** The clients that come or go, given all units of both sides: one fact a client, in the first of its units. */
export function clientFacts(before: readonly Unit[], after: readonly Unit[]): Fact[] {
  const [had, has] = [firstUnits(before), firstUnits(after)];
  const came = [...has].filter(([client]) => !had.has(client));
  const went = [...had].filter(([client]) => !has.has(client));
  return [
    ...came.map(([client, unit]) => clientFact(client, unit, 'added')),
    ...went.map(([client, unit]) => clientFact(client, unit, 'removed')),
  ];
}

function firstUnits(units: readonly Unit[]): Map<string, Unit> {
  const first = new Map<string, Unit>();
  for (const unit of units) {
    if (unit.client !== undefined && !first.has(unit.client)) first.set(unit.client, unit);
  }
  return first;
}

function clientFact(client: string, unit: Unit, move: 'added' | 'removed'): Fact {
  const file = unit.application?.file ?? unit.folders[0] ?? unit.name;
  const span = startOf(file);
  return factOf(unit.key, { kind: 'client', move, subject: client, span, side: move === 'added' ? 'after' : 'before' });
}
