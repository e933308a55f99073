import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import rules from '../../rules/index.ts';
import type { Consider } from '../../src/cli/check.ts';
import { HELP } from '../../src/cli/help.ts';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { GitError } from '../../src/git/error.ts';
import type { Request } from '../../src/lint.ts';
import type { Result } from '../../src/report/result.ts';
import type { Level } from '../../src/risk/verdict.ts';
import type { Severity } from '../../src/rule/rule.ts';
import { NO_INPUT } from '../support/io.ts';
import * as make from '../support/results.ts';

type Lint = (request: Request) => Promise<Result>;

const HOME = fileURLToPath(new URL('../..', import.meta.url));

interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(line: string, lint: Lint | Result = make.result(), more: Partial<Io> = {}): Promise<Run> {
  const written = { stdout: '', stderr: '' };
  const to = (stream: 'stdout' | 'stderr') => ({
    write(text: string) {
      written[stream] += text;
    },
  });
  const io = {
    ...NO_INPUT,
    stdout: to('stdout'),
    stderr: to('stderr'),
    cwd: HOME,
    env: {},
    home: HOME,
    isTTY: false,
    ...more,
  };
  const argv = line.split(' ').filter(word => word !== '');
  const consider: Consider = async (request, use) => {
    const result = typeof lint === 'function' ? await lint(request) : lint;
    const isAnythingChanged = result.files.seen.length > 0;
    return use({ isAnythingChanged, result: async () => result });
  };
  return { exitCode: await main(argv, io, consider), ...written };
}

function resultWith(level: Level, severities: readonly Severity[] = []): Result {
  const findings = severities.map(severity => make.finding(make.spanAt('a.yaml', 1), { severity }));
  return make.result({ verdict: make.verdict(level), findings });
}

const UNKNOWN = { what: 'file-too-large', why: 'It is large.', hint: undefined, span: undefined, units: [] };

describe('exit codes', () => {
  test.each<[string, Level, readonly Severity[], number]>([
    ['', 'none', [], 0],
    ['', 'high', [], 0],
    ['', 'none', ['warning', 'info'], 0],
    ['', 'none', ['error'], 1],
    ['--fail-level error', 'high', ['warning'], 0],
    ['--fail-level warning', 'high', ['info'], 0],
    ['--fail-level warning', 'none', ['warning'], 1],
    ['--fail-level warning', 'none', ['error'], 1],
    ['--fail-level low', 'none', [], 0],
    ['--fail-level low', 'low', [], 1],
    ['--fail-level medium', 'low', [], 0],
    ['--fail-level medium', 'medium', [], 1],
    ['--fail-level medium', 'high', [], 1],
    ['--fail-level high', 'medium', ['warning'], 0],
    ['--fail-level high', 'low', ['error'], 1],
  ])('%s with %s and %j', async (options, level, severities, exitCode) => {
    for (const form of ['--format text', '--format json', '--quiet', '--color always', '--explain']) {
      expect(await run(`${options} ${form}`, resultWith(level, severities))).toMatchObject({ exitCode, stderr: '' });
    }
  });

  test('what was not analysed is 3, whatever else was found', async () => {
    const incomplete = { ...resultWith('high', ['error']), incomplete: [UNKNOWN] };
    expect(await run('', incomplete)).toMatchObject({ exitCode: 3, stderr: '' });
    expect(await run('--quiet --format json', incomplete)).toMatchObject({ exitCode: 3 });
  });
});

