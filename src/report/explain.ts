import type { Level } from '../risk/verdict.ts';
import {
  allowedLines,
  checkLines,
  commitsBlock,
  evidenceColumn,
  findingBlocks,
  paintOf,
  skipped,
  summaryOf,
  unknownBlocks,
} from './blocks.ts';
import { changeLines } from './changes.ts';
import { COLUMN, courseLines, INDENT, MOST, section, whose } from './course.ts';
import { type Explanation, explanationOf, lowerReasons } from './explanation/explanation.ts';
import { firstOfEach, type Look } from './explanation/landed.ts';
import { apart, type Line, lengthOf, list, padTo, painted, print, wrap } from './line.ts';
import { placeText } from './place.ts';
import type { Result } from './result.ts';
import { readable, type TextOptions } from './text.ts';
import { howMany, type Units, unitsOf, where } from './where.ts';

interface Setting {
  readonly explanation: Explanation;
  readonly units: Units;
  readonly width: number;
}

/** The result told to a reviewer in a terminal: verdict, changes, what happens, whom it reaches, before, landed, back. */
export function explain(result: Result, { palette, failed, ...options }: TextOptions): string {
  const width = readable(options.width);
  const units = unitsOf(result);
  const explanation = explanationOf(result);
  const { timeline, radius } = explanation;
  const setting: Setting = { explanation, units, width };
  const blocks: Line[][] = [
    heading(setting),
    [
      ...section('Changes', changes(setting)),
      ...courseLines({ timeline, radius, touched: explanation.units.length, units, width }),
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
    if (reason.level !== level) return [];
    const shape = reason.shape === '' ? '' : ` (${reason.shape})`;
    return reasonLines(reason.level, `${where(reason.units, units)}: ${reason.title}${shape}: ${reason.why}`, width);
  });
  // What is less risky than the commit is told by its changes; here it is only named.
  for (const lower of lowerReasons(explanation)) {
    lines.push(...reasonLines(lower.level, `${lower.titles.join(', ')} in ${howMany(lower.units, units)}`, width));
  }
  return [...wrap(first, width, 8), [], ...lines, ...(nothing === undefined ? [] : [[`  ${nothing}`]])];
}

function reasonLines(level: Level, text: string, width: number): Line[] {
  return wrap([...padTo(['  ', painted(paintOf(level), level)], 10), text], width, 10);
}

function changes({ explanation, units, width }: Setting): Line[] {
  const groups = explanation.changes.map(group => ({
    where: whose(group.units, { units, touched: explanation.units.length }),
    tellings: group.changes.map(({ text, places }) => ({ text, places: places.map(placeText) })),
  }));
  return changeLines(groups, { width, indent: COLUMN, most: MOST, withoutUnits: explanation.units.length === 1 });
}

function before({ explanation, units, width }: Setting): Line[] {
  const { checklist, consult } = explanation;
  const titles = checklist.map(({ title }) => title);
  const column = evidenceColumn(titles, COLUMN);
  const checks = checklist.flatMap(check => [
    ...checkLines(check, { units, touched: explanation.units.length, width, indent: COLUMN, column }),
    ...check.commands.map((command): Line => [' '.repeat(column), painted('dim', command)]),
  ]);
  return [...checks, ...(consult.length === 0 ? [] : [[INDENT, `ask first: ${list(consult, 9)}`]])];
}

/** Commands that show whether the change is there; a handful of each kind, since each has to be run by somebody. */
function landed({ explanation, width }: Setting): Line[] {
  const { looks, links } = explanation;
  const commands = firstOfEach(looks, 3).flatMap(({ looks: own, more }) => [
    ...own.flatMap((look, i) => (i === 0 ? lookLines(look, width) : [[INDENT, look.command]])),
    ...(more === 0 ? [] : [[INDENT, `# and ${more} more like it`]]),
  ]);
  const titles = [...new Set(links.map(({ title, address, query }) => `${title}: ${address ?? query ?? ''}`))];
  const rest = titles.length - 3;
  const addresses = [...titles.slice(0, 3), ...(rest > 0 ? [`# and ${rest} more like it`] : [])];
  return [...commands, ...addresses.map((address): Line => [INDENT, address])];
}

/** A command is not broken, so that it can be copied; what to see stands beside it, and the image below. */
function lookLines({ command, shows, asks }: Look, width: number): Line[] {
  const line: Line = [INDENT, command];
  if (asks === 'deploy-lint') return [line];
  if (lengthOf(line) + 4 + shows.length <= width) return [[...line, painted('dim', `  # ${shows}`)]];
  return asks === 'pods' ? [line, ...wrap([INDENT, '  ', painted('dim', `# ${shows}`)], width, COLUMN + 2)] : [line];
}

/** Whether all of it comes back; where something does not, that is said by itself. */
const IN_ALL: Readonly<Record<Explanation['back']['restores'], readonly string[]>> = {
  yes: ['the cluster is then as it was, as far as the manifests say'],
  partly: [],
  unknown: ['whether all of it comes back is not known: a part of the change is not in this repository'],
};

function back({ explanation, width }: Setting): Line[] {
  const { commands, when, restores, stays, notes } = explanation.back;
  if (explanation.units.length === 0) return [];
  const lines = [...stays, ...IN_ALL[restores], ...notes].flatMap(line => wrap([INDENT, line], width, COLUMN + 2));
  const once = when === undefined ? '' : `     ${when}`;
  return [...commands.map((command): Line => [INDENT, command, once]), ...lines];
}
