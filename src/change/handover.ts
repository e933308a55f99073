import type { UnitPair } from '../gitops/pairing.ts';
import { NOTHING } from '../gitops/render-unit.ts';
import type { Application } from '../gitops/unit.ts';
import { idKey, idLabel, type KubeObject } from '../kubernetes/object.ts';
import { syncOptions } from '../kubernetes/sync.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import type { Handover, UnitChange } from './change.ts';
import { compareUnit } from './compare.ts';
import type { Fact } from './fact.ts';
import { takesMuchWithIt } from './facts-presence.ts';
import { factOf, type Statement } from './statement.ts';

/**
 * The changes with what goes from one Application to another told as that, and not as removed here and added there. Argo
 * CD knows whose a live object is by an annotation, and Applications sync on their own: the new one writes its name when
 * it applies the object, and the old one deletes what still has the old name. So an object may be gone before the new
 * one makes it again.
 */
export function withHandovers(changes: readonly UnitChange[], pairs: readonly UnitPair[]): UnitChange[] {
  const sides = new Map(pairs.map(pair => [pair.unit.key, pair]));
  const passages = [...moves(changes, sides), ...renames(changes, sides)];
  return passages.length === 0 ? [...changes] : changes.map(change => told(change, passages));
}

type Sides = ReadonlyMap<string, UnitPair>;

/** An object on its way, with the units that it leaves and reaches. */
interface Passage {
  readonly object: KubeObject;
  readonly giver: string;
  readonly taker: string;
  readonly from: Application;
  readonly to: Application;
  readonly end: Handover['end'];
}

/** The objects that one unit loses and another gets. */
function moves(changes: readonly UnitChange[], sides: Sides): Passage[] {
  const gone = new Map<string, { readonly object: KubeObject; readonly unit: string }>();
  for (const { unit, changes: own } of changes) {
    for (const change of own) {
      if (change.kind === 'removed') gone.set(idKey(change.before.id), { object: change.before, unit: unit.key });
    }
  }
  return changes.flatMap(({ unit, changes: own }) =>
    own.flatMap(change => {
      const old = change.kind === 'added' ? gone.get(idKey(change.after.id)) : undefined;
      return old === undefined ? [] : passage(old.object, old.unit, unit.key, sides);
    }),
  );
}

/** The objects of an Application that gets another name. */
function renames(changes: readonly UnitChange[], sides: Sides): Passage[] {
  return changes.flatMap(({ unit, before, after }) => {
    const stay = new Set(after?.objects.map(({ id }) => idKey(id)));
    const objects = before?.objects.filter(({ id }) => stay.has(idKey(id))) ?? [];
    return objects.flatMap(object => passage(object, unit.key, unit.key, sides));
  });
}

/** Clusters that are not known, as in a template, are taken for different ones. */
function passage(object: KubeObject, giver: string, taker: string, sides: Sides): Passage[] {
  const from = sides.get(giver)?.before?.application;
  const to = sides.get(taker)?.after?.application;
  if (from === undefined || to === undefined || from.name === to.name) return [];
  if (from.cluster === '' || from.cluster !== to.cluster) return [];
  const stays = sides.get(giver)?.after?.application?.name === from.name;
  return [
    { object, giver, taker, from, to, end: stays ? endByPrune(from, object) : from.cascades ? 'deleted' : 'left' },
  ];
}

/** An Application that is synced by hand is asked each time whether to prune. */
function endByPrune({ automated, prune }: Application, object: KubeObject): Handover['end'] {
  const options = syncOptions(object);
  const isKept = options.includes('Prune=false') || options.includes('Prune=confirm');
  return (prune || !automated) && !isKept ? 'pruned' : 'left';
}

function told(change: UnitChange, passages: readonly Passage[]): UnitChange {
  const { key } = change.unit;
  const given = passages.filter(({ giver, taker }) => giver === key && taker !== key);
  const taken = passages.filter(({ taker }) => taker === key);
  if (given.length === 0 && taken.length === 0) return change;
  const handovers = grouped(taken);
  const facts = handovers.flatMap(handover => handoverStatements(handover, change));
  return {
    ...change,
    handovers,
    facts: [...facts.map(fact => factOf(key, fact)), ...otherFacts(change, given, taken)],
  };
}

/** What is to be said beside the passages: what comes in is compared with what it was where it came from. */
function otherFacts(change: UnitChange, given: readonly Passage[], taken: readonly Passage[]): readonly Fact[] {
  const { unit, before, after } = change;
  const came = taken.filter(({ giver }) => giver !== unit.key).map(({ object }) => object);
  const left =
    before &&
    without(
      before,
      given.map(({ object }) => object),
    );
  if (left !== undefined) return compareUnit(unit, { ...left, objects: [...left.objects, ...came] }, after).facts;
  if (after === undefined) return change.facts;
  const own = without(after, came);
  const now = after.objects.filter(object => !own.objects.includes(object));
  return [
    ...compareUnit(unit, undefined, own).facts,
    ...compareUnit(unit, { ...NOTHING, objects: came }, { ...NOTHING, objects: now }).facts,
  ];
}

function without(rendered: Rendered, objects: readonly KubeObject[]): Rendered {
  const ids = new Set(objects.map(({ id }) => idKey(id)));
  return { ...rendered, objects: rendered.objects.filter(({ id }) => !ids.has(idKey(id))) };
}

function grouped(passages: readonly Passage[]): Handover[] {
  const found = new Map<string, Handover>();
  for (const { object, from, to, end } of passages) {
    const key = JSON.stringify([from.name, end]);
    found.set(key, { from, to, end, objects: [...(found.get(key)?.objects ?? []), object] });
  }
  return [...found.values()];
}

/** Each object that takes data or other objects with it by itself, the rest counted. */
function handoverStatements({ from, to, end, objects }: Handover, { after }: UnitChange): Statement[] {
  const places = new Map(after?.objects.map(object => [idKey(object.id), object.root.span]));
  const state = end === 'left' ? [] : objects.filter(takesMuchWithIt);
  const rest = objects.filter(object => !state.includes(object));
  const seen = (object: KubeObject) => {
    const span = places.get(idKey(object.id)) ?? object.root.span;
    return { from: from.name, to: to.name, span, side: 'after' } as const;
  };
  const statements = state.map((object): Statement => {
    return { ...seen(object), kind: 'state', move: 'handed-over', subject: idLabel(object.id), object: object.id };
  });
  const [first, ...others] = rest;
  if (first === undefined) return statements;
  const named =
    others.length === 0 ? { subject: idLabel(first.id), object: first.id } : { subject: `${rest.length} objects` };
  return [
    ...statements,
    { ...seen(first), ...named, kind: 'object', move: end === 'left' ? 'adopted' : 'handed-over' },
  ];
}
