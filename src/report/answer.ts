import { type Line, painted, wrap } from './line.ts';
import type { Answer, Objection } from './objection.ts';

/** A block for each thing that is said, and, where something stops, a line that says what comes of it. */
export function answerLines({ differs, stops, notes }: Answer, outcome: string, width: number): Line[][] {
  return [
    ...differs.map(note => objectionLines([painted('warning', 'note')], note, width)),
    ...stops.map(stop => objectionLines([painted('error', 'stopped')], stop, width)),
    ...notes.map(note => objectionLines([painted('warning', 'note')], note, width)),
    ...(stops.length === 0 ? [] : [[[painted('error', outcome)]]]),
  ];
}

/** What is to be copied stands on lines of its own and is not broken. */
function objectionLines(start: Line, { what, why, goOn }: Objection, width: number): Line[] {
  return [
    ...wrap([...start, '  ', painted('strong', what)], width, 2),
    ...why.flatMap(line => wrap([`  ${line}`], width, 2)),
    ...goOn.flatMap(({ say, copy }) => [
      ...wrap([`  ${say}`], width, 2),
      ...copy.map((line): Line => ['    ', painted('strong', line)]),
    ]),
  ];
}
