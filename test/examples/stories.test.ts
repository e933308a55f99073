import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildRepository, questionOf, readStories, type SampleRepository, STORIES } from '../../examples/build.mjs';
import { main } from '../../src/cli/main.ts';
import { consider } from '../../src/lint.ts';
import { explain } from '../../src/report/explain.ts';
import type { Result } from '../../src/report/result.ts';
import { PLAIN } from '../../src/report/text.ts';
import { RISK_TABLE } from '../../src/risk/table.generated.ts';
import { NO_INPUT } from '../support/io.ts';

/** What a reviewer is told of each story. */
const EXPLAINED = join(import.meta.dirname, 'explained');

const HOME = resolve(import.meta.dirname, '../..');
const stories = readStories();

let folder: string;
let repository: SampleRepository;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'deploy-lint-stories-')));
  repository = buildRepository(folder, stories);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Answer {
  /** What a user sees, and the exit code on a line of its own. */
  readonly text: string;
  readonly result: Result | undefined;
}

async function ask(args: readonly string[], env: SampleRepository['env']): Promise<Answer> {
  let text = '';
  let result: Result | undefined;
  const sink = {
    write(part: string) {
      text += part;
    },
  };
  const io = {
    ...NO_INPUT,
    stdout: sink,
    stderr: sink,
    cwd: repository.path,
    env,
    home: HOME,
    columns: 100,
    isTTY: false,
  };
  const exitCode = await main(args, io, (request, use) =>
    consider(request, question =>
      use({
        ...question,
        result: async () => {
          result = await question.result();
          return result;
        },
      }),
    ),
  );
  return { text: `${text.trimEnd()}\n\nexit ${exitCode}\n`, result };
}

describe('each story has the level and the findings that it expects, and is told as before', () => {
  it.each(stories.map(story => [story.name, story] as const))('%s', async (name, story) => {
    const { args, env } = questionOf(story, repository);
    const { text, result } = await ask(args, env);
    const goldens = [[join(STORIES, `${name}.txt`), text] as const];
    if (result !== undefined) {
      goldens.push([join(EXPLAINED, `${name}.txt`), explain(result, { ...PLAIN, width: 100 })]);
    }
    if (process.env.UPDATE_GOLDENS === '1') for (const [file, told] of goldens) writeFileSync(file, told);
    const rules = new Set(result?.findings.map(({ rule }) => rule));
    expect({ level: result?.verdict.level, rules: [...rules].sort() }).toEqual({
      level: story.expect,
      rules: story.finds,
    });
    for (const [file, told] of goldens) expect(told).toBe(readFileSync(file, 'utf8'));
  });
});

describe('--explain names the reason of each row of the runbook', () => {
  it.each([
    ['01', 'image-patch'],
    ['02', 'image-major'],
    ['05', 'env-added'],
    ['06', 'autoscaler-threshold'],
    ['07', 'hostname-added'],
    ['08', 'client-added'],
    ['09', 'mariadb-major'],
    ['10', 'kubernetes-version'],
  ])('%s is for the row %s', async (number, row) => {
    const reason = RISK_TABLE.rows.find(({ id }) => id === row)?.reason ?? '';
    const story = stories.find(other => other.number === number);
    const { text } = await ask(['--explain', story?.name ?? ''], repository.env);
    expect(text.replace(/\s+/g, ' ')).toContain(reason.replace(/\.$/, ''));
  });
});

describe('the sample', () => {
  it('has no mistake as it stands', async () => {
    const { text, result } = await ask(['--all'], repository.env);
    expect(result?.findings.map(({ message }) => message)).toEqual([]);
    expect(text).toMatch(/exit 0\n$/);
  });
});
