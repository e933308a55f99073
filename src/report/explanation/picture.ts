import { reads } from '../../change/reads.ts';
import { baseName, folderOf } from '../../kustomize/paths.ts';
import { type Level, worse } from '../../risk/verdict.ts';
import { count } from '../line.ts';
import { howMany, type Units, where } from '../where.ts';
import type { Touched } from './touched.ts';

export const COLUMNS = ['files', 'kustomizations', 'applications', 'workloads'] as const;
export type Column = (typeof COLUMNS)[number];

/** A box of the picture: one thing, or several that are alike. */
export interface Box {
  /** Unique in the picture: `f1`, `k2`, `a1`, `w3`. */
  readonly id: string;
  readonly column: Column;
  readonly label: string;
  readonly level: Level;
  /** Keys of the units it leads to or is made of. */
  readonly units: readonly string[];
}

/** From the changed files through the kustomizations and the applications to the workloads that they reach. */
export interface Picture {
  readonly boxes: readonly Box[];
  /** Ids of boxes, from left to right. */
  readonly links: readonly (readonly [string, string])[];
}

/** Boxes of one column; what is left over is one more. */
const MOST = 12;

const NAMES: Readonly<Record<Column, string>> = {
  files: 'file',
  kustomizations: 'folder',
  applications: 'unit',
  workloads: 'workload',
};

/** Something that may become a box, with what it leads to. */
interface Part {
  readonly column: Column;
  readonly name: string;
  readonly units: Set<string>;
}

export interface PictureInput {
  readonly touched: readonly Touched[];
  /** The changed files. */
  readonly files: readonly string[];
  readonly levels: ReadonlyMap<string, Level>;
  readonly known: Units;
}

/**
 * Parts that reach the same units are one box, and so are units that are reached in the same way and have the same
 * level: three units are three boxes, three hundred alike are one.
 */
export function pictureOf({ touched, files, levels, known }: PictureInput): Picture {
  const groups = unitGroups(touched, levels);
  const groupOf = new Map(groups.flatMap((group, i) => group.map(key => [key, i] as const)));
  const parts = partsOf(touched, files);
  const boxes: (Box & { readonly parts: readonly Part[] })[] = [];
  for (const column of COLUMNS) {
    const own = parts.filter(part => part.column === column);
    const merged = column === 'applications' ? groups.map(keys => unitPart(keys)) : mergedParts(own, groupOf, column);
    for (const [i, alike] of fitted(merged, levels).entries()) {
      const keys = new Set(alike.flatMap(part => [...part.units]));
      const label = column === 'applications' ? nameOf([...keys], known) : labelOf(alike, column);
      const level = worstOf(keys, levels);
      boxes.push({ id: `${column.charAt(0)}${i + 1}`, column, label, level, units: [...keys], parts: alike });
    }
  }
  return { boxes: boxes.map(({ parts: _, ...box }) => box), links: linksOf(boxes) };
}

/** Keys of units that are reached alike. */
function unitGroups(touched: readonly Touched[], levels: ReadonlyMap<string, Level>): string[][] {
  const groups = new Map<string, string[]>();
  for (const change of touched) {
    const { unit, facts } = change;
    const told = facts.map(({ kind, move, subject, from, to }) => [kind, move, subject, from ?? null, to ?? null]);
    const alone = touched.length <= MOST ? unit.key : '';
    const key = JSON.stringify([alone, unit.environment, levels.get(unit.key) ?? 'none', alone === '' ? told : '']);
    const group = groups.get(key) ?? [];
    group.push(unit.key);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function partsOf(touched: readonly Touched[], files: readonly string[]): Part[] {
  const parts = new Map<string, Part>();
  const add = (column: Column, name: string, unit: string) => {
    const key = `${column} ${name}`;
    const part = parts.get(key) ?? { column, name, units: new Set() };
    part.units.add(unit);
    parts.set(key, part);
  };
  for (const change of touched) {
    const { key } = change.unit;
    for (const file of files) {
      if (!reads(change, file)) continue;
      add('files', file, key);
      add('kustomizations', folderOf(file) || '.', key);
    }
    for (const roll of change.rolls) if (roll.cause !== 'stays') add('workloads', roll.label, key);
  }
  return [...parts.values()];
}

function unitPart(keys: readonly string[]): Part[] {
  return [{ column: 'applications', name: keys[0] ?? '', units: new Set(keys) }];
}

/** Parts of one name or kind that reach the same groups of units. */
function mergedParts(parts: readonly Part[], groupOf: ReadonlyMap<string, number>, column: Column): Part[][] {
  if (parts.length <= MOST) return parts.map(part => [part]);
  const merged = new Map<string, Part[]>();
  for (const part of parts) {
    const reached = [...new Set([...part.units].map(key => groupOf.get(key) ?? 0))].sort((a, b) => a - b);
    const key = JSON.stringify([reached, column === 'files' ? baseName(part.name) : '']);
    merged.set(key, [...(merged.get(key) ?? []), part]);
  }
  return [...merged.values()];
}

/** The riskiest and widest first; those that do not fit are one box. */
function fitted(merged: readonly Part[][], levels: ReadonlyMap<string, Level>): Part[][] {
  if (merged.length <= MOST) return [...merged];
  const rank = ['none', 'low', 'medium', 'high'];
  const weight = (alike: readonly Part[]) => {
    const keys = new Set(alike.flatMap(part => [...part.units]));
    return rank.indexOf(worstOf(keys, levels)) * 100_000 + keys.size;
  };
  const sorted = merged.toSorted((a, b) => weight(b) - weight(a));
  return [...sorted.slice(0, MOST - 1), sorted.slice(MOST - 1).flat()];
}

/** A few units by their names, more by their number: the box has no room for both. */
function nameOf(keys: readonly string[], known: Units): string {
  return keys.length > 3 ? howMany(keys, known) : where(keys, known);
}

/** How many units it is in stands below the label. */
function labelOf(alike: readonly Part[], column: Column): string {
  const [first] = alike;
  if (first === undefined) return '';
  if (alike.length === 1) return first.name;
  const names = new Set(alike.map(({ name }) => baseName(name)));
  const [name] = names;
  const all = count(alike.length, NAMES[column]);
  return column === 'files' && names.size === 1 ? `${all} ${name}` : all;
}

function worstOf(keys: Iterable<string>, levels: ReadonlyMap<string, Level>): Level {
  let level: Level = 'none';
  for (const key of keys) level = worse(level, levels.get(key) ?? 'none');
  return level;
}

/** A file leads to its own folder; everything else to what shares a unit with it in the next column. */
function linksOf(boxes: readonly (Box & { readonly parts: readonly Part[] })[]): [string, string][] {
  const links: [string, string][] = [];
  for (const from of boxes) {
    const next = COLUMNS[COLUMNS.indexOf(from.column) + 1];
    for (const to of boxes.filter(({ column }) => column === next)) {
      const folders = new Set(to.parts.map(({ name }) => name));
      const leads =
        from.column === 'files'
          ? from.parts.some(({ name }) => folders.has(folderOf(name) || '.'))
          : from.units.some(key => to.units.includes(key));
      if (leads) links.push([from.id, to.id]);
    }
  }
  return links;
}
