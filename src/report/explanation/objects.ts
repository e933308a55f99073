import { dotted } from '../../change/aspect.ts';
import type { FieldChange, ObjectChange, UnitChange } from '../../change/change.ts';
import { idLabel, type KubeObject } from '../../kubernetes/object.ts';
import { at, type Path, text } from '../../yaml/node.ts';
import { type Location, locationOf } from '../place.ts';
import { shownLines } from './values.ts';

/** One side of a field: its value as lines of YAML, and the place that set it. */
export interface FieldSide {
  readonly lines: readonly string[];
  readonly place: Location;
}

export interface FieldDiff {
  /** `spec.replicas`, with the names of list items: `spec.template.spec.containers.php-fpm.image`. */
  readonly path: string;
  readonly before: FieldSide | undefined;
  readonly after: FieldSide | undefined;
}

/** What the commit does to one object, the same in one unit or several. */
export interface ObjectDiff {
  readonly kind: ObjectChange['kind'];
  /** `Deployment app-web`. */
  readonly label: string;
  readonly fields: readonly FieldDiff[];
  /** Fields that are not in the list. */
  readonly more: number;
  readonly units: readonly string[];
}

/** Fields of one object, and objects, before the rest is only counted. */
const MOST_FIELDS = 80;
const MOST_OBJECTS = 400;

/** Lines of one value before the rest is only counted, and those around what differs. */
const MOST_LINES = 60;
const CONTEXT = 3;

/** The objects that differ, with each field's origin on both sides; the same difference in several units is one. */
export function objectDiffs(units: readonly UnitChange[]): { diffs: ObjectDiff[]; more: number } {
  const found = new Map<string, ObjectDiff & { units: string[] }>();
  for (const { unit, changes } of units) {
    for (const change of changes) {
      const diff = diffOf(change);
      const key = JSON.stringify([diff.kind, diff.label, diff.fields.map(withoutPlaces), diff.more]);
      const known = found.get(key);
      if (known === undefined) found.set(key, { ...diff, units: [unit.key] });
      else known.units.push(unit.key);
    }
  }
  const all = [...found.values()];
  return { diffs: all.slice(0, MOST_OBJECTS), more: Math.max(0, all.length - MOST_OBJECTS) };
}

function withoutPlaces({ path, before, after }: FieldDiff): unknown[] {
  return [path, before?.lines ?? null, after?.lines ?? null];
}

function diffOf(change: ObjectChange): Omit<ObjectDiff, 'units'> {
  if (change.kind === 'modified') {
    const { before, after, fields } = change;
    return {
      kind: 'modified',
      label: idLabel(after.id),
      fields: fields.slice(0, MOST_FIELDS).map(field => fieldDiff(field, before, after)),
      more: Math.max(0, fields.length - MOST_FIELDS),
    };
  }
  const object = change.kind === 'added' ? change.after : change.before;
  const parts = [...object.root.entries].filter(([key]) => key !== 'apiVersion' && key !== 'kind');
  const fields = parts.map(([key, { value }]) => {
    const side = { lines: cut(shownLines(object, [key], value)), place: locationOf(value.span) };
    return {
      path: key,
      before: change.kind === 'removed' ? side : undefined,
      after: change.kind === 'added' ? side : undefined,
    };
  });
  return { kind: change.kind, label: idLabel(object.id), fields, more: 0 };
}

function fieldDiff(field: FieldChange, old: KubeObject, now: KubeObject): FieldDiff {
  const { path, pathBefore = path, before, after } = field;
  const [a, b] = [before && shownLines(old, pathBefore, before), after && shownLines(now, path, after)];
  const [from, to] = a === undefined || b === undefined ? [a, b] : aroundWhatDiffers(a, b);
  return {
    path: namedPath(path, after === undefined ? old : now),
    before: before && from && { lines: cut(from), place: locationOf(before.span) },
    after: after && to && { lines: cut(to), place: locationOf(after.span) },
  };
}

/** Without what both begin and end with, but for a few lines. */
function aroundWhatDiffers(a: readonly string[], b: readonly string[]): [string[], string[]] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const from = Math.max(0, start - CONTEXT);
  const left = Math.max(0, end - CONTEXT);
  const part = (lines: readonly string[]) => [
    ...(from > 0 ? ['...'] : []),
    ...lines.slice(from, lines.length - left),
    ...(left > 0 ? ['...'] : []),
  ];
  return [part(a), part(b)];
}

function cut(lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES), `... and ${lines.length - MOST_LINES} more lines`];
}

/** A path with the names of list items where they have one, as people call them. */
export function namedPath(path: Path, object: KubeObject): string {
  const steps = path.map((step, i) => {
    if (typeof step === 'string') return step;
    return text(at(object.root, ...path.slice(0, i + 1)), 'name') ?? step;
  });
  return dotted(steps);
}
