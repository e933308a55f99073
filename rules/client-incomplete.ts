import type { Unit } from '../src/gitops/unit.ts';
import { isWhole, type Part, partsOf } from '../src/rule/client-parts.ts';
import { defineRule, type UnitState } from '../src/rule/rule.ts';
import { startOf } from '../src/yaml/node.ts';

/** Fewer than this many clients show what they happen to have, and not what a client needs. */
const FEWEST = 2;
/** From this many on what all have is no accident. */
const MANY = 3;
/** One in so many may lack what is needed all the same. */
const ODD_ONES = 10;

export default defineRule({
  id: 'client-incomplete',
  title: 'A new client without what the other clients have',
  severity: 'warning',
  why: 'A client that goes live without one of its parts is found out by its customers: no hostname, no database user, an application that starts without its secrets.',
  fix: 'Add what is missing as the other clients have it, or leave it out on purpose.',

  on: 'commit',
  *check({ changes }, { clients }) {
    const added = changes.flatMap(({ facts }) =>
      facts.filter(({ kind, move }) => kind === 'client' && move === 'added'),
    );
    for (const client of new Set(added.map(({ subject }) => subject))) {
      const own = changes.flatMap(({ unit, after }) =>
        unit.client === client && after !== undefined ? [{ unit, rendered: after }] : [],
      );
      const others = siblings(
        own,
        clients.filter(({ unit }) => unit.client !== client),
      );
      const [first] = own;
      if (first === undefined || others.size < FEWEST || !own.every(isWhole)) continue;
      const missing = missingParts(partsOf(own), [...others.values()].map(partsOf));
      if (missing.length === 0) continue;
      const { span } = added.find(({ subject }) => subject === client) ?? { span: startOf(first.unit.name) };
      yield {
        message: `client ${client} lacks what ${named([...others.keys()])} have: ${told(missing).join('; ')}`,
        at: { span },
        severity: others.size < MANY ? 'info' : 'warning',
        units: own.map(({ unit }) => unit),
      };
    }
  },
});

/** By name as long as they can be read in one line. */
function named(clients: readonly string[]): string {
  const last = clients.at(-1);
  return clients.length > 4 ? `${clients.length} other clients` : `${clients.slice(0, -1).join(', ')} and ${last}`;
}

/** The other clients with an application that the new one has; where too few have, all of them. */
function siblings(own: readonly UnitState[], others: readonly UnitState[]): Map<string, UnitState[]> {
  const apps = new Set(own.flatMap(({ unit }) => unit.app ?? []));
  const alike = byClient(others.filter(({ unit }) => unit.app !== undefined && apps.has(unit.app)));
  return alike.size >= FEWEST ? alike : byClient(others);
}

function byClient(states: readonly UnitState[]): Map<string, UnitState[]> {
  const clients = new Map<string, UnitState[]>();
  for (const state of states) {
    const { client }: Unit = state.unit;
    if (client !== undefined) clients.set(client, [...(clients.get(client) ?? []), state]);
  }
  return new Map([...clients].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What all or nearly all of the others have. */
function missingParts(own: ReadonlyMap<string, Part>, others: readonly ReadonlyMap<string, Part>[]): Part[] {
  const least = others.length - Math.floor(others.length / ODD_ONES);
  const known = new Map(others.flatMap(parts => [...parts]));
  const environments = new Set([...own.values()].map(({ environment }) => environment));
  return [...known].flatMap(([key, part]) => {
    if (own.has(key) || others.filter(parts => parts.has(key)).length < least) return [];
    // Of an environment that is missing as a whole nothing else is said.
    return part.what === 'an Application' || environments.has(part.environment) ? [part] : [];
  });
}

/** Each part once, with the environments in which it is missing. */
function told(parts: readonly Part[]): string[] {
  const environments = new Map<string, string[]>();
  for (const { what, environment } of parts) {
    environments.set(what, [...(environments.get(what) ?? []), ...(environment === undefined ? [] : [environment])]);
  }
  return [...environments]
    .map(([what, names]) => (names.length === 0 ? what : `${what} in ${names.sort().join(' and ')}`))
    .sort();
}
