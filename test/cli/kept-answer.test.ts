import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { printStaged } from '../../src/cli/kept-answer.ts';
import { NO_INPUT } from '../support/io.ts';
import * as make from '../support/results.ts';

const NOON = Date.parse('2026-03-16T12:00:00Z');
const ID = 'c'.repeat(64);

let folder: string;
/** How often a result was worked out. */
let worked: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deploy-lint-answer-'));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', 'program.js'), 'the program');
  worked = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly stagedId?: string;
  readonly profile?: readonly unknown[] | undefined;
  readonly text?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly minute?: number;
  readonly incomplete?: boolean;
}

async function run({ text = 'medium', env = {}, minute = 0, columns = 80, ...more }: Run = {}): Promise<string> {
  let printed = '';
  const write = (part: string) => {
    printed += part;
  };
  const io = {
    ...NO_INPUT,
    stdout: { write },
    stderr: { write },
    now: () => new Date(NOON + minute * 60_000),
    cwd: folder,
    env: { XDG_CACHE_HOME: join(folder, 'cache'), ...env },
    home: folder,
    columns,
    isTTY: false,
  };
  const unknown = { what: 'file-too-large', why: 'It is large.', hint: undefined, span: undefined, units: [] };
  const question = {
    top: '/srv/shop',
    isAnythingChanged: true,
    stagedId: more.stagedId ?? ID,
    result: async () => {
      worked++;
      return make.result({ incomplete: more.incomplete ? [unknown] : [] });
    },
  };
  const profile = 'profile' in more ? more.profile : ['check', 'error'];
  const exitCode = await printStaged(question, io, { profile, tell: async () => ({ text, exitCode: 1 }) });
  return `${printed}, exit ${exitCode}`;
}

function answerFile(): string {
  const [repository = ''] = readdirSync(join(folder, 'cache', 'deploy-lint'));
  return join(folder, 'cache', 'deploy-lint', repository, 'answer');
}

describe('the answer to a question about what is staged', () => {
  it('is told again in the same words with the same exit code', async () => {
    expect(await run()).toBe('medium, exit 1');
    expect(await run({ text: 'worked out anew' })).toBe('medium, exit 1');
    expect(worked).toBe(1);
  });

  it.each<[string, Run]>([
    ['something else is staged', { stagedId: 'd'.repeat(64) }],
    ['it is told in another way', { profile: ['check', 'warning'] }],
    ['the terminal is wider', { columns: 120 }],
    ['ten minutes have passed', { minute: 10 }],
    ['a file outside of the repository decides too', { profile: undefined }],
    ['it runs in CI', { env: { CI: 'true' } }],
    ['there is no cache', { env: { XDG_CACHE_HOME: '' } }],
  ])('is worked out where %s', async (_when, other) => {
    await run();
    expect(await run({ ...other, text: 'anew' })).toBe('anew, exit 1');
  });

  it('is worked out where the program is another', async () => {
    await run();
    writeFileSync(join(folder, 'dist', 'program.js'), 'the next version');
    expect(await run({ text: 'anew' })).toBe('anew, exit 1');
  });

  it('is not kept where something could not be read', async () => {
    await run({ incomplete: true });
    expect(await run({ text: 'anew' })).toBe('anew, exit 1');
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, -1)],
    ['changed', (text: string) => text.replace('medium', 'low')],
    ['empty', () => ''],
  ])('F04: is worked out where the file is %s', async (_what, spoil) => {
    await run();
    writeFileSync(answerFile(), spoil(readFileSync(answerFile(), 'utf8')));
    expect(await run({ text: 'anew' })).toBe('anew, exit 1');
  });
});
