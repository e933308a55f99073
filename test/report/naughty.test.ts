import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { FORMATS, reportFor } from '../../src/cli/formats.ts';
import { quotePath } from '../../src/git/path.ts';
import { explain } from '../../src/report/explain.ts';
import { escapeHtml } from '../../src/report/html/html.ts';
import { markdownCode, markdownText, mermaidLabel } from '../../src/report/markdown-escape.ts';
import type { Result } from '../../src/report/result.ts';
import { shellWord } from '../../src/report/shell.ts';
import { PLAIN, reportText } from '../../src/report/text.ts';
import { Source, toJson } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';
import { writeYaml } from '../../src/yaml/write.ts';
import { elementsOf, referencesIn, rendered } from '../support/forge-markdown.ts';
import { NO_INPUT } from '../support/io.ts';
import { parseXml } from '../support/xml.ts';
import { hostileResult, isCommand } from './hostile.ts';

// The Big List of Naughty Strings: what has broken the programs of others, in every place of a report and in every form.

const NAUGHTY: readonly string[] = createRequire(import.meta.url)('big-list-of-naughty-strings');

/** What a terminal obeys or hides, but for the end of a line. */
const HIDDEN = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const home = new URL('../..', import.meta.url).pathname;
const output = { write: () => true };
const io = { ...NO_INPUT, stdout: output, stderr: output, cwd: '/', env: {}, home, isTTY: false };

const RESULTS = NAUGHTY.map(text => hostileResult(text, 'high'));

/** All of them in one, as what comes first in a report comes from each somewhere else. */
const CROWD: Result = {
  ...hostileResult('x', 'high'),
  findings: RESULTS.flatMap(({ findings }) => findings),
  unknowns: RESULTS.flatMap(({ unknowns }) => unknowns),
  incomplete: RESULTS.flatMap(({ incomplete }) => incomplete),
  units: RESULTS.flatMap(({ units }) => units),
  commits: RESULTS.flatMap(({ commits }) => commits),
};

/** The texts for which something is not as it has to be. */
function failing(isRight: (text: string, result: Result) => boolean): string[] {
  return NAUGHTY.filter((text, i) => !isRight(text, RESULTS[i] ?? CROWD));
}

function isPlain(report: string): boolean {
  return !HIDDEN.test(report) && !report.split('\n').some(isCommand);
}

it('is a list that holds what it is known for', () => {
  expect(NAUGHTY.length).toBeGreaterThan(450);
  expect(failing(text => !HIDDEN.test(text)).length).toBeGreaterThan(10);
});

describe('E01 E02 nothing acts on a terminal or a runner', () => {
  it('in the report', () => {
    expect(failing((_, result) => isPlain(reportText(result, PLAIN)))).toEqual([]);
  });

  it('in the explanation', () => {
    expect(isPlain(explain(CROWD, PLAIN))).toBe(true);
  });

  it.each(FORMATS)('in %s', async format => {
    const report = format === 'text' ? reportText(CROWD, PLAIN) : await reportFor(format, CROWD, io);
    const own = /^::(?:error|warning|notice) (?:file|title)=/;
    const others = report.split('\n').filter(line => format !== 'github' || !own.test(line));
    expect(others.filter(line => !isPlain(line))).toEqual([]);
  });
});

describe('E07 E08 programs read the report, and every text in it', () => {
  it('as JSON', async () => {
    const { findings } = JSON.parse(await reportFor('json', CROWD, io));
    expect(findings.map((finding: { message: string }) => finding.message)).toEqual(NAUGHTY);
  });

  it.each(['sarif', 'gitlab', 'rdjson'] as const)('as %s', async format => {
    expect(JSON.stringify(JSON.parse(await reportFor(format, CROWD, io))).length).toBeGreaterThan(100_000);
  });

  it.each(['junit', 'checkstyle'] as const)('as %s', async format => {
    const root = parseXml(await reportFor(format, CROWD, io));
    expect(root.children.flatMap(({ children }) => children).length).toBeGreaterThanOrEqual(NAUGHTY.length);
  });
});

describe('E04 E06 a page has no elements but its own', () => {
  it('E04 as Markdown, nor does the forge find a reference', () => {
    const own = elementsOf(rendered(`a <b>${markdownText('x')}</b> ${markdownCode('x')}`)).join();
    const isOwn = (text: string) => {
      const page = rendered(`a <b>${markdownText(text)}</b> ${markdownCode(text) || '`x`'}`);
      return elementsOf(page).join() === own && referencesIn(page).length === 0;
    };
    expect(failing(isOwn)).toEqual([]);
  });

  it('E06 as HTML', () => {
    expect(failing(text => !/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/.test(escapeHtml(text)))).toEqual([]);
  });

  it('as the label of a drawing', () => {
    expect(failing(text => /^(?:[\w ./,+-]|#\d+;)*$/.test(mermaidLabel(text)))).toEqual([]);
  });
});

it('E01 a word of a command is that word to a shell', () => {
  const script = `printf '%s\\0' ${NAUGHTY.map(shellWord).join(' ')}`;
  expect(execFileSync('sh', { input: script, encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(NAUGHTY);
});

it('D06 no name of a file hides', () => {
  expect(failing(name => !HIDDEN.test(quotePath(name)))).toEqual([]);
});

it('E01 E02 YAML that is printed is plain, and read as the same text', () => {
  const documents = (yaml: string) => parse(new Source('a.yaml', yaml), 'kubectl').documents;
  const isRight = (text: string) => {
    const [root] = documents(JSON.stringify({ a: text }));
    const printed = root?.kind === 'map' ? writeYaml(root) : '';
    const [read] = documents(printed).map(toJson);
    return isPlain(printed) && JSON.stringify(read) === JSON.stringify({ a: text });
  };
  expect(failing(isRight)).toEqual([]);
});
