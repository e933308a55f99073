import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** The program with a pipeline that behaves as told by the environment. */
const PIPELINE = `
const verdict = { level: 'none', reasons: [], obligations: [], consult: [] };
const subject = { kind: 'staged', commit: undefined, title: undefined, base: undefined, parents: [] };
const files = number => ({ seen: Array.from({ length: number }, (_, i) => 'file-' + i), analysed: [], skipped: [] });
const result = { subject, verdict, units: [], findings: [], allowed: [], baselined: [], staging: [], unknowns: [], incomplete: [], files: files(0), commits: [] };
const BEHAVIOURS = {
  clean: async () => result,
  large: async () => ({ ...result, files: files(200_000) }),
  found: async () => ({ ...result, verdict: { ...verdict, level: 'high' }, files: files(200_000) }),
  hang: () => new Promise(() => {}),
  reject: async () => { Promise.reject(new Error('lost promise')); return result; },
  throw: async () => { setTimeout(() => { throw new Error('late\\nerror'); }); return result; },
};
export const lint = request => BEHAVIOURS[request.env.BEHAVIOUR]();
export const consider = (request, use) => use({ isAnythingChanged: true, result: () => lint(request) });
`;

const withPipeline: Plugin = {
  name: 'pipeline',
  setup(bundle) {
    bundle.onResolve({ filter: /^\.\.\/lint\.ts$/ }, ({ path }) => ({ path, namespace: 'pipeline' }));
    bundle.onLoad({ filter: /./, namespace: 'pipeline' }, () => ({ contents: PIPELINE, loader: 'js' }));
  },
};

let folder: string;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deploy-lint-bin-'));
  program = join(folder, 'dist', 'deploy-lint.mjs');
  await writeFile(join(folder, 'package.json'), '{ "version": "1.2.3" }');
  await build({
    entryPoints: [fileURLToPath(new URL('../../src/bin.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    plugins: [withPipeline],
  });
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a line of shell in which $PROGRAM is the program; output is read slowly enough to fill a pipe. */
function shell(line: string, behaviour: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, BEHAVIOUR: behaviour, PROGRAM: `${process.execPath} ${program}`, NO_COLOR: '1' };
    const child = spawn('bash', ['-c', line], { env, cwd: folder });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
    });
    child.on('error', reject);
    child.on('close', code => resolve({ code, ...output }));
  });
}

describe('the process', () => {
  test('says its version', async () => {
    expect(await shell('$PROGRAM --version', 'clean')).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
  });

  test('E08 F01 a report that is larger than a pipe arrives whole', async () => {
    const { code, stdout } = await shell('$PROGRAM --format json | (sleep 1; cat)', 'large');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).files.seen).toHaveLength(200_000);
  });

  test('F01 a reader that leaves early does not change the answer', async () => {
    const ended = await shell('$PROGRAM --format json --fail-level high | head -c 1; exit ${PIPESTATUS[0]}', 'found');
    expect(ended).toEqual({ code: 1, stdout: '{', stderr: '' });
    expect((await shell('$PROGRAM --format json | head -c 1; exit ${PIPESTATUS[0]}', 'large')).code).toBe(0);
  });

  test.runIf(existsSync('/dev/full'))('F01 a report that cannot be written is incomplete', async () => {
    const { code, stderr } = await shell('$PROGRAM > /dev/full', 'clean');
    expect(code).toBe(3);
    expect(stderr).toMatch(/^deploy-lint: .*ENOSPC.*\n/);
  });

  test('F01 closed outputs leave the exit code', async () => {
    expect((await shell('$PROGRAM --fail-level high >&- 2>&-', 'found')).code).toBe(1);
    expect((await shell('$PROGRAM >&- 2>&- <&-', 'clean')).code).toBe(0);
    expect((await shell('$PROGRAM --comit 2>&-', 'clean')).code).toBe(2);
  });

  test('F03 a promise that never settles is incomplete', async () => {
    const { code, stderr } = await shell('$PROGRAM', 'hang');
    expect({ code, stderr }).toEqual({ code: 3, stderr: 'deploy-lint: ended without an answer\n' });
  });

  test.each([
    ['reject', 'lost promise'],
    ['throw', 'late\\nerror'],
  ])('F03 an error that nobody waits for is incomplete: %s', async (behaviour, message) => {
    const { code, stderr } = await shell('$PROGRAM', behaviour);
    expect(code).toBe(3);
    expect(stderr).toBe(
      `deploy-lint: internal error: ${message}\n  This is a defect of deploy-lint. DEPLOY_LINT_DEBUG=1 shows where it happened.\n`,
    );
  });

  test('F01 a folder that is gone is incomplete and no stack trace', async () => {
    const { code, stderr } = await shell('mkdir gone && cd gone && rmdir ../gone && $PROGRAM', 'clean');
    expect(code).toBe(3);
    expect(stderr).toBe('deploy-lint: the folder that this runs in is gone\n');
  });
});
