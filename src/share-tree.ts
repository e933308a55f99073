import { createHash } from 'node:crypto';
import rules from '../rules/index.ts';
import type { Sides } from './git/sides.ts';
import { type Context, inspect } from './judge.ts';
import { customSchema } from './kubernetes/custom-schema.ts';
import type { KubeObject } from './kubernetes/object.ts';
import { markedTexts } from './policy/comments.ts';
import type { UnitState } from './rule/rule.ts';
import { at, text } from './yaml/node.ts';

/** What a shard of a tree says of a unit: enough to tell whether the report has to look at it again. */
export interface UnitNote {
  readonly objects: number;
  /** A report has something to say of it, or a comment in its files allows something. */
  readonly speaks: boolean;
  /** Digests of what it may have in common with other units. */
  readonly meets: readonly string[];
  /** Digests of the kinds of its objects. */
  readonly uses: readonly string[];
  /** Digests of the kinds that it defines: objects of all units are held against the definition. */
  readonly defines: readonly string[];
}

/** Looks at every `of`th unit, beginning with the `index`th, and notes what becomes of each. */
export async function notesOf(sides: Sides, context: Context, shard: { index: number; of: number }) {
  const isMine = (place: number) => place % shard.of === shard.index - 1;
  const { units, findings, allowed, baselined, unknowns, incomplete } = await inspect(sides, context, place =>
    isMine(place) ? undefined : 0,
  );
  const marked = new Set((await markedTexts(sides.after, units)).map(({ file }) => file));
  const told = [...findings, ...allowed.map(({ finding }) => finding), ...baselined, ...unknowns, ...incomplete];
  const named = new Set(told.flatMap(({ units: keys }) => keys));
  return units.flatMap(({ unit, after: rendered }, place) => {
    if (!isMine(place) || rendered === undefined) return [];
    const speaks = named.has(unit.key) || rendered.files.some(file => marked.has(file));
    return noteOf({ unit, rendered }, speaks);
  });
}

function noteOf(state: UnitState, speaks: boolean): UnitNote {
  const { objects } = state.rendered;
  return {
    objects: objects.length,
    speaks,
    meets: digests(rules.flatMap(rule => (rule.on === 'repository' ? [...rule.meets(state)] : []))),
    uses: digests(objects.map(({ id }) => kindOf(id.group, id.kind))),
    defines: digests(objects.flatMap(object => definedKind(object) ?? [])),
  };
}

function definedKind(object: KubeObject): string | undefined {
  if (customSchema(object) === undefined) return undefined;
  const spec = at(object.root, 'spec');
  return kindOf(text(spec, 'group') ?? '', text(spec, 'names', 'kind') ?? '');
}

function kindOf(group: string, kind: string): string {
  return JSON.stringify([group, kind]);
}

/** No names leave the clone: a shard is kept where a report of it would be. */
function digests(texts: readonly string[]): string[] {
  const short = (one: string) => createHash('sha256').update(one).digest('base64url').slice(0, 12);
  return [...new Set(texts)].map(short);
}

/**
 * The numbers of objects of the units that need no second look, by their place in the tree: each shard has judged its
 * own as a run over the whole tree would have, but for what units of two shards have in common.
 *
 * @param shards The notes of each, in their order.
 */
export function settledUnits(shards: readonly (readonly UnitNote[])[]): (place: number) => number | undefined {
  const notes = shards.flatMap((shard, index) => shard.map(note => ({ ...note, index })));
  const met = new Map<string, number>();
  for (const key of notes.flatMap(({ meets }) => meets)) met.set(key, (met.get(key) ?? 0) + 1);
  const defined = new Map<string, Set<number>>();
  for (const { defines, index } of notes) {
    for (const kind of defines) defined.set(kind, (defined.get(kind) ?? new Set()).add(index));
  }
  const isForeign = (kind: string, index: number) => [...(defined.get(kind) ?? [])].some(other => other !== index);
  const again = new Set<UnitNote>(
    notes.filter(
      ({ speaks, meets, uses, index }) =>
        speaks || meets.some(key => met.get(key) !== 1) || uses.some(kind => isForeign(kind, index)),
    ),
  );
  // Whoever is looked at again is held against the same definitions.
  for (let size = -1; size < again.size; ) {
    size = again.size;
    const used = new Set([...again].flatMap(({ uses }) => uses));
    for (const note of notes) if (note.defines.some(kind => used.has(kind))) again.add(note);
  }
  const byShard = shards.map((_, index) => notes.filter(note => note.index === index));
  return place => {
    const note = byShard[place % shards.length]?.[Math.floor(place / shards.length)];
    return note === undefined || again.has(note) ? undefined : note.objects;
  };
}
