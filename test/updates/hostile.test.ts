import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { buildProgram } from '../support/program.ts';
import { type Route, serve, type TestServer } from './server.ts';

let server: TestServer;
let repository: TestRepository;
afterEach(async () => {
  vi.unstubAllEnvs();
  repository.cleanup();
  await server.close();
});

async function open(routes: Record<string, Route | string | object>): Promise<void> {
  server = await serve(routes);
  repository = createRepository();
  const source = `source: {type: github, repo: org/tool, url: "${server.url}"}`;
  repository.commit('Start', {
    'scripts/apps.yaml': `apps:\n  - {name: tool, version: 1.0.0, file: a.yaml, ${source}}\n`,
    'a.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: {name: tool}\nspec: {containers: [{name: tool, image: org/tool:1.0.0}]}\n',
  });
}

async function run(argv: readonly string[], { isTTY = false, cwd = repository.path, columns = 120 } = {}) {
  const told = { stdout: '', stderr: '' };
  const exitCode = await main(argv, {
    stdin: async () => '',
    now: () => new Date('2026-03-16T09:00:00Z'),
    stdout: { write: text => (told.stdout += text) },
    stderr: { write: text => (told.stderr += text) },
    cwd,
    env: repository.env,
    home: '',
    columns,
    isTTY,
  });
  return { ...told, exitCode };
}

const HOSTILE = [
  '1.0.1; touch /tmp/pwned',
  '$(touch /tmp/pwned)1.0.2',
  '--upload-pack=id',
  '1.0.3\u001b[2J\u202e',
  '1.0.4\n::error::x',
  '../../../etc/passwd',
  '1.0.5"\n  evil: true',
  `1.0.6${'0'.repeat(500)}`,
  '1.0.7 # x',
  '__proto__',
];

describe('a source that is not to be trusted', () => {
  it('gives no version with other characters to a file, a message or a command (E01, F05)', async () => {
    await open({ '*': [...HOSTILE, '1.0.8'].map(tag_name => ({ tag_name, __proto__: { draft: true } })) });
    const { stdout, exitCode } = await run(['updates', '--apply']);
    expect(stdout).toMatch(/^committed +tool +1\.0\.0 -> 1\.0\.8 /);
    expect(exitCode).toBe(0);
    expect(repository.git('diff', '--unified=0', 'HEAD~').match(/^[-+](?![-+]).*/gm)).toEqual([
      expect.stringMatching(/^-.*org\/tool:1\.0\.0}/),
      expect.stringMatching(/^\+.*org\/tool:1\.0\.8}/),
      expect.stringContaining('-  - {name: tool, version: 1.0.0,'),
      expect.stringContaining('+  - {name: tool, version: 1.0.8,'),
    ]);
  });

  it.each<[string, Route | string | object]>([
    ['a number', '1'],
    ['null', 'null'],
    ['nothing', ''],
    ['nesting without end', '['.repeat(100_000)],
    ['entries of other kinds', [null, 1, 'x', [], { tag_name: 7 }, { tag_name: { a: 1 } }]],
    ['an error page', (_, response) => response.writeHead(500).end('\u001b[31mno')],
    ['an answer larger than any', (_, response) => response.end(Buffer.alloc(20 * 1024 * 1024, ' '))],
  ])('leaves the row unknown for %s (F06)', async (_, answer) => {
    await open({ '*': answer });
    const { stdout, exitCode } = await run(['updates']);
    expect(stdout).toMatch(/^tool +1\.0\.0 +unknown/m);
    expect(stdout).not.toContain('\u001b');
    expect(exitCode).toBe(3);
  });

  it('gives the same answer again, from any folder, at any place, in whatever order it is told (F07)', async () => {
    const releases = ['v1.0.1', 'v1.0.2', 'v1.1.0', 'v2.0.0-rc1'].map(tag_name => ({
      tag_name,
      published_at: '2026-01-01T23:30:00Z',
    }));
    let asked = 0;
    await open({
      '*': (_, response) => response.end(JSON.stringify(asked++ === 0 ? releases : releases.toReversed())),
    });
    const folder = join(repository.path, 'deep');
    mkdirSync(folder);
    const first = await run(['updates', '--format', 'json']);
    expect(first.exitCode).toBe(0);
    vi.stubEnv('TZ', 'Pacific/Kiritimati');
    vi.stubEnv('LC_ALL', 'tr_TR.UTF-8');
    expect(await run(['updates', '--format', 'json'], { cwd: folder })).toEqual(first);
    expect(await run(['updates', '--format', 'json', '--offline'])).toEqual(first);
    expect(asked).toBe(2);
  });
});

