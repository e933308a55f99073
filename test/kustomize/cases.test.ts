import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRenderer } from '../../src/kustomize/renderer.ts';
import { manifests } from '../../src/report/manifests.ts';
import { memoryTree } from '../support/memory-tree.ts';
import { readTxtar } from '../support/txtar.ts';

/** Each case holds what `kustomize build` of version 5.8.1 makes of its files, as it was printed. */
const FOLDER = join(import.meta.dirname, 'cases');

describe('C04 the same objects as kustomize, in the same order', () => {
  it.each(readdirSync(FOLDER).map(name => [name]))('%s', async name => {
    const { files } = readTxtar(readFileSync(join(FOLDER, name), 'utf8'));
    const { 'expected.yaml': expected = '', ...sources } = files;
    const folder = 'kustomization.yaml' in sources ? '' : 'overlay';
    const rendered = await createRenderer(memoryTree(sources)).kustomization(folder);
    expect(rendered.problems.map(problem => problem.message)).toEqual([]);
    expect(rendered.gaps).toEqual([]);
    expect(manifests(rendered.objects, { origins: false })).toBe(expected);
  });
});
