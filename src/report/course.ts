import { andMore } from './changes.ts';
import { type Radius, reachedInWords } from './explanation/radius.ts';
import type { StepKind } from './explanation/step.ts';
import type { Step } from './explanation/timeline.ts';
import { STEP_NAMES } from './explanation/words.ts';
import { type Line, list, padTo, painted, span, wrap } from './line.ts';
import { tailOf } from './place.ts';
import { howMany, type Units, where } from './where.ts';

/** Where the text of a section starts, in columns. */
export const COLUMN = 13;
export const INDENT = ' '.repeat(COLUMN);

/** Lines of a section before the rest is only counted. */
export const MOST = 40;

/** What happens in the cluster, and what the terminal must know to tell it. */
export interface Course {
  readonly timeline: readonly Step[];
  readonly radius: Radius;
  /** How many units there are in all: where a step is one of each, they are not named again. */
  readonly touched: number;
  readonly units: Units;
  readonly width: number;
}

/** Kinds of steps that go by one name, in the order in which they are told. */
const SECTIONS: readonly (readonly [StepKind, ...StepKind[]])[] = [
  ['stop'],
  ['sync'],
  ['pre-hook'],
  ['prune', 'prune-last'],
  ['create'],
  ['update'],
  ['database'],
  ['roll'],
  ['restart'],
  ['at-once'],
  ['stays'],
  ['next-run'],
  ['post-hook'],
];

/** From the sync to what runs last, and whom all of it reaches, a section each. */
export function courseLines(course: Course): Line[] {
  return [
    ...SECTIONS.flatMap(kinds => section(STEP_NAMES[kinds[0]], happening(course, kinds))),
    ...section('Reaches', reaches(course)),
  ];
}

/** The lines under a label; nothing where there are none. */
export function section(label: string, lines: readonly Line[]): Line[] {
  return lines.map((line, i) => {
    if (i > 0) return line;
    const [, ...rest] = line;
    return [...padTo(['  ', painted('strong', label)], COLUMN), ...rest];
  });
}

/** Units that are named above are not listed again where it is all of them. */
export function whose(keys: readonly string[], { units, touched }: Pick<Course, 'units' | 'touched'>): string {
  return keys.length === touched && touched > 3 ? `all ${touched} units` : where(keys, units);
}

/** The Applications by name, with what Argo CD does with them; a unit without one by what people call it. */
function syncs({ timeline, units, touched, width }: Course): Line[] {
  const steps = timeline.filter(({ kind }) => kind === 'sync');
  const lines = steps.slice(0, MOST).flatMap(step => {
    const names = [...new Set(step.units.flatMap(key => units.get(key)?.application?.name ?? []))];
    const who = names.length === 0 || names.length > 3 ? whose(step.units, { units, touched }) : names.join(', ');
    return wrap([INDENT, `${who}: ${step.text}`], width, COLUMN + 2);
  });
  return [...lines, ...andMore(steps.length - MOST, COLUMN)];
}

/** When the last of these steps is over, by the manifests' own numbers: a wave waits for the one before it. */
function ends(steps: readonly Step[], width: number): Line[] {
  const times = steps.flatMap(({ pace }) => pace?.time ?? []);
  const waves = [...new Set(steps.map(({ wave }) => wave))].map(wave => steps.filter(step => step.wave === wave));
  const longest = waves.map(own => Math.max(0, ...own.map(({ pace }) => pace?.time?.within ?? 0)));
  const within = longest.reduce((sum, time) => sum + time, 0);
  const stalled = Math.max(0, ...times.map(time => time.stalledAfter ?? 0));
  const open = times.some(time => time.stalledAfter === undefined);
  const parts = [
    ...(within === 0 ? [] : [`over within ${span(within)}: ${span(stalled)} without progress fail a Deployment`]),
    ...(open ? ['nothing ends a StatefulSet that waits for a pod'] : []),
  ];
  return parts.length === 0 ? [] : wrap([INDENT, painted('dim', parts.join('; '))], width, COLUMN + 2);
}

/** Where most subjects of a section end, in columns. */
const WIDEST_SUBJECT = 34;

/** Steps of some kinds: what it happens to, what happens, and where that is not everywhere. */
function happening(course: Course, kinds: readonly StepKind[]): Line[] {
  const { timeline, width, touched } = course;
  if (kinds.includes('sync')) return syncs(course);
  const steps = timeline.filter(({ kind }) => kinds.includes(kind));
  const subjects = steps.map(({ subject }) => subject.length).filter(length => length <= WIDEST_SUBJECT);
  const column = COLUMN + (subjects.every(length => length === 0) ? 0 : 2) + Math.max(0, ...subjects);
  const lines = steps.slice(0, MOST).flatMap(step => {
    const place = step.units.length === touched ? '' : `; in ${whose(step.units, course)}`;
    const start = step.subject === '' ? [INDENT] : padTo([INDENT, step.subject], column);
    const inWave = step.wave === undefined ? '' : `wave ${step.wave}: `;
    return wrap([...start, `${inWave}${withReason(step)}${place}`], width, COLUMN + 2);
  });
  return [...lines, ...andMore(steps.length - MOST, COLUMN), ...ends(steps, width)];
}

function withReason({ kind, text, because }: Step): string {
  if (because === undefined) return text;
  if (kind === 'roll' || kind === 'next-run') return `for ${because}: ${text}`;
  return kind === 'restart' || kind === 'at-once' ? `${text}; ${because}` : `${because}: ${text}`;
}

function reaches({ radius, units, width }: Course): Line[] {
  if (radius.units.length === 0) return [];
  const parts = [howMany(radius.units, units), ...reachedInWords(radius, 4)];
  const shared = radius.shared.map(({ file }) => tailOf(file));
  const through = shared.length === 0 ? '' : `; shared: ${list(shared, 2)}`;
  return wrap([INDENT, `${parts.join(', ')}${through}`], width, COLUMN);
}
