import { NO_STAGING } from '../gitops/staging.ts';
import { termOf } from '../policy/allowance.ts';
import type { Level, Obligation } from '../risk/verdict.ts';
import type { Finding } from '../rule/finding.ts';
import type { Span } from '../yaml/node.ts';
import { frame } from './frame.ts';
import { count, type Line, lengthOf, list, type Paint, padTo, painted, severitiesOf, wrap } from './line.ts';
import { placeOf } from './place.ts';
import type { Result, Unknown } from './result.ts';
import { type Units, where } from './where.ts';

/** Where the right-hand part of a heading starts, in columns. */
const RIGHT = 48;

/** Places of one mistake that are told before the rest is only counted. */
const MOST_PLACES = 5;

/**
 * Mistakes: rule and units, what is wrong, the place with the lines around it, why, and what to do. The same words in
 * several places are one mistake; why it matters is said once a rule, and what to do once a file where it is the same.
 */
export function findingBlocks(findings: readonly Finding[], units: Units, width: number): Line[][] {
  const explained = new Set<string>();
  const advised = new Set<string>();
  return alike(findings, ({ rule, severity, message, fix }) => [rule, severity, message, fix]).map(same => {
    const [finding] = same;
    const isAgain = explained.has(finding.rule);
    const why = isAgain ? [] : wrap([`  ${finding.why}`], width, 2);
    explained.add(finding.rule);
    const advice = JSON.stringify([finding.rule, finding.fix, finding.span.source.file]);
    const isAdvised = advised.has(advice);
    advised.add(advice);
    const start: Line = [painted(finding.severity, finding.severity), '  ', painted('strong', finding.rule)];
    if (isAdvised || (isAgain && finding.severity === 'info')) {
      return [
        ...heading(start, about(same, units), width),
        ...wrap([`  ${finding.message}`], width, 2),
        ...placeLines(same.map(({ span }) => span)),
      ];
    }
    return [
      ...heading(start, about(same, units), width),
      ...wrap([`  ${finding.message}`], width, 2),
      [],
      ...placeLines(same.map(({ span }) => span)),
      ...(finding.isConfidential ? [] : frame(finding.span, width)),
      [],
      ...why,
      ...wrap([`  Fix: ${finding.fix}`], width, 2),
    ];
  });
}

/** Whether staging has run what moves in production, for a report without obligations; nothing where there is no staging. */
export function stagingLines({ staging }: Result, width: number): Line[] {
  const known = staging.filter(({ evidence }) => evidence !== NO_STAGING);
  return known.flatMap(({ evidence }) => wrap([painted('dim', '  staging  '), evidence], width, 11));
}

/** What the team lives with, a line each: the rule, where, until when, and why. */
export function allowedLines({ allowed, baselined }: Result, width: number): Line[] {
  const lines = allowed.flatMap(({ finding, by, isNew }) => {
    const start: Line = [painted('dim', '  allowed  '), finding.rule, ` at ${placeOf(finding.span)}`];
    const fresh = isNew ? [painted('warning', ' by this change')] : [];
    return wrap([...start, ...fresh, `${termOf(by)}: ${by.reason}`], width, 11);
  });
  const known = count(baselined.length, 'finding that is in the baseline', 'findings that are in the baseline');
  return baselined.length === 0 ? lines : [...lines, [painted('dim', `  left out  ${known}`)]];
}

/** What could not be known or was not analysed, where, why, and how to find out. */
export function unknownBlocks(
  word: 'unknown' | 'incomplete',
  unknowns: readonly Unknown[],
  units: Units,
  width: number,
): Line[][] {
  const start: Line = [painted(word === 'unknown' ? 'medium' : 'error', word), '  '];
  return alike(unknowns, ({ what, why, hint }) => [what, why, hint ?? null]).map(same => {
    const [{ what, why, hint }] = same;
    return [
      ...heading([...start, painted('strong', what)], placeIn(same, units), width),
      ...placeLines(same.flatMap(({ span }) => span ?? [])),
      ...wrap([`  ${why}`], width, 2),
      // A command is not broken, so that it can be copied.
      ...(hint === undefined ? [] : [[`  See it: ${hint}`]]),
    ];
  });
}

export function alike<T>(all: readonly T[], keyOf: (one: T) => unknown[]): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const key = JSON.stringify(keyOf(one));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

function unite(same: readonly { readonly units: readonly string[] }[]): string[] {
  return [...new Set(same.flatMap(({ units }) => units))].sort();
}

/** The first place stands alone, so that the lines around it can follow; the others are above it. */
function placeLines(spans: readonly Span[]): Line[] {
  const [first, ...others] = [...new Set(spans.map(placeOf))];
  if (first === undefined) return [];
  const told = others.slice(0, MOST_PLACES - 1).map((place): Line => ['   ', painted('dim', place)]);
  const rest = others.length - told.length;
  const more: Line[] = rest === 0 ? [] : [['   ', painted('dim', `and ${count(rest, 'more place', 'more places')}`)]];
  return [...told, ...more, ['   ', painted('dim', first)]];
}

/** What is said of where a mistake is: its units, or else the commit whose message it is in. */
function about(same: readonly Finding[], units: Units): string {
  const [commit] = same.flatMap(finding => finding.commit ?? []);
  const place = placeIn(same, units);
  return place === '' && commit !== undefined ? `commit ${commit.slice(0, 8)}` : place;
}

function placeIn(same: readonly { readonly units: readonly string[] }[], units: Units): string {
  return where(unite(same), units);
}

/** The place on the same line where it fits, else below. */
function heading(start: Line, place: string, width: number): Line[] {
  if (place === '') return wrap(start, width, 2);
  const line = [...padTo(start, RIGHT), place];
  return lengthOf(line) <= width ? [line] : [...wrap(start, width, 2), ...wrap([`  in ${place}`], width, 4)];
}