describe('surroundings that lack something (F01)', () => {
  it('leave the tree as it was where there is no folder for temporary files', async () => {
    await open({ '*': [{ tag_name: 'v1.0.1' }] });
    vi.stubEnv('TMPDIR', join(repository.path, 'gone'));
    const { stdout, stderr, exitCode } = await run(['updates', '--apply']);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 3 });
    expect(stderr).toMatch(/^deploy-lint: no temporary files can be made in .*gone: ENOENT\n$/);
    expect(repository.git('log', '--format=%s')).toBe('Start');
  });

  it('leave the row of git alone unknown where there is no folder for temporary files', async () => {
    await open({ '*': [{ tag_name: 'v1.0.1' }] });
    const source = `source: {type: git, url: "${server.url}/a.git"}`;
    const list = readFileSync(join(repository.path, 'scripts/apps.yaml'), 'utf8');
    repository.commit('List', { 'scripts/apps.yaml': `${list}  - {name: other, version: 1.0.0, ${source}}\n` });
    vi.stubEnv('TMPDIR', join(repository.path, 'gone'));
    const { stdout, exitCode } = await run(['updates']);
    expect(stdout).toMatch(/^tool .* safe-auto/m);
    expect(stdout).toMatch(/^other .* unknown +there is no folder .*gone$/m);
    expect(exitCode).toBe(3);
  });

  it.each([1, 0, 10_000])('fit a terminal of %d columns', async columns => {
    await open({ '*': [{ tag_name: 'v1.0.1' }] });
    expect(await run(['updates'], { columns })).toMatchObject({
      stdout: expect.stringContaining('1.0.1'),
      exitCode: 0,
    });
  });
});

describe('a path of the list (F05)', () => {
  it.each([
    '../outside.yaml',
    '/etc/hostname',
    '..\\outside.yaml',
    'C:\\outside.yaml',
    '\\\\host\\a.yaml',
    '.git/config',
  ])('leads to nothing outside of the commit: %s', async path => {
    await open({ '*': [{ tag_name: 'v1.0.1' }] });
    const outside = join(repository.path, '..', 'outside.yaml');
    writeFileSync(outside, 'image: org/tool:1.0.0\n');
    const list = readFileSync(join(repository.path, 'scripts/apps.yaml'), 'utf8');
    repository.commit('List', { 'scripts/apps.yaml': list.replace('a.yaml', `'${path}'`) });
    const { stdout, exitCode } = await run(['updates', '--apply']);
    expect(stdout).toMatch(/^refused +tool/);
    expect(stdout).toContain('is not there');
    expect(exitCode).toBe(1);
    expect(readFileSync(outside, 'utf8')).toBe('image: org/tool:1.0.0\n');
    expect(repository.git('log', '-1', '--format=%s')).toBe('List');
  });

  it.each([
    ['in the repository is the file that it leads to', 'a.yaml', /^committed/],
    ['out of it is no file', '../outside.yaml', /^refused/],
  ])('that is a link, %s', async (_, target, said) => {
    await open({ '*': [{ tag_name: 'v1.0.1' }] });
    writeFileSync(join(repository.path, '..', 'outside.yaml'), 'image: org/tool:1.0.0\n');
    symlinkSync(target, join(repository.path, 'link.yaml'));
    const list = readFileSync(join(repository.path, 'scripts/apps.yaml'), 'utf8');
    repository.commit('List', { 'scripts/apps.yaml': list.replace('a.yaml', 'link.yaml') });
    expect((await run(['updates', '--apply'])).stdout).toMatch(said);
    expect(repository.git('ls-files', '--stage', 'link.yaml')).toMatch(/^120000 /);
    expect(readFileSync(join(repository.path, '..', 'outside.yaml'), 'utf8')).toContain('1.0.0');
  });
});

describe('a terminal', () => {
  it('sees how far it is, and nothing of it afterwards', async () => {
    await open({ '*': [{ tag_name: 'v1.0.1' }] });
    const { stderr } = await run(['updates'], { isTTY: true });
    expect(stderr).toBe('\r\u001b[K1 of 1  tool\r\u001b[K');
  });
});

describe('a run that is stopped (F02)', () => {
  it('leaves nothing behind, whatever stopped it', async () => {
    await open({ '*': () => {} });
    const program = buildProgram();
    const temporary = mkdtempSync(join(tmpdir(), 'deploy-lint-test-'));
    for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      const before = server.asked.length;
      const child = spawn(process.execPath, [program.path, 'updates', '--apply'], {
        cwd: repository.path,
        env: { ...repository.env, TMPDIR: temporary },
      });
      while (server.asked.length === before) await new Promise(resolve => setImmediate(resolve));
      child.kill(signal);
      expect(await once(child, 'close')).toEqual([null, signal]);
      expect(readdirSync(temporary)).toEqual([]);
      expect(readdirSync(join(repository.path, '.git'))).not.toContain('index.lock');
    }
    program.cleanup();
    rmSync(temporary, { recursive: true });
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(repository.git('log', '--format=%s')).toBe('Start');
  });
});
