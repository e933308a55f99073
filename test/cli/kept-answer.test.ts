import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerTo } from '../../src/cli/kept-answer.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { NO_INPUT } from '../support/io.ts';

const NOON = Date.parse('2026-03-16T12:00:00Z');
const MESSAGE = ['hook', 'commit-msg', '.git/COMMIT_EDITMSG'];

let folder: string;
let repository: TestRepository;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deploy-lint-answer-'));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', 'program.js'), 'the program');
  repository = createRepository();
  repository.write({ 'a.yaml': 'a: 1\n' });
  repository.commit('first');
  repository.write({ 'a.yaml': 'a: 2\n' });
  repository.git('add', '--all');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  repository.cleanup();
});

interface Run {
  readonly argv?: readonly string[];
  readonly text?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly columns?: number;
  readonly minute?: number;
  readonly lasts?: boolean;
  readonly meanwhile?: () => void;
}

/** What is printed, by a program that finds `text` where it has to find anything. */
async function run({ argv = [], text = 'medium', minute = 0, columns = 80, lasts = true, ...more }: Run = {}) {
  let printed = '';
  const to = (stream: string) => ({
    write: (part: string) => {
      printed += part === '' ? '' : `${stream}: ${part}`;
    },
  });
  const io = {
    ...NO_INPUT,
    stdout: to('stdout'),
    stderr: to('stderr'),
    now: () => new Date(NOON + minute * 60_000),
    cwd: more.cwd ?? repository.path,
    env: { XDG_CACHE_HOME: join(folder, 'cache'), ...more.env },
    home: folder,
    columns,
    isTTY: false,
  };
  const exitCode = await answerTo(argv, io, async all => {
    more.meanwhile?.();
    all.stdout.write(text);
    if (lasts) all.lasts?.({ stdout: text, stderr: '', exitCode: 1 });
    return 1;
  });
  return `${printed}, exit ${exitCode}`;
}

function answerFile(): string {
  const [kept = ''] = readdirSync(join(folder, 'cache', 'deploy-lint'));
  return join(folder, 'cache', 'deploy-lint', kept, 'answer');
}

const KEPT = 'stdout: medium, exit 1';
const ANEW = 'stdout: anew, exit 1';

describe('the answer to a question about what is staged', () => {
  it('is told again in the same words with the same exit code', async () => {
    expect(await run()).toBe(KEPT);
    expect(await run({ text: 'anew' })).toBe(KEPT);
  });

  it('is told again to each hook, which are asked in turn', async () => {
    writeFileSync(join(repository.path, '.git/COMMIT_EDITMSG'), 'Bump\n');
    await run({ argv: ['hook', 'pre-commit'] });
    await run({ argv: MESSAGE, text: 'ok' });
    expect(await run({ argv: ['hook', 'pre-commit'], text: 'anew' })).toBe(KEPT);
    expect(await run({ argv: MESSAGE, text: 'anew' })).toBe('stdout: ok, exit 1');
    writeFileSync(join(repository.path, '.git/COMMIT_EDITMSG'), 'Bump to 2\n');
    expect(await run({ argv: MESSAGE, text: 'anew' })).toBe(ANEW);
  });

  it.each<[string, Run]>([
    ['it is told in another way', { argv: ['--fail-level', 'low'] }],
    ['the terminal is wider', { columns: 120 }],
    ['colours are wanted', { env: { FORCE_COLOR: '1' } }],
    ['ten minutes have passed', { minute: 10 }],
    ['it runs in CI', { env: { CI: 'true' } }],
    ['there is no cache', { env: { XDG_CACHE_HOME: '' } }],
    ['another repository is meant', { env: { GIT_DIR: '/srv/other.git' } }],
    ['another index is meant', { env: { GIT_INDEX_FILE: '.git/next-index-1.lock' } }],
  ])('is worked out where %s', async (_when, other) => {
    await run();
    expect(await run({ ...other, text: 'anew' })).toBe(ANEW);
  });

  it.each<[string, () => void]>([
    [
      'something else is staged',
      () => {
        repository.write({ 'a.yaml': 'a: 3\n' });
        repository.git('add', '--all');
      },
    ],
    ['HEAD is another commit', () => repository.git('commit', '--quiet', '--amend', '--only', '--message', 'other')],
    ['HEAD is another branch', () => repository.git('checkout', '--quiet', '--orphan', 'other')],
    ['the branch is packed, which only git can read', () => repository.git('pack-refs', '--all')],
    ['a setting of the clone is another', () => repository.git('config', 'core.commentChar', ';')],
    ['the program is another', () => writeFileSync(join(folder, 'dist', 'program.js'), 'the next version')],
  ])('is worked out where %s', async (_when, change) => {
    await run();
    change();
    expect(await run({ text: 'anew' })).toBe(ANEW);
  });

  it('is worked out where the index has no checksum', async () => {
    repository.git('config', 'index.skipHash', 'true');
    repository.write({ 'a.yaml': 'a: 3\n' });
    repository.git('add', '--all');
    const index = join(repository.path, '.git/index');
    const content = readFileSync(index);
    writeFileSync(index, content.fill(0, content.length - 20));
    await run();
    expect(await run({ text: 'anew' })).toBe(ANEW);
  });

  it('is worked out in a linked worktree, whose state only git can read', async () => {
    const linked = join(folder, 'linked');
    repository.git('worktree', 'add', '--quiet', linked);
    await run({ cwd: linked });
    expect(await run({ cwd: linked, text: 'anew' })).toBe(ANEW);
  });

  it.each([['render'], ['hook pre-push']])('is not kept where something else is asked: %s', async command => {
    await run({ argv: command.split(' ') });
    expect(await run({ argv: command.split(' '), text: 'anew' })).toBe(ANEW);
  });

  it('is not kept where it does not last', async () => {
    await run({ lasts: false });
    expect(await run({ text: 'anew' })).toBe(ANEW);
  });

  it('is not kept where something was staged while it was worked out', async () => {
    const stage = (text: string) => () => {
      repository.write({ 'a.yaml': text });
      repository.git('add', '--all');
    };
    await run({ meanwhile: stage('a: 3\n') });
    expect(await run({ text: 'anew' })).toBe(ANEW);
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, -1)],
    ['changed', (text: string) => text.replace('medium', 'low')],
    ['empty', () => ''],
  ])('F04: is worked out where the file is %s', async (_what, spoil) => {
    await run();
    writeFileSync(answerFile(), spoil(readFileSync(answerFile(), 'utf8')));
    expect(await run({ text: 'anew' })).toBe(ANEW);
  });
});
