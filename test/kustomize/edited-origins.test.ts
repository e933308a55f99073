import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editorOf, followsItsOrigin, leavesOf } from '../support/edited-origin.ts';
import { memoryTree } from '../support/memory-tree.ts';
import * as fc from '../support/properties.ts';
import { placeOf } from '../support/render.ts';
import { readTxtar } from '../support/txtar.ts';

const CASES = join(import.meta.dirname, 'cases');
const SAMPLE = join(import.meta.dirname, '../../examples/shop-gitops');
/** Leaves of one folder: enough that a transformer that loses an origin is found, few enough to be quick. */
const LEAVES = { numRuns: 8 };

describe('to change the text at the origin of a value is to change the value', () => {
  const cases = readdirSync(CASES, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.txtar'));
  it.each(cases)('%s', async name => {
    const { 'expected.yaml': _, ...files } = readTxtar(readFileSync(join(CASES, name), 'utf8')).files;
    await expectOrigins(files, 'kustomization.yaml' in files ? '' : 'overlay');
  });

  const sample = filesBelow(SAMPLE);
  const overlays = Object.keys(sample).filter(path => /\/(?:overlays|prod|staging)\/.*kustomization\.yaml$/.test(path));
  it.each(overlays.map(path => dirname(path)))('%s', async folder => {
    await expectOrigins(sample, folder);
  });

  it('and a place that sets something else is told from an origin', async () => {
    const files = {
      'kustomization.yaml': 'resources: [cm.yaml]\nnamePrefix: p-\n',
      'cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: one, l: two}\n',
    };
    const editor = await editorOf(memoryTree(files), '');
    const leaves = leavesOf(editor.rendered);
    const [k, l] = ['k', 'l'].map(key => leaves.find(leaf => leaf.path.endsWith(`"${key}"`)));
    if (k === undefined || l === undefined) throw new Error('the sample lost its data');
    expect(await followsItsOrigin(editor, k)).toBe(true);
    expect(await followsItsOrigin(editor, { ...k, node: { ...k.node, span: l.node.span } })).toBe(false);
  });
});

async function expectOrigins(files: Readonly<Record<string, string>>, folder: string): Promise<void> {
  const editor = await editorOf(memoryTree(files), folder);
  const leaves = leavesOf(editor.rendered);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...leaves), async leaf => {
      const follows = await followsItsOrigin(editor, leaf);
      expect(follows, `${leaf.path} of ${leaf.object.id.name} at ${placeOf(leaf.node.span)}`).toBe(true);
    }),
    LEAVES,
  );
}

function filesBelow(root: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files[relative(root, path).split(sep).join('/')] = readFileSync(path, 'utf8');
  }
  return files;
}
