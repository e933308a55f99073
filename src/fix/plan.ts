import type { UnitChange } from '../change/change.ts';
import { idKey } from '../kubernetes/object.ts';
import type { Finding } from '../rule/finding.ts';
import type { Repair } from '../rule/repair.ts';
import { at, equal, type Span } from '../yaml/node.ts';
import { repaired } from './edit.ts';

/** A file with the repairs of some findings. */
export interface FileFix {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly fixed: readonly Finding[];
}

/** A finding that has an answer, which is not a safe one here. */
export interface Left {
  readonly finding: Finding;
  readonly why: string;
}

export interface Plan {
  readonly files: readonly FileFix[];
  readonly left: readonly Left[];
}

interface Repairable {
  readonly finding: Finding;
  readonly repair: Repair;
  readonly place: Span;
}

/** What can be repaired of the findings about some units, file by file; the texts are those that were looked at. */
export function planFixes(findings: readonly Finding[], units: readonly UnitChange[]): Plan {
  const left: Left[] = [];
  const byFile = new Map<string, Repairable[]>();
  for (const finding of findings) {
    if (finding.repair === undefined) continue;
    const why = obstacle(finding, finding.repair, units);
    const place = placeOf(finding, finding.repair);
    if (why !== undefined) left.push({ finding, why });
    else
      byFile.set(place.source.file, [
        ...(byFile.get(place.source.file) ?? []),
        { finding, repair: finding.repair, place },
      ]);
  }
  const files = [...byFile].map(([file, repairs]) => {
    // From the end to the start, so that what is still to come keeps its place.
    const inTurn = repairs.toSorted((a, b) => b.place.start - a.place.start);
    const before = inTurn[0]?.place.source.text ?? '';
    const fixed: Finding[] = [];
    let after = before;
    for (const { finding, repair, place } of inTurn) {
      const next = repaired(after, place, repair);
      if (next === undefined) left.push({ finding, why: 'the edit would change more than this one value' });
      else fixed.unshift(finding);
      after = next ?? after;
    }
    return { file, before, after, fixed };
  });
  return { files: files.filter(({ fixed }) => fixed.length > 0).sort((a, b) => (a.file < b.file ? -1 : 1)), left };
}

/** The scalar to edit; an annotation goes where the object says what it is. */
function placeOf({ span, sightings }: Finding, { kind }: Repair): Span {
  const field = sightings[0]?.field;
  return (kind === 'annotate' && at(field?.object.root, 'kind')?.span) || span;
}

/** Why the answer is not the only one. */
function obstacle({ sightings }: Finding, { where }: Repair, units: readonly UnitChange[]): string | undefined {
  if (where === undefined) return undefined;
  const olds = sightings.map(({ unit, field }) => {
    const before = units.find(one => one.unit.key === unit)?.before;
    const old = before?.objects.find(object => field !== undefined && idKey(object.id) === idKey(field.object.id));
    return { field, old };
  });
  if (where === 'new') {
    return olds.some(({ field, old }) => field !== undefined && at(old?.root, ...field.path) !== undefined)
      ? 'the object has the field already, and without it falls back to one pod at the next sync'
      : undefined;
  }
  const isLeft = olds.every(
    ({ field, old }) =>
      field !== undefined &&
      old !== undefined &&
      equal(at(old.root, ...field.path), at(field.object.root, ...field.path)),
  );
  return isLeft ? undefined : 'the change moved both, so it does not tell which of the two is meant';
}
