import type { Level, Obligation } from '../risk/verdict.ts';
import type { Finding } from '../rule/finding.ts';
import { frame } from './frame.ts';
import { count, type Line, lengthOf, list, type Paint, padTo, painted, wrap } from './line.ts';
import { placeOf } from './place.ts';
import type { Result, Unknown } from './result.ts';
import { type Units, where } from './where.ts';

/** Where the right-hand part of a heading starts, in columns. */
const RIGHT = 48;

/** A mistake: its rule and units, what is wrong, the place with the lines around it, why, and what to do. */
export function findingBlock(finding: Finding, units: Units, width: number): Line[] {
  const quoted = frame(finding.span, width);
  return [
    heading([painted(finding.severity, finding.severity), '  ', painted('strong', finding.rule)], finding.units, units),
    ...wrap([`  ${finding.message}`], width, 2),
    [],
    ['   ', painted('dim', placeOf(finding.span))],
    ...quoted,
    [],
    ...wrap([`  ${finding.why}`], width, 2),
    ...wrap([`  Fix: ${finding.fix}`], width, 2),
  ];
}

/** What could not be known or was not analysed, where, why, and how to find out. */
export function unknownBlock(
  word: 'unknown' | 'incomplete',
  { what, why, hint, span, units: keys }: Unknown,
  units: Units,
  width: number,
): Line[] {
  const paint = word === 'unknown' ? 'medium' : 'error';
  return [
    heading([painted(paint, word), '  ', painted('strong', what)], keys, units),
    ...(span === undefined ? [] : [['  ', painted('dim', placeOf(span))] as const]),
    ...wrap([`  ${why}`], width, 2),
    ...(hint === undefined ? [] : wrap([`  See it: ${hint}`], width, 2)),
  ];
}

function heading(start: Line, keys: readonly string[], units: Units): Line {
  return keys.length === 0 ? start : [...padTo(start, RIGHT), where(keys, units)];
}

/** The last line: the level and how many findings; nothing where the level alone was said above. */
export function summaryOf({ subject, verdict, findings, incomplete }: Result, failed: boolean): Line[] {
  if (findings.length + incomplete.length === 0) return [];
  const found = (['error', 'warning', 'info'] as const).flatMap(severity => {
    const number = findings.filter(finding => finding.severity === severity).length;
    if (number === 0) return [];
    return [severity === 'info' ? `${number} info` : count(number, severity)];
  });
  const gaps = incomplete.length === 0 ? [] : [`incomplete: ${count(incomplete.length, 'part')} not analysed`];
  const level =
    subject.kind === 'tree' ? [] : [painted(verdict.level === 'none' ? 'low' : verdict.level, verdict.level), '  '];
  const line: Line = [...level, [...found, ...gaps].join(', ')];
  if (!failed || subject.kind !== 'staged') return [line];
  return lengthOf(line) === 0 ? [] : [[...padTo(line, RIGHT + 1), 'not committed']];
}

const BOXES: Readonly<Record<Obligation['state'], string>> = { met: '[x]', unmet: '[ ]', unknown: '[?]' };

/** What is to be done before the push, whether it was, and whom to ask. */
export function beforeLines({ verdict }: Result, units: Units, width: number, indent: number): Line[] {
  const titles = verdict.obligations.map(obligation => obligation.title.length);
  const column = indent + 4 + Math.min(28, Math.max(0, ...titles)) + 2;
  const obligations = verdict.obligations.flatMap(obligation => {
    const box = BOXES[obligation.state];
    const start: Line = [' '.repeat(indent), painted(obligation.state === 'met' ? 'good' : 'warning', box), ' '];
    const some = obligation.units.length > 0 && obligation.units.length < units.size;
    const concerns = some ? `${where(obligation.units, units)}: ` : '';
    return wrap([...padTo([...start, obligation.title], column), `${concerns}${obligation.evidence}`], width, column);
  });
  const ask = verdict.consult.length === 0 ? [] : [[' '.repeat(indent), `ask first: ${list(verdict.consult, 9)}`]];
  return [...obligations, ...ask];
}

/** For a range: a line a commit. */
export function commitsBlock({ commits }: Result): Line[] {
  return commits.map(({ commit, title, verdict, errors }): Line => {
    const level = padTo([`  ${commit.slice(0, 8)}  `, painted(paintOf(verdict.level), verdict.level)], 20);
    return [...level, title, ...(errors === 0 ? [] : [painted('error', `  ${count(errors, 'error')}`)])];
  });
}

/** What was looked at, where nothing came of it. */
export function nothingChanged({ subject, units, files }: Result): string {
  if (subject.kind === 'tree') return `${count(units.length, 'unit')}, nothing found`;
  if (files.seen.length === 0) return subject.kind === 'staged' ? 'nothing is staged' : 'no file changed';
  const seen = `${count(files.seen.length, 'file')}: ${list(files.seen, 3)}`;
  if (units.length === 0) return `nothing that deploys changed (${seen})`;
  return `nothing changes in the cluster (${count(units.length, 'unit')} compared; ${seen})`;
}

/** Said only where it is not all: files that no unit reads while others are read. */
export function skipped({ files, units }: Result): Line[] {
  if (files.skipped.length === 0 || units.length === 0) return [];
  const told = files.skipped.map(({ path, reason }) => `${path} (${reason})`);
  return [[painted('dim', `  skipped  ${list(told, 3)}`)]];
}

/** What was left out is said. */
export function andMore(number: number, indent: number): Line[] {
  if (number <= 0) return [];
  return [[' '.repeat(indent), painted('dim', `and ${number} more: --format json has them all`)]];
}

export function paintOf(level: Level): Paint {
  return level === 'none' ? 'low' : level;
}
