import type { Finding } from '../rule/finding.ts';
import { frame } from './frame.ts';
import { count, type Line, lengthOf, padTo, painted, wrap } from './line.ts';
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
