import { LEVELS } from '../../risk/verdict.ts';
import { count, type Line, type Palette, padTo, painted, print, wrap } from '../line.ts';
import { byRule, type Firing, firingsOf, type Past, type PastCommit, worst } from './past.ts';

/** The past for a terminal: each commit with what is wrong with it, then how it all adds up. */
export function historyText(past: Past, { width, palette }: { width: number; palette: Palette }): string {
  const { commits } = past;
  if (commits.length === 0) return print([['no commits between the two']], palette);
  const lines = [...commits.flatMap(commit => told(commit, width)), [], ...sum(past)];
  return print(lines, palette);
}

const SHORT = 9;
const INDENT = 10;

function told({ commit, date, title, level, findings, incomplete }: PastCommit, width: number): Line[] {
  const shade = level === 'none' ? 'dim' : level;
  const head: Line = [...padTo([painted(shade, level)], INDENT), painted('strong', commit.slice(0, SHORT))];
  const groups = [...byRule(findings)].map(([rule, [first, ...others]]): Line => {
    const severity = worst([first, ...others].flatMap(one => one?.severity ?? []));
    const at = first === undefined ? '' : `${first.location.file}:${first.location.line}`;
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    const mark: Line = [' '.repeat(INDENT), ...padTo([painted(severity, severity)], 9)];
    return [...mark, painted('strong', rule), `  ${first?.message ?? ''}  `, painted('dim', `${at}${more}`)];
  });
  const gaps = incomplete.map((why): Line => [' '.repeat(INDENT), ...padTo([painted('medium', 'unknown')], 9), why]);
  return [
    [...head, `  ${date.slice(0, 10)}  ${title}`],
    ...[...groups, ...gaps].flatMap(line => wrap(line, width, INDENT + 9)),
  ];
}

function sum({ from, to, commits }: Past): Line[] {
  const firings = firingsOf(commits);
  const levels = LEVELS.toReversed().flatMap((level): Line => {
    const number = commits.filter(commit => commit.level === level).length;
    return number === 0 ? [] : ['  ', painted(level === 'none' ? 'dim' : level, `${number} ${level}`)];
  });
  const clean = commits.filter(({ findings }) => findings.length === 0).length;
  return [
    [
      painted('strong', count(commits.length, 'commit')),
      ` ${from.slice(0, SHORT)}..${to.slice(0, SHORT)}`,
      ...levels,
      `  ${clean} without a finding`,
    ],
    ...(firings.length === 0 ? [] : [[], ...table(firings)]),
  ];
}

function table(firings: readonly Firing[]): Line[] {
  const widest = Math.max(...firings.map(({ rule }) => rule.length));
  const right = (text: string | number) => String(text).padStart(9);
  return [
    [painted('dim', `${'Rule'.padEnd(9 + widest)}${right('Commits')}${right('Findings')}  Newest`)],
    ...firings.map(
      ({ rule, severity, findings, commits, newest }): Line => [
        ...padTo([painted(severity, severity)], 9),
        painted('strong', rule.padEnd(widest)),
        `${right(commits)}${right(findings)}  ${newest.commit.slice(0, SHORT)}  `,
        painted('dim', newest.title),
      ],
    ),
  ];
}
