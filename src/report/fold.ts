import type { Fact, FactKind } from '../change/fact.ts';
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

/** Which containers run an image is not told, so images that move together are one telling whoever runs them. */
const WITHOUT_OBJECTS: ReadonlySet<FactKind> = new Set(['image']);

/** A unit that comes or goes is its own subject, so those of several units are one telling. */
const OF_UNITS: ReadonlySet<FactKind> = new Set(['application', 'client']);

/** In the order of the first fact of each telling. */
export function fold(facts: readonly Fact[]): Telling[] {
  const single = facts.map(tellingOf);
  const byObject = merge(single, ({ fact, units, subjects }) => [...sameMove(fact), units, subjects]);
  const byField = gatherFields(byObject);
  const bySubject = merge(byField, telling => [...sameMove(telling.fact), telling.units, objectsToTell(telling)]);
  return merge(bySubject, telling => {
    const { fact, subjects } = telling;
    const own = OF_UNITS.has(fact.kind) && fact.object === undefined && !hasValues(fact);
    return [...sameMove(fact), own ? [] : subjects, own ? [] : objectsToTell(telling)];
  });
}

/** Objects of one kind whose same fields change in the same way are one telling from this number on. */
const MANY_OBJECTS = 3;

function gatherFields(tellings: readonly Telling[]): Telling[] {
  const keyOf = ({ fact, subjects, objects, units }: Telling) => {
    const field = subjects.length === 1 && objects.length === 1 ? fieldsOf(fact) : undefined;
    return field === undefined ? undefined : JSON.stringify([...sameMove(fact), units, fact.object?.kind, field]);
  };
  const counts = new Map<string | undefined, number>();
  for (const telling of tellings) counts.set(keyOf(telling), (counts.get(keyOf(telling)) ?? 0) + 1);
  return merge(tellings, telling => {
    const key = keyOf(telling);
    return key !== undefined && (counts.get(key) ?? 0) >= MANY_OBJECTS ? ['field', key] : [telling.fact.unit, telling];
  });
}

/**
 * What is told behind the label of an object: `metadata.finalizers` of `Application shop: …`, or what goes with the
 * object when it is removed.
 */
export function fieldsOf(fact: Fact): string | undefined {
  const { kind, move, object, subject } = fact;
  const start = object === undefined ? '' : `${idLabel(object)}: `;
  const isTold = (kind === 'object' && move === 'modified') || isLoss(fact);
  return isTold && start !== '' && subject.startsWith(start) ? subject.slice(start.length) : undefined;
}

/** Whether the fact names data, or objects of others, that go with a removed object. */
export function isLoss({ kind, move }: Fact): boolean {
  return kind === 'state' && move === 'removed';
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

/** Objects that would make two tellings differ: none where only their names are told and no values that go with them. */
function objectsToTell({ fact, objects }: Telling): readonly string[] {
  return WITHOUT_OBJECTS.has(fact.kind) || namesItsObject(fact) ? [] : objects;
}

/** The subject is the object, not a part of it, and nothing but its name is told. */
function namesItsObject(fact: Fact): boolean {
  const { object, subject } = fact;
  if (object === undefined) return false;
  return hasValues(fact) ? subject === idLabel(object) : subject.includes(object.name) && !subject.includes(': ');
}

/** Some facts repeat their subject as the value. */
export function hasValues({ from, to, subject }: Fact): boolean {
  return [from, to].some(value => value !== undefined && value !== subject);
}

function sameMove(fact: Fact): unknown[] {
  const { kind, move, from, to, engine, subject } = fact;
  const said = SAYS_IT.exec(subject)?.[0] ?? null;
  return [kind, move, engine ?? null, said, ...(hasValues(fact) ? [from ?? null, to ?? null] : [])];
}

/** Subjects that say what happens. */
export const SAYS_IT = / (?:added|removed|is no longer served|is left to itself \(Prune=false\))$/;

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
