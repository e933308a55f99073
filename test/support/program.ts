import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The program as one file, for tests in which git starts it. */
export interface Program {
  readonly path: string;
  readonly cleanup: () => void;
}

export async function buildProgram(): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-program-'));
  const path = join(folder, 'dist', 'deploy-lint.cjs');
  writeFileSync(join(folder, 'package.json'), '{ "version": "1.2.3" }');
  cpSync(fileURLToPath(new URL('../../schemas', import.meta.url)), join(folder, 'schemas'), { recursive: true });
  await build({
    entryPoints: [fileURLToPath(new URL('../../src/bin.ts', import.meta.url))],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: { 'import.meta.dirname': '__dirname' },
  });
  return { path, cleanup: () => rmSync(folder, { recursive: true }) };
}
