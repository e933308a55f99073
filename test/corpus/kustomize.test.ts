import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Rendered } from '../../src/kustomize/rendered.ts';
import { createRenderer } from '../../src/kustomize/renderer.ts';
import { type Json, type Node, type ScalarNode, toJson } from '../../src/yaml/node.ts';
import { type Expected, expectedOf, filesOf, NONE, repositories } from '../support/corpus.ts';
import { memoryTree } from '../support/memory-tree.ts';

describe('the corpus beside the checkout, when present', () => {
  const isThere = repositories.length > 0;
  it.skipIf(!isThere).each(isThere ? repositories : NONE)(
    '%s renders as kubectl kustomize does, and each value has an origin',
    { timeout: 600_000 },
    async repository => {
      const expected = expectedOf(repository);
      const renderer = createRenderer(memoryTree(filesOf(repository)));
      const differing: string[] = [];
      const lost: string[] = [];
      for (const [folder, want] of Object.entries(expected)) {
        const rendered = await renderer.kustomization(folder);
        if (!isSame(rendered, want)) differing.push(folder);
        const leaves = rendered.objects.flatMap(({ root }) => leavesOf(root));
        if (!leaves.every(leaf => hasOrigin(leaf, rendered))) lost.push(folder);
      }
      expect(differing).toEqual([]);
      expect(lost).toEqual([]);
    },
  );
});

function isSame(rendered: Rendered, want: Expected): boolean {
  const problems = rendered.problems.filter(problem => problem.code !== 'images-entry-matches-nothing');
  if (!want.ok) return problems.length > 0 || rendered.gaps.length > 0;
  const wanted = parseAllDocuments(want.yaml).map(document => canonical(document.toJS({ maxAliasCount: -1 })));
  const got = rendered.objects.map(object => canonical(toJson(object.root)));
  return problems.length === 0 && JSON.stringify(got) === JSON.stringify(wanted);
}

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

/**
 * With sorted keys, and without the empty lines that go-yaml adds when it writes folded text whose lines are indented:
 * kustomize's output has them, its input does not.
 */
function canonical(value: Json): unknown {
  if (typeof value === 'string') return value.replace(/\n+(?=[ \t])/g, '\n');
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, canonical(item)]),
  );
}
