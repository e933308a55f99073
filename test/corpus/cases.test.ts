import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTxtar } from '../support/txtar.ts';

const CASES = join(import.meta.dirname, '../kustomize/cases');

/** Where kustomize 5.5, which is in kubectl 1.32, does something else than 5.8. */
const DIFFERENCES = new Map<string, string>([
  ['labels-changed-later.txtar', 'a source that is a value came with 5.7'],
  ['metadata-managed-by.txtar', 'the label names the version'],
  ['replacements-in-indented-json.txtar', 'fields inside of a text came with 5.8'],
  ['replacements-in-json-annotation.txtar', 'fields inside of a text came with 5.8'],
  ['replacements-in-json.txtar', 'fields inside of a text came with 5.8'],
  ['replacements-in-yaml.txtar', 'fields inside of a text came with 5.8'],
  ['replacements-of-types.txtar', 'a source that is a value came with 5.7'],
  ['replacements-on-the-way.txtar', 'fields inside of a text came with 5.8'],
  ['replacements-source-value.txtar', 'a source that is a value came with 5.7'],
  ['replacements-target-namespace.txtar', 'a source that is a value came with 5.7'],
  ['replacements.txtar', 'a source that is a value came with 5.7'],
]);

/** Of a tenth of a second, most is for what a short run has no use for. */
const env = { ...process.env, GOGC: 'off', GOMAXPROCS: '1' };

/** kubectl, where it is there with a kustomize that the differences are listed for. */
const { stdout: version } = spawnSync('kubectl', ['version', '--client'], { encoding: 'utf8' });
const isThere = /Kustomize Version: v5\.5\./.test(version ?? '');

describe('kubectl with kustomize 5.5, when present', () => {
  it.skipIf(!isThere)('makes the same of each case, the listed differences aside', { timeout: 300_000 }, () => {
    const differing = readdirSync(CASES).filter(name => {
      const { 'expected.yaml': expected, ...files } = readTxtar(readFileSync(join(CASES, name), 'utf8')).files;
      return build(files) !== expected;
    });
    expect(differing).toEqual([...DIFFERENCES.keys()].sort());
  });
});

function build(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-case-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const start = 'kustomization.yaml' in files ? folder : join(folder, 'overlay');
    return spawnSync('kubectl', ['kustomize', start], { env, encoding: 'utf8' }).stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
