import { escapeJson } from '../escape.ts';
import { placeOf } from '../place.ts';
import type { Reach } from './reach.ts';
import type { Stretch } from './stretch.ts';

/** What lines reach as JSON, by schemas/reach.schema.json. Ends with a line break. */
export function reachJson(reach: Reach): string {
  const { stretch, through, fields, declares, gaps, silent, units, fixed, timeline, radius } = reach;
  const told = {
    version: 1,
    ...linesOf(stretch),
    through: typeof through === 'object' ? linesOf(through) : (through ?? null),
    nothing: silent ?? null,
    fields: fields.map(({ label, path, value, later, names, units: keys }) => {
      return { object: label, path, value, setAgainBy: later ?? null, namesTheObject: names, units: keys };
    }),
    fixed: [...fixed].map(([object, paths]) => ({ object, paths })),
    declares: declares.map(({ unit, rendered }) => ({ unit: unit.key, objects: rendered.objects.length })),
    unknown: gaps.map(({ gap, unit }) => {
      return { what: gap.what, version: gap.version ?? null, place: placeOf(gap.span), unit: unit.key };
    }),
    units: units.map(({ key, name, environment, client, app }) => {
      return { key, name, environment, client: client ?? null, app: app ?? null };
    }),
    whenItChanges: timeline.map(({ kind, wave, subject, objects, text, because, units: keys }) => {
      return { kind, wave: wave ?? null, subject, objects, text, because: because ?? null, units: keys };
    }),
    radius,
  };
  return `${escapeJson(JSON.stringify(told, undefined, 2))}\n`;
}

/** The last line of a whole file is null. */
function linesOf({ file, first, last }: Stretch) {
  return { file, first, last: Number.isFinite(last) ? last : null };
}
