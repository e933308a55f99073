import type { Io } from './io.ts';

/** How far a long piece of work is. */
export type Progress = (done: number, of: number, what: string) => void;

/** One line on the terminal that says how far the work is, and takes itself back. */
export interface ProgressLine {
  readonly show: Progress;
  readonly clear: () => void;
}

const NONE: ProgressLine = { show: () => {}, clear: () => {} };

/** Milliseconds before the first line, since what is done by then needs none, and between two of them. */
const FIRST = 1_000;
const BETWEEN = 100;

/** Nothing where stderr is no terminal or nobody wants to be told. */
export function progressOn({ stderr, now }: Io, quiet = false): ProgressLine {
  if (stderr.isTTY !== true || quiet) return NONE;
  let next = now().getTime() + FIRST;
  let isShown = false;
  return {
    show: (done, of, what) => {
      const moment = now().getTime();
      if (moment < next) return;
      next = moment + BETWEEN;
      isShown = true;
      stderr.write(`\r\u001b[K${done} of ${of} ${what}`);
    },
    clear: () => {
      if (isShown) stderr.write('\r\u001b[K');
      isShown = false;
    },
  };
}
