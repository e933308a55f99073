import {
  allowedLines,
  BOXES,
  commitsBlock,
  findingBlocks,
  paintOf,
  skipped,
  summaryOf,
  unknownBlocks,
} from './blocks.ts';
import { andMore, changeLines } from './changes.ts';
import type { Check } from './explanation/checklist.ts';
import { type Explanation, explanationOf } from './explanation/explanation.ts';
import { firstOfEach } from './explanation/landed.ts';
import type { StepKind } from './explanation/steps.ts';
import type { Step } from './explanation/timeline.ts';
import { apart, count, type Line, lengthOf, list, padTo, painted, print, span, wrap } from './line.ts';
import { placeText, tailOf } from './place.ts';
import type { Result } from './result.ts';
import { readable, type TextOptions } from './text.ts';
import { howMany, type Units, unitsOf, where } from './where.ts';

/** Where the text of a section starts, in columns. */
const COLUMN = 13;
const INDENT = ' '.repeat(COLUMN);

/** Lines of a section before the rest is only counted. */
const MOST = 40;

interface Setting {
  readonly explanation: Explanation;
  readonly units: Units;
  readonly width: number;
}

/** The result told to a reviewer in a terminal: verdict, changes, what happens, whom it reaches, before, landed, back. */
export function explain(result: Result, { palette, failed, ...options }: TextOptions): string {
  const width = readable(options.width);
  const units = unitsOf(result);
  const setting: Setting = { explanation: explanationOf(result), units, width };
  const blocks: Line[][] = [
    heading(setting),
    [
      ...section('Changes', changes(setting)),
      ...section('Stops', happening(setting, ['stop'])),
      ...section('Syncs', [...syncs(setting), ...happening(setting, ['pre-hook', 'post-hook'])]),
      ...section('Creates', happening(setting, ['create'])),
      ...section('Updates', happening(setting, ['update', 'database'])),
      ...section('Rolls', [
        ...happening(setting, ['roll', 'restart', 'at-once', 'stays', 'next-run']),
        ...ends(setting),
      ]),
      ...section('Prunes', happening(setting, ['prune'])),
      ...section('Reaches', reaches(setting)),
      ...section('Before', before(setting)),
      ...section('Landed?', landed(setting)),
      ...section('Back', back(setting)),
    ],
    commitsBlock(result, width),
    ...unknownBlocks('unknown', result.unknowns, units, width),
    ...findingBlocks(result.findings, units, width),
    ...unknownBlocks('incomplete', result.incomplete, units, width),
    allowedLines(result, width),
    skipped(result, width),
    summaryOf(result, failed),
  ];
  return print(apart(blocks), palette);
}

function heading({ explanation, units, width }: Setting): Line[] {
  const { level, name, title, reasons, nothing } = explanation;
  const first: Line = [painted(paintOf(level), level.toUpperCase()), `  ${name}  `, painted('strong', title)];
  const lines = reasons.flatMap(reason => {
    const shape = reason.shape === '' ? '' : ` (${reason.shape})`;
    const start = padTo(['  ', painted(paintOf(reason.level), reason.level)], 10);
    return wrap([...start, `${where(reason.units, units)}: ${reason.title}${shape}: ${reason.why}`], width, 10);
  });
  return [...wrap(first, width, 8), [], ...lines, ...(nothing === undefined ? [] : [[`  ${nothing}`]])];
}

/** The lines under a label; nothing where there are none. */
function section(label: string, lines: readonly Line[]): Line[] {
  return lines.map((line, i) => {
    if (i > 0) return line;
    const [, ...rest] = line;
    return [...padTo(['  ', painted('strong', label)], COLUMN), ...rest];
  });
}

function changes({ explanation, units, width }: Setting): Line[] {
  const groups = explanation.changes.map(group => ({
    where: where(group.units, units),
    tellings: group.changes.map(({ text, places }) => ({ text, places: places.map(placeText) })),
  }));
  return changeLines(groups, { width, indent: COLUMN, most: MOST, withoutUnits: explanation.units.length === 1 });
}

/** The Applications by name, with what Argo CD does with them; a unit without one by what people call it. */
function syncs({ explanation, units, width }: Setting): Line[] {
  const steps = explanation.timeline.filter(({ kind }) => kind === 'sync');
  const lines = steps.slice(0, MOST).flatMap(step => {
    const names = step.units.flatMap(key => units.get(key)?.application?.name ?? []);
    const who = names.length === 0 || names.length > 3 ? where(step.units, units) : names.join(', ');
    return wrap([INDENT, `${who}: ${step.text}`], width, COLUMN + 2);
  });
  return [...lines, ...andMore(steps.length - MOST, COLUMN)];
}

