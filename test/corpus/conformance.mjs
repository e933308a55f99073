// Compares what deploy-lint renders with what kustomize does: `npm run conformance` over the corpus beside the checkout,
// `npm run conformance -- FOLDER [PROGRAM]` over every kustomization of HEAD of a repository.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const checkout = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-'));
try {
  const outfile = join(folder, 'conformance.cjs');
  const entryPoints = [join(import.meta.dirname, 'conformance.ts')];
  await build({ entryPoints, bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'warning' });
  const { conformance } = await import(pathToFileURL(outfile).href);
  const different = await conformance(process.argv.slice(2), checkout, line => process.stdout.write(`${line}\n`));
  process.exitCode = different === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
