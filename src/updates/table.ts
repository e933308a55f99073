import { count, type Line, type Paint, padTo, painted, wrap } from '../report/line.ts';
import type { Row } from './check.ts';
import type { Class } from './decide.ts';

const PAINT: Readonly<Record<Class, Paint>> = {
  current: 'dim',
  'safe-auto': 'good',
  'needs-a-human': 'medium',
  'manual-only': 'medium',
  held: 'dim',
  unknown: 'error',
};

const HEADER = ['component', 'current', 'allowed', 'newest', 'class', 'why'];
const GAP = 2;
/** Where fewer columns are left for the reason, it stands in lines of its own. */
const LEAST_FOR_WHY = 30;

/** The table of components for a terminal, `width` columns wide, and below it what can be done. */
export function updatesTable(rows: readonly Row[], width: number): Line[] {
  const cells = rows.map(cellsOf);
  const names = HEADER.slice(0, -1);
  const columns = names.map((name, i) => GAP + Math.max(name.length, ...cells.map(row => (row[i] ?? '').length)));
  const left = columns.reduce((sum, column) => sum + column, 0);
  const beside = width - left >= LEAST_FOR_WHY;
  const header = names.map((name, i) => name.padEnd(columns[i] ?? 0)).join('');
  const body = rows.flatMap((row, i): Line[] => {
    const start = (cells[i] ?? []).map((text, column) => {
      const cell = text.padEnd(columns[column] ?? 0);
      return column === names.length - 1 ? painted(PAINT[row.class], cell) : cell;
    });
    const why = whyOf(row).map(text => painted('dim', text));
    if (!beside) return [start, ...why.flatMap(text => wrap(['    ', text], width, 4))];
    const [first = [], ...others] = why.flatMap(text => wrap([text], width - left, 0));
    return [[...start, ...first], ...others.map((rest): Line => [' '.repeat(left), ...rest])];
  });
  return [[painted('dim', beside ? header + HEADER.at(-1) : header)], ...body, [], ...closing(rows)];
}

function cellsOf({ component, class: kind, allowed, newest }: Row): string[] {
  return [component.name.text, component.version.text, allowed?.version ?? '', newest?.version ?? '', kind];
}

/** The reasons, and the versions on the way where it takes several steps. */
export function whyOf({ why, steps }: Row): string[] {
  return steps.length < 2 ? [...why] : [...why, `one minor at a time: ${steps.join(', then ')}`];
}

function closing(rows: readonly Row[]): Line[] {
  const of = (kind: Class) => rows.filter(row => row.class === kind);
  const parts = [
    `${count(rows.length, 'component')}`,
    ...(['safe-auto', 'needs-a-human', 'manual-only', 'held', 'unknown'] as const).flatMap(kind =>
      of(kind).length === 0 ? [] : [`${of(kind).length} ${kind}`],
    ),
  ];
  const named = of('needs-a-human').find(({ allowed }) => allowed !== undefined);
  const major = of('needs-a-human').find(({ allowed }) => allowed === undefined);
  return [
    [parts.join(', ')],
    ...(of('safe-auto').length === 0 ? [] : [todo('Take the safe ones:', 'deploy-lint updates --apply')]),
    ...(named === undefined
      ? []
      : [todo('Take one that you have read about:', `deploy-lint updates --apply ${named.component.name.text}`)]),
    ...(major === undefined
      ? []
      : [todo('See a major:', `deploy-lint updates --include-major ${major.component.name.text}`)]),
  ];
}

function todo(say: string, copy: string): Line {
  return [...padTo([`  ${say}`], 38), copy];
}
