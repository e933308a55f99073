import { expect, it } from 'vitest';
import { progressOn } from '../../src/cli/progress.ts';
import { NO_INPUT } from '../support/io.ts';

/** What is written to a terminal while the work goes on, with the moments at which each unit begins, in milliseconds. */
function written(moments: readonly number[], { isTTY = true, quiet = false } = {}): string[] {
  const lines: string[] = [];
  let moment = 0;
  const io = {
    ...NO_INPUT,
    stdout: { write: () => true },
    stderr: { write: (text: string) => lines.push(text), isTTY },
    now: () => new Date(moment),
    cwd: '/',
    env: {},
    home: '.',
    isTTY,
  };
  const progress = progressOn(io, quiet);
  for (const [i, at] of moments.entries()) {
    moment = at;
    progress.show(i, moments.length, 'units');
  }
  progress.clear();
  return lines;
}

const CLEAR = '\r\u001b[K';

it('says how far long work is, not too often, and takes it back', () => {
  expect(written([0, 1200, 1250, 1400])).toEqual([`${CLEAR}1 of 4 units`, `${CLEAR}3 of 4 units`, CLEAR]);
});

it('says nothing of work that is soon done', () => {
  expect(written([0, 300, 900])).toEqual([]);
});

it.each([{ isTTY: false }, { quiet: true }])('says nothing with %j', options => {
  expect(written([0, 2000, 4000], options)).toEqual([]);
});
