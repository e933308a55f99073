import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Rendered } from '../../src/kustomize/rendered.ts';
import { createRenderer } from '../../src/kustomize/renderer.ts';
import type { Node, ScalarNode } from '../../src/yaml/node.ts';
import { memoryTree } from '../support/memory-tree.ts';
import { corpusBeside, readRepository } from './read-corpus.ts';
import { verdictOf } from './verdict.ts';

const corpus = corpusBeside(join(import.meta.dirname, '../..'));
const NONE = ['no repository (there is no corpus beside this checkout)'];

describe('the corpus beside the checkout, when present', () => {
  const isThere = corpus.repositories.length > 0;
  it.skipIf(!isThere).each(isThere ? corpus.repositories : NONE)(
    '%s renders as kubectl kustomize does, and each value has an origin',
    { timeout: 600_000 },
    async repository => {
      const { files, expected } = readRepository(corpus, repository);
      const renderer = createRenderer(memoryTree(files));
      const differing: string[] = [];
      const lost: string[] = [];
      for (const [folder, want] of Object.entries(expected)) {
        const rendered = await renderer.kustomization(folder);
        const { kind, cause } = verdictOf(rendered, want);
        if (kind === 'different') differing.push(`${folder}: ${cause}`);
        const leaves = rendered.objects.flatMap(({ root }) => leavesOf(root));
        if (!leaves.every(leaf => hasOrigin(leaf, rendered))) lost.push(folder);
      }
      expect(differing).toEqual([]);
      expect(lost).toEqual([]);
    },
  );
});

function leavesOf(node: Node): ScalarNode[] {
  if (node.kind === 'scalar') return [node];
  return node.kind === 'seq'
    ? node.items.flatMap(leavesOf)
    : [...node.entries.values()].flatMap(({ value }) => leavesOf(value));
}

/** Whether the value points into a file that was read for it; what was left out (`key:`) has a place without length. */
function hasOrigin({ value, span }: ScalarNode, { files }: Rendered): boolean {
  const { source, start, end } = span;
  const hasLength = start < end || value === null || value === '';
  return files.includes(source.file) && start >= 0 && end <= source.text.length && hasLength;
}
