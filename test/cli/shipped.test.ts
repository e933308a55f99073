import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { runMain } from '../support/io.ts';
import { buildProgram, type Program } from '../support/program.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let program: Program;
let shop: TestRepository;

beforeAll(() => {
  program = buildProgram();
  shop = createRepository();
  cpSync(join(ROOT, 'examples/shop-gitops'), shop.path, { recursive: true });
  shop.commit('Sample');
});

afterAll(() => {
  program.cleanup();
  shop.cleanup();
});

/** What is shipped, without some of its files. */
function shipped(args: readonly string[], { without = [] }: { readonly without?: readonly string[] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-shipped-'));
  try {
    cpSync(program.home, folder, { recursive: true });
    for (const file of without) rmSync(join(folder, 'dist', file));
    const options = { cwd: shop.path, env: { ...shop.env, CI: '1' }, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(folder, 'dist/deploy-lint.cjs'), ...args],
      options,
    );
    return { exitCode: status, stdout, stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function bySource(args: readonly string[]) {
  return runMain(args, { cwd: shop.path, env: { ...shop.env, CI: '1' }, home: ROOT });
}

describe('what is shipped', () => {
  it('renders every unit of the sample as its source does', async () => {
    const printed = shipped(['render', '--all']);
    expect(printed).toEqual(await bySource(['render', '--all']));
    expect(printed.stdout).toContain('kind: Deployment');
  });

  it('renders folders with origins as its source does', async () => {
    const overlays = readdirSync(shop.path, { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('/kustomization.yaml'))
      .map(dirname);
    const args = ['render', '--origins', ...overlays];
    expect(shipped(args)).toEqual(await bySource(args));
    expect(overlays.length).toBeGreaterThan(6);
  });

  it.each(['render --help', 'render', 'render no-such-folder', 'render --nope'])(
    'answers to %s as its source does',
    async line => {
      expect(shipped(line.split(' '))).toEqual(await bySource(line.split(' ')));
    },
  );

  it('loads for render a program of its own, and for all else the whole one', () => {
    const [render, check] = [['render', '--all'], ['--all']];
    expect(shipped(render, { without: ['program.js'] })).toEqual(shipped(render));
    expect(shipped(check, { without: ['render.js'] })).toEqual(shipped(check));
    expect(shipped(check, { without: ['program.js'] }).stderr).toContain('program.js');
  });

  it('does without the compiled forms', () => {
    const args = ['render', '--all'];
    expect(shipped(args, { without: ['program.js.cache', 'render.js.cache'] })).toEqual(shipped(args));
  });
});