describe('what goes where', () => {
  test('help, version and catalogue are reports', async () => {
    expect(await run('--help')).toEqual({ exitCode: 0, stdout: HELP, stderr: '' });
    expect((await run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const { stdout, stderr, exitCode } = await run('rules');
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toMatch(/^(?:error|warning|info) +duplicate-key +\S/m);
  });

  test('one page of the catalogue, as it is written', async () => {
    expect((await run('rules duplicate-key')).stdout).toMatch(/^# duplicate-key\n/);
    expect(await run('rules duplicate-keys')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'deploy-lint: there is no rule duplicate-keys\n  Did you mean duplicate-key? deploy-lint rules lists them all.\n',
    });
  });

  test('the catalogue for programs and for a page', async () => {
    const listed: unknown[] = JSON.parse((await run('rules --format json')).stdout);
    expect(listed.length).toBe(rules.length);
    expect(listed).toContainEqual({
      id: 'duplicate-key',
      severity: expect.any(String),
      looksAt: 'state',
      title: expect.any(String),
      why: expect.any(String),
      fix: expect.any(String),
      page: 'rules/duplicate-key.md',
    });
    expect((await run('rules --format markdown')).stdout).toContain('| [duplicate-key](rules/duplicate-key.md) |');
    const one = JSON.parse((await run('rules duplicate-key --format json')).stdout);
    expect(one).toMatchObject({ id: 'duplicate-key', text: expect.stringMatching(/^# duplicate-key\n/) });
    expect(await run('rules --format yaml')).toMatchObject({ exitCode: 2, stdout: '' });
  });

  test('a refusal is on stderr, with what to do', async () => {
    const refuse: Lint = async () => {
      throw new GitError(3, 'cannot compare with origin/main: this clone is shallow', 'Here: git fetch --unshallow.');
    };
    expect(await run('--from origin/main', refuse)).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: 'deploy-lint: cannot compare with origin/main: this clone is shallow\n  Here: git fetch --unshallow.\n',
    });
    expect(await run('--comit a')).toMatchObject({ exitCode: 2, stdout: '' });
  });

  test('E02 what git said cannot command a runner', async () => {
    const refuse: Lint = async () => {
      throw new GitError(2, '::set-output name=a::b\n::error::x \u001b[2J ##[group]');
    };
    const { stderr } = await run('', refuse);
    expect(stderr).toBe('deploy-lint: ::set-output name=a::b\\n::error::x \\u{1b}[2J # #[group]\n');
  });

  test('a defect is 3 and shows its stack only on request', async () => {
    const fail: Lint = async () => {
      throw new TypeError('x is undefined');
    };
    const { stderr, stdout, exitCode } = await run('', fail);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 3 });
    expect(stderr).toBe(
      'deploy-lint: internal error: x is undefined\n  This is a defect of deploy-lint. DEPLOY_LINT_DEBUG=1 shows where it happened.\n',
    );
    expect((await run('', fail, { env: { DEPLOY_LINT_DEBUG: '1' } })).stderr).toContain('main.test.ts');
  });

  test('--quiet says nothing where there is nothing to do', async () => {
    expect((await run('--quiet')).stdout).toBe('');
    expect((await run('--quiet', resultWith('none', ['error']))).stdout).not.toBe('');
    expect(JSON.parse((await run('--quiet --format json')).stdout).version).toBe(1);
  });
});

describe('a command', () => {
  test('tells its own options', async () => {
    for (const line of ['rules --help', 'rules duplicate-key -h']) {
      expect(await run(line)).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/^deploy-lint rules \[ID\]: /),
      });
    }
  });

  test('refuses what it does not take', async () => {
    expect(await run('rules a b')).toMatchObject({
      exitCode: 2,
      stderr: 'deploy-lint: b is one argument too many\n  deploy-lint --help lists what there is.\n',
    });
    expect(await run('rules --commit a')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/^deploy-lint: there is no option --commit\n/),
    });
  });
});

describe('what is asked', () => {
  test.each([
    ['', [{ kind: 'staged' }]],
    ['--commit a', [{ kind: 'commit', rev: 'a' }]],
    ['--all', [{ kind: 'tree' }]],
    ['--explain a..b', [{ kind: 'range', from: 'a', to: 'b' }]],
    ['--explain', [{ kind: 'staged' }, { kind: 'commit', rev: 'HEAD' }]],
  ])('%s', async (line, subjects) => {
    const asked: unknown[] = [];
    await run(line, async ({ subject }) => {
      asked.push(subject);
      return make.result();
    });
    expect(asked).toEqual(subjects);
  });

  test('--explain stays with what is staged where something is', async () => {
    const asked: unknown[] = [];
    await run('--explain', async ({ subject }) => {
      asked.push(subject);
      return make.result({ files: { seen: ['a.yaml'], analysed: ['a.yaml'], skipped: [] } });
    });
    expect(asked).toEqual([{ kind: 'staged' }]);
  });

  test('in which folder, with which configuration', async () => {
    let asked: Parameters<Lint>[0] | undefined;
    const lint: Lint = async request => {
      asked = request;
      return make.result();
    };
    await run('--cwd src --config policy.yaml', lint);
    expect(asked).toMatchObject({ cwd: fileURLToPath(new URL('../../src', import.meta.url)), config: 'policy.yaml' });
    expect(await run('--cwd nowhere', lint)).toMatchObject({
      exitCode: 2,
      stderr: 'deploy-lint: --cwd nowhere is no folder\n',
    });
  });
});

describe('colour', () => {
  const mistake = resultWith('none', ['error']);

  test.each<[string, Io['env'], boolean, boolean]>([
    ['', {}, true, true],
    ['', {}, false, false],
    ['', { TERM: 'dumb' }, true, false],
    ['', { NO_COLOR: '1' }, true, false],
    ['', { NO_COLOR: '' }, true, true],
    ['', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['', { FORCE_COLOR: '1' }, false, true],
    ['', { FORCE_COLOR: '0' }, true, false],
    ['', { CLICOLOR_FORCE: '1', TERM: 'dumb' }, false, true],
    ['', { GITHUB_ACTIONS: 'true' }, false, true],
    ['--color never', { FORCE_COLOR: '1' }, true, false],
    ['--color always', { NO_COLOR: '1' }, false, true],
  ])('%s %j on a terminal: %j', async (options, env, isTTY, coloured) => {
    const { stdout } = await run(options, mistake, { env, isTTY });
    expect(stdout.includes('\u001b[31merror')).toBe(coloured);
  });

  test('JSON has none', async () => {
    expect((await run('--format json --color always', mistake)).stdout).not.toContain('\u001b');
  });
});
