import { expect, it } from 'vitest';
import { problemsOf } from '../../src/rule/problems.ts';
import type { Problem } from '../../src/yaml/problem.ts';
import { spanAt } from '../support/results.ts';

const problems: Problem[] = [
  { code: 'file-not-in-tree', message: 'a.yaml is not in the tree', span: spanAt('kustomization.yaml', 2) },
  { code: 'duplicate-key', message: 'twice', span: spanAt('b.yaml', 1) },
  { code: 'file-too-large', message: 'large', span: spanAt('c.yaml', 1) },
];

it('leaves the problems of other codes to their rules', () => {
  expect(problemsOf('file-not-in-tree')({ objects: [], gaps: [], problems, files: [] })).toEqual([
    { message: 'a.yaml is not in the tree', at: { span: problems[0]?.span } },
  ]);
});
