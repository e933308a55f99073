import { COLUMN, type Course, courseLines, INDENT, section } from '../course.ts';
import { apart, count, type Line, list, painted, print, wrap } from '../line.ts';
import { readable, type TextOptions } from '../text.ts';
import { type Units, where } from '../where.ts';
import type { Reach, ReachedField } from './reach.ts';
import type { Stretch } from './stretch.ts';

/** Fields that are told one by one; of more, how many of which object. */
export const MOST_FIELDS = 12;

/** Objects before the rest is only counted. */
const MOST_OBJECTS = 24;

interface Setting {
  readonly reach: Reach;
  readonly units: Units;
  readonly width: number;
}

/** What lines of a file reach, told in a terminal: the fields, then what happens when they change. */
export function reachText(reach: Reach, { palette, ...options }: Omit<TextOptions, 'failed'>): string {
  const width = readable(options.width);
  const setting: Setting = { reach, units: unitsIn(reach), width };
  const course: Course = {
    timeline: reach.timeline,
    radius: reach.radius,
    touched: reach.radius.units.length,
    units: setting.units,
    width,
  };
  return print(
    apart([
      heading(setting),
      [
        ...section('Nothing', reach.silent === undefined ? [] : told(reach.silent, width)),
        ...section('Sets', sets(setting)),
        ...section('Names', names(setting)),
        ...section('Fixed', fixed(setting)),
        ...section('Declares', declares(setting)),
        ...section('Unknown', unknown(setting)),
      ],
      [...(reach.timeline.length === 0 ? [] : [[painted('strong', 'When it changes')]]), ...courseLines(course)],
    ]),
    palette,
  );
}

/** Every unit that is spoken of, by its key. */
export function unitsIn({ units, declares, gaps }: Reach): Units {
  const all = [...units, ...declares.map(({ unit }) => unit), ...gaps.map(({ unit }) => unit)];
  return new Map(all.map(unit => [unit.key, unit]));
}

function heading({ reach }: Setting): Line[] {
  const by = throughText(reach);
  return [[painted('strong', stretchText(reach.stretch)), painted('dim', by === '' ? '' : `  ${by}`)]];
}

/** What answers in place of the lines: `by lines 5 to 6`; '' where they do themselves. */
export function throughText({ through }: Reach): string {
  if (through === undefined) return '';
  return `by ${typeof through === 'string' ? `${through}, which it names` : linesText(through)}`;
}

/** `base/app.yaml:15`, and the file alone for all of it. */
export function stretchText({ file, first, last }: Stretch): string {
  return Number.isFinite(last) ? `${file}:${first}` : file;
}

function linesText({ first, last }: Stretch): string {
  return first === last ? `line ${first}` : `lines ${first} to ${last}`;
}

function told(text: string, width: number): Line[] {
  return wrap([INDENT, text], width, COLUMN + 2);
}

function sets(setting: Setting): Line[] {
  const fields = setting.reach.fields.filter(field => !field.names);
  return fields.length > MOST_FIELDS ? byObject(fields, setting) : fields.flatMap(field => fieldLines(field, setting));
}

function fieldLines(field: ReachedField, setting: Setting): Line[] {
  const { width } = setting;
  const { label, path, value, later } = field;
  const last = later === undefined ? '' : `, which ${later} sets`;
  return [
    ...told(`${label}: ${path}${elsewhere(field.units, setting)}`, width),
    ...wrap([INDENT, '  ', painted('dim', `= ${value}${last}`)], width, COLUMN + 4),
  ];
}

function byObject(fields: readonly ReachedField[], setting: Setting): Line[] {
  const objects = new Map<string, { label: string; units: readonly string[]; number: number }>();
  for (const { label, units } of fields) {
    const key = JSON.stringify([label, units]);
    const known = objects.get(key);
    if (known === undefined) objects.set(key, { label, units, number: 1 });
    else known.number++;
  }
  const all = [...objects.values()];
  const lines = all.slice(0, MOST_OBJECTS).flatMap(({ label, units, number }) => {
    return told(`${label}: ${count(number, 'field')}${elsewhere(units, setting)}`, setting.width);
  });
  const more = all.length - MOST_OBJECTS;
  return [
    ...lines,
    ...(more <= 0 ? [] : [[INDENT, painted('dim', `and ${count(more, 'more object', 'more objects')}`)]]),
  ];
}

function names(setting: Setting): Line[] {
  const labels = [...new Set(setting.reach.fields.flatMap(({ names: own, label }) => (own ? label : [])))];
  if (labels.length === 0) return [];
  const others = labels.length === 1 ? 'another object in its place' : 'other objects in their place';
  return told(`${list(labels, 6)}: another value makes ${others}`, setting.width);
}

function fixed({ reach, width }: Setting): Line[] {
  return [...reach.fixed].flatMap(([label, paths]) => {
    return told(`${label}: the API server refuses a change of ${list(paths, 6)}`, width);
  });
}

function declares({ reach, width }: Setting): Line[] {
  return reach.declares.flatMap(({ unit, rendered }) => {
    const { application, folders, name } = unit;
    const from = folders.length === 0 ? '' : ` from ${list(folders, 3)}`;
    const into = application?.namespace ? ` in namespace ${application.namespace}` : '';
    return told(`Application ${name}: ${count(rendered.objects.length, 'object')}${from}${into}`, width);
  });
}

function unknown(setting: Setting): Line[] {
  return setting.reach.gaps.flatMap(({ gap, unit }) => {
    const version = gap.version === undefined ? '' : ` at ${gap.version}`;
    const place = elsewhere([unit.key], setting);
    return told(`${gap.what}${version}: what it brings is not in this repository${place}`, setting.width);
  });
}

/** Where it is so, unless that is everywhere. */
function elsewhere(keys: readonly string[], { reach, units }: Setting): string {
  return keys.length >= reach.units.length && reach.units.length > 1 ? '' : ` in ${where(keys, units)}`;
}
