import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { buildProgram } from '../support/program.ts';
import { type Route, serve, type TestServer } from './server.ts';

let server: TestServer;
let repository: TestRepository;
afterEach(async () => {
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

async function run(argv: readonly string[], isTTY = false) {
  const told = { stdout: '', stderr: '' };
  const exitCode = await main(argv, {
    stdin: async () => '',
    now: () => new Date('2026-03-16T09:00:00Z'),
    stdout: { write: text => (told.stdout += text) },
    stderr: { write: text => (told.stderr += text) },
    cwd: repository.path,
    env: repository.env,
    home: '',
    columns: 120,
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

  it('gives the same answer twice (F07)', async () => {
    await open({ '*': [{ tag_name: 'v1.0.1' }, { tag_name: 'v1.0.2' }] });
    const first = await run(['updates']);
    expect(await run(['updates'])).toEqual(first);
    expect(await run(['updates', '--offline'])).toEqual(first);
  });
});

describe('a terminal', () => {
  it('sees how far it is, and nothing of it afterwards', async () => {
    await open({ '*': [{ tag_name: 'v1.0.1' }] });
    const { stderr } = await run(['updates'], true);
    expect(stderr).toBe('\r\u001b[K1 of 1  tool\r\u001b[K');
  });
});

describe('a run that is killed (F02)', () => {
  it('leaves the tree as it was, and no lock', async () => {
    await open({ '*': () => {} });
    const program = await buildProgram();
    const child = spawn(process.execPath, [program.path, 'updates', '--apply'], {
      cwd: repository.path,
      env: repository.env,
    });
    while (server.asked.length === 0) await new Promise(resolve => setImmediate(resolve));
    child.kill('SIGKILL');
    await once(child, 'close');
    program.cleanup();
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(repository.git('log', '--format=%s')).toBe('Start');
    expect(() => readFileSync(`${repository.path}/.git/index.lock`)).toThrow('ENOENT');
  });
});
