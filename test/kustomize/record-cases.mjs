// Writes into each case what a kustomize of version 5.8.1 makes of it: `npm run record-cases -- PATH/TO/kustomize`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const VERSION = 'v5.8.1';
const EXPECTED = '-- expected.yaml --\n';
const [kustomize = 'kustomize'] = process.argv.slice(2);
const version = spawnSync(kustomize, ['version'], { encoding: 'utf8' }).stdout?.trim();
if (version !== VERSION) throw new Error(`${kustomize} is ${version ?? 'not there'}, the cases are of ${VERSION}`);

const cases = join(import.meta.dirname, 'cases');
for (const name of readdirSync(cases)) {
  const file = join(cases, name);
  const [sources = ''] = readFileSync(file, 'utf8').split(EXPECTED);
  const { status, stdout, stderr } = build(sources);
  if (status === 0) writeFileSync(file, `${sources}${EXPECTED}${stdout}`);
  else process.stderr.write(`${name}: ${stderr}`);
}

function build(sources) {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-case-'));
  try {
    const [, ...parts] = sources.split(/^-- (.+) --\n/m);
    for (let i = 0; i < parts.length; i += 2) {
      const path = join(folder, parts[i]);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, parts[i + 1]);
    }
    const start = parts.includes('kustomization.yaml') ? folder : join(folder, 'overlay');
    return spawnSync(kustomize, ['build', start], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
