import type { Fact } from '../change/fact.ts';
import { idLabel } from '../kubernetes/object.ts';
import type { Span } from '../yaml/node.ts';

/**
 * Facts that say the same of several subjects, objects or units, told once. A fact with another value is never a part
 * of it: what differs is what the reader looks for.
 */
export interface Telling {
  readonly fact: Fact;
  readonly subjects: readonly string[];
  /** Labels of the objects, such as `Deployment app-web`. */
  readonly objects: readonly string[];
  /** Keys of the units. */
  readonly units: readonly string[];
  readonly spans: readonly Span[];
}

/** In the order of the first fact of each telling. */
export function fold(facts: readonly Fact[]): Telling[] {
  const single = facts.map(tellingOf);
  const byObject = merge(single, ({ fact, units, subjects }) => [...sameMove(fact), units, subjects]);
  const bySubject = merge(byObject, ({ fact, units, objects }) => [
    ...sameMove(fact),
    units,
    // Which containers run an image is not told, so images that move together are one telling whoever runs them.
    fact.kind === 'image' ? [] : objects,
  ]);
  return merge(bySubject, ({ fact, subjects, objects }) => [
    ...sameMove(fact),
    subjects,
    fact.kind === 'image' ? [] : objects,
  ]);
}

function tellingOf(fact: Fact): Telling {
  return {
    fact,
    subjects: [fact.subject],
    objects: fact.object === undefined ? [] : [idLabel(fact.object)],
    units: [fact.unit],
    spans: [fact.span],
  };
}

function sameMove({ kind, move, from, to, engine }: Fact): unknown[] {
  return [kind, move, from ?? null, to ?? null, engine ?? null];
}

function merge(tellings: readonly Telling[], keyOf: (telling: Telling) => unknown[]): Telling[] {
  const merged = new Map<string, Telling>();
  for (const telling of tellings) {
    const key = JSON.stringify(keyOf(telling));
    const known = merged.get(key);
    merged.set(key, known === undefined ? telling : joined(known, telling));
  }
  return [...merged.values()];
}

function joined(a: Telling, b: Telling): Telling {
  return {
    fact: a.fact,
    subjects: [...new Set([...a.subjects, ...b.subjects])],
    objects: [...new Set([...a.objects, ...b.objects])],
    units: [...new Set([...a.units, ...b.units])],
    spans: [...a.spans, ...b.spans],
  };
}