/** The last line: the level, what was found, and what comes of it. Nothing where the level alone was said above. */
export function summaryOf(result: Result, failed: boolean): Line[] {
  const { subject, verdict, findings, unknowns, incomplete, units } = result;
  const found = severitiesOf(findings);
  const broken = incomplete.length > 0;
  if (found.length === 0 && !broken && unknowns.length > 0 && verdict.level === 'none')
    return [[nothingChanged(result)]];
  if (found.length === 0 && !broken && !failed) return [];
  const level = painted(paintOf(verdict.level), verdict.level);
  const start: Line = subject.kind === 'tree' ? [count(units.length, 'unit')] : [level];
  // What was not analysed may hold anything: the level is only that of the rest.
  const gap: Line = [painted('error', 'incomplete'), `  ${count(incomplete.length, 'part')} not analysed; the rest: `];
  const line: Line = [...(broken ? gap : []), ...start, found.length === 0 ? '' : `  ${found.join(', ')}`];
  return failed && subject.kind === 'staged' ? [[...padTo(line, RIGHT + 1), 'not committed']] : [line];
}

const BOXES: Readonly<Record<Obligation['state'], string>> = { met: '[x]', unmet: '[ ]', unknown: '[?]' };

/** A list of things to be done before the push. */
interface Checks {
  readonly units: Units;
  /** How many units there are in all: what is to be done in each of them names none. */
  readonly touched: number;
  readonly width: number;
  readonly indent: number;
  /** Where the evidence begins, in columns. */
  readonly column: number;
}

/** Where the evidence behind these titles begins, in columns. */
export function evidenceColumn(titles: readonly string[], indent: number): number {
  return indent + '[x] '.length + Math.min(28, Math.max(0, ...titles.map(title => title.length))) + 2;
}

/** One of them with its box, and what is known of it. */
export function checkLines(
  { state, title, evidence, units: keys }: Pick<Obligation, 'state' | 'title' | 'evidence' | 'units'>,
  { units, touched, width, indent, column }: Checks,
): Line[] {
  const start: Line = [' '.repeat(indent), painted(state === 'met' ? 'good' : 'warning', BOXES[state]), ' ', title];
  const concerns = keys.length > 0 && keys.length < touched ? `${where(keys, units)}: ` : '';
  return wrap([...padTo(start, column), `${concerns}${evidence}`], width, column);
}

/** What is told of a version that need not have been there. */
const ON_STAGING = 'on staging';

/** What is to be done before the push, whether it was, what else ran on staging, and whom to ask. */
export function beforeLines({ verdict, staging }: Result, units: Units, width: number, indent: number): Line[] {
  const titles = [...verdict.obligations.map(({ title }) => title), ...(staging.length === 0 ? [] : [ON_STAGING])];
  const column = evidenceColumn(titles, indent);
  const checks: Checks = { units, touched: units.size, width, indent, column };
  const obligations = verdict.obligations.flatMap(obligation => checkLines(obligation, checks));
  const told = new Set(verdict.obligations.map(({ evidence }) => evidence));
  const records = staging.filter(({ evidence }) => !told.has(evidence));
  const known = records.flatMap(({ evidence }) =>
    wrap([...padTo([' '.repeat(indent), '    ', ON_STAGING], column), evidence], width, column),
  );
  const ask = verdict.consult.length === 0 ? [] : [[' '.repeat(indent), `ask first: ${list(verdict.consult, 9)}`]];
  return [...obligations, ...known, ...ask];
}

/** For a range a line a commit; for a merge how it looks from its other parents, where it changes something there. */
export function commitsBlock({ subject, commits }: Result, width: number): Line[] {
  return commits.flatMap(({ commit, title, verdict, errors }, i) => {
    const parent = subject.kind === 'commit' ? subject.parents[i + 1] : undefined;
    const level = painted(paintOf(verdict.level), verdict.level);
    const found = errors === 0 ? [] : [painted('error', `  ${count(errors, 'error')}`)];
    if (parent !== undefined) {
      const isNothing = verdict.level === 'none' && errors === 0;
      return isNothing ? [] : [[`  seen from its other parent ${parent.slice(0, 8)}  `, level, ...found]];
    }
    return wrap([...padTo([`  ${commit.slice(0, 8)}  `, level], 20), title, ...found], width, 20);
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

/** Manifests by their names, but for those of tools, such as `.github/workflows/test.yaml`. */
const MANIFEST = /^(?!\.|.*\/\.).*\.ya?ml$/i;

/** Files of the same reason that are named before the rest is only counted. */
const MOST_SKIPPED = { manifest: 5, other: 3 };

/**
 * Said only where it is not all: files that no unit reads while others are read, and of which no change tells. First
 * what its author may well have meant to deploy.
 */
export function skipped({ files, units }: Result, width: number): Line[] {
  if (units.length === 0) return [];
  const start: Line = [painted('dim', '  skipped  ')];
  const told = new Set(units.flatMap(({ facts }) => facts.map(({ span }) => span.source.file)));
  const untold = files.skipped.filter(({ path }) => !told.has(path));
  const of = (kind: 'manifest' | 'other') => {
    const own = untold.filter(({ path }) => MANIFEST.test(path) === (kind === 'manifest'));
    return alike(own, ({ reason }) => [reason]).flatMap(same => {
      const names = list(
        same.map(({ path }) => path),
        MOST_SKIPPED[kind],
      );
      return wrap([...start, painted('dim', `${names}: ${same[0].reason}`)], width, 11);
    });
  };
  return [...of('manifest'), ...of('other')];
}

export function paintOf(level: Level): Paint {
  return level === 'none' ? 'dim' : level;
}