/** When the last roll is over, by the manifests' own numbers. */
function ends({ explanation, width }: Setting): Line[] {
  const times = explanation.timeline.flatMap(({ pace }) => pace?.time ?? []);
  const within = Math.max(0, ...times.map(time => time.within ?? 0));
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
function happening({ explanation, units, width }: Setting, kinds: readonly StepKind[]): Line[] {
  const steps = explanation.timeline.filter(({ kind }) => kinds.includes(kind));
  const touched = explanation.units.length;
  const subjects = steps.map(({ subject }) => subject.length).filter(length => length <= WIDEST_SUBJECT);
  const column = COLUMN + (subjects.every(length => length === 0) ? 0 : 2) + Math.max(0, ...subjects);
  const lines = steps.slice(0, MOST).flatMap(step => {
    const place = step.units.length === touched ? '' : `; in ${where(step.units, units)}`;
    const start = step.subject === '' ? [INDENT] : padTo([INDENT, step.subject], column);
    return wrap([...start, `${inWave(step)}${step.text}${place}`], width, Math.min(column, lengthOf(start)));
  });
  return [...lines, ...andMore(steps.length - MOST, COLUMN)];
}

function inWave({ wave, because, kind }: Step): string {
  if (kind === 'pre-hook' || kind === 'post-hook') return `${because ?? 'hook'} `;
  return wave === undefined ? '' : `wave ${wave}: `;
}

function reaches({ explanation, units, width }: Setting): Line[] {
  const { radius } = explanation;
  if (radius.units.length === 0) return [];
  const { clients, hostnames, workloads, pods } = radius;
  const parts = [
    howMany(radius.units, units),
    ...(clients.length === 0 ? [] : [`${count(clients.length, 'client')} (${list(clients, 4)})`]),
    ...(workloads === 0 ? [] : [`${count(workloads, 'workload')}${podCount(pods)}`]),
    ...(hostnames.length === 0 ? [] : [list(hostnames, 4)]),
  ];
  const [shared] = radius.shared;
  const through = shared === undefined ? '' : `; shared: ${tailOf(shared.file)}`;
  return wrap([INDENT, `${parts.join(', ')}${through}`], width, COLUMN);
}

function podCount({ min, max }: Explanation['radius']['pods']): string {
  if (max === 0) return '';
  return ` of ${min === max ? count(max, 'pod') : `${min} to ${max} pods`}`;
}

function before({ explanation, units, width }: Setting): Line[] {
  const { checklist, consult } = explanation;
  const column = COLUMN + 4 + Math.min(28, Math.max(0, ...checklist.map(({ title }) => title.length))) + 2;
  const checks = checklist.flatMap(check => [
    ...checkLines(check, { units, width, column, all: explanation.units.length }),
    ...check.commands.map((command): Line => [' '.repeat(column), painted('dim', command)]),
  ]);
  return [...checks, ...(consult.length === 0 ? [] : [[INDENT, `ask first: ${list(consult, 9)}`]])];
}

function checkLines(
  { state, title, evidence, units: keys }: Check,
  { units, width, column, all }: { units: Units; width: number; column: number; all: number },
): Line[] {
  const start: Line = [INDENT, painted(state === 'met' ? 'good' : 'warning', BOXES[state]), ' ', title];
  const concerns = keys.length > 0 && keys.length < all ? `${where(keys, units)}: ` : '';
  return wrap([...padTo(start, column), `${concerns}${evidence}`], width, column);
}

/** Commands that show whether the change is there; a handful of each kind, since each has to be run by somebody. */
function landed({ explanation }: Setting): Line[] {
  const { looks, links } = explanation;
  const commands = firstOfEach(looks, 3).flatMap(({ looks: own, more }) => [
    ...own.map(({ command }) => command),
    ...(more === 0 ? [] : [`# and ${more} more like it`]),
  ]);
  const titles = [...new Set(links.map(({ title, address, query }) => `${title}: ${address ?? query ?? ''}`))];
  const rest = titles.length - 3;
  const addresses = [...titles.slice(0, 3), ...(rest > 0 ? [`# and ${rest} more like it`] : [])];
  return [...commands, ...addresses].map((command): Line => [INDENT, command]);
}

function back({ explanation, width }: Setting): Line[] {
  const { commands, when, restores, stays, notes } = explanation.back;
  if (explanation.units.length === 0) return [];
  const all = restores === 'yes' ? ['the cluster is then as it was, as far as the manifests say'] : [];
  const lines = [...stays, ...all, ...notes].flatMap(line => wrap([INDENT, line], width, COLUMN + 2));
  const once = when === undefined ? '' : `     ${when}`;
  return [...commands.map((command): Line => [INDENT, command, once]), ...lines];
}
