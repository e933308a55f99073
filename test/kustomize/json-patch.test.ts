import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/kustomize/budget.ts';
import { applyJsonPatch } from '../../src/kustomize/json-patch.ts';
import { applyJson } from '../../src/kustomize/json-patch-object.ts';
import { resourceOf } from '../../src/kustomize/resource.ts';
import { decode } from '../../src/yaml/decode.ts';
import { items, type MapNode, toJson } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';

interface Case {
  readonly comment?: string;
  readonly doc: unknown;
  readonly patch: readonly Record<string, unknown>[];
  readonly expected?: unknown;
  readonly error?: string;
  readonly disabled?: boolean;
}

const load = createRequire(import.meta.url);
const CASES: readonly Case[] = ['tests.json', 'spec_tests.json'].flatMap(file => load(`json-patch-test-suite/${file}`));

function read(value: unknown): MapNode {
  const [root] = parse(decode('x.json', Buffer.from(JSON.stringify(value))).source, 'kubectl').documents;
  if (root?.kind !== 'map') throw new Error('no mapping');
  return root;
}

/** Objects of Kubernetes are mappings, and the cases know others: each document stands below a key. */
function applied({ doc, patch }: Case): unknown {
  const below = (pointer: unknown) => (typeof pointer === 'string' ? `/doc${pointer}` : pointer);
  const operations = patch.map(operation => ({
    ...operation,
    ...('path' in operation ? { path: below(operation.path) } : {}),
    ...('from' in operation ? { from: below(operation.from) } : {}),
  }));
  const root = read({ doc });
  try {
    applyJsonPatch(root, items(read({ operations }).entries.get('operations')?.value), new Budget());
  } catch (error) {
    return error instanceof Error ? error.constructor.name : error;
  }
  return toJson(root);
}

/** What evanphx/json-patch, which kustomize uses, takes all the same: an index from the end, and no value for null. */
const TAKEN: ReadonlyMap<string, unknown> = new Map([
  ['Out of bounds (lower)', { doc: { bar: [1, 2, '5'] } }],
  ["missing 'value' parameter to add", { doc: [1, null] }],
  ["missing 'value' parameter to replace", { doc: [null] }],
]);

describe('C03: the cases of json-patch.org', () => {
  const enabled = CASES.filter(({ disabled }) => disabled !== true);
  it.each(
    enabled.map((entry, index) => [index, entry.comment ?? entry.error ?? JSON.stringify(entry.patch), entry] as const),
  )('%i: %s', (_, name, entry) => {
    const expected = entry.error === undefined ? { doc: entry.expected ?? entry.doc } : 'PatchConflict';
    expect(applied(entry)).toEqual(TAKEN.get(name) ?? expected);
  });
});

describe('a JSON patch of an object', () => {
  it('B02: takes from the budget of the build what the object is large', () => {
    const spentOn = (length: number) => {
      const budget = new Budget();
      const list = Array.from({ length }, () => 'x');
      const root = read({ kind: 'ConfigMap', metadata: { name: 'a' }, list });
      const operations = items(
        read({ operations: [{ op: 'remove', path: '/list/0' }] }).entries.get('operations')?.value,
      );
      applyJson({ problems: [], budget }, resourceOf(root), operations, false);
      return budget.spent;
    };
    expect(spentOn(81_001) - spentOn(1_001)).toBe(20_000);
  });
});
