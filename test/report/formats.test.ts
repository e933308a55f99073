import { describe, expect, test } from 'vitest';
import { FORMATS, reportFor } from '../../src/cli/formats.ts';
import type { Result } from '../../src/report/result.ts';
import { NO_INPUT } from '../support/io.ts';
import * as make from '../support/results.ts';
import { STORIES } from './stories.ts';

const io = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  ...NO_INPUT,
  cwd: '/',
  env: {},
  home: new URL('../..', import.meta.url).pathname,
  isTTY: false,
};

/** Mistakes of two severities, a risk with a place, and a part that could not be read. */
function everything(): Result {
  const [mistake, alike, risk, incomplete] = ['mistake', 'mistakes-alike', 'risk-with-obligations', 'incomplete'].map(
    name => STORIES[name]?.() ?? make.result(),
  );
  return make.result({
    findings: [...(alike?.findings ?? []), ...(mistake?.findings ?? [])],
    units: [...(alike?.units ?? []), ...(risk?.units ?? [])],
    incomplete: incomplete?.incomplete ?? [],
    verdict: risk?.verdict ?? make.verdict('none'),
  });
}

/** The forms for readers, and JSON, have tests of their own. */
const PROGRAMS = FORMATS.filter(
  format => format !== 'text' && format !== 'json' && format !== 'markdown' && format !== 'html',
);

describe.each(PROGRAMS)('%s', format => {
  test('tells everything', async () => {
    const text = await reportFor(format, everything(), io);
    const unversioned = text.replace(/("(?:semanticVersion|version)": ?)"0\.[\d.]+"/g, '$1"0"');
    await expect(unversioned).toMatchFileSnapshot(`golden/everything.${format}`);
  });

  test('says something where there is nothing to say', async () => {
    expect(await reportFor(format, make.result(), io)).toMatch(/\S.*\n$/s);
  });

  test('is the same whatever the lines of a mistake, but for the lines', async () => {
    const at = (line: number) => make.result({ findings: [make.finding(make.spanAt('a.yaml', line))] });
    const prints = async (result: Result) =>
      [...(await reportFor(format, result, io)).matchAll(/[0-9a-f]{32}/g)].map(([print]) => print);
    expect(await prints(at(3))).toEqual(await prints(at(7)));
  });
});
