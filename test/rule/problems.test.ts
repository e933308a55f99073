import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../src/rule/problems.ts';
import type { Problem } from '../../src/yaml/problem.ts';
import { spanAt, unit } from '../support/results.ts';

const problems: Problem[] = [
  { code: 'file-not-in-tree', message: 'a.yaml is not in the tree', span: spanAt('kustomization.yaml', 2) },
  { code: 'duplicate-key', message: 'twice', span: spanAt('b.yaml', 1) },
  { code: 'file-too-large', message: 'large', span: spanAt('c.yaml', 1) },
];
const rendered = { objects: [], gaps: [], problems, files: [] };

function sightings(folder: string, kind: 'kustomization' | 'application' = 'kustomization') {
  const application =
    kind === 'kustomization'
      ? undefined
      : {
          ...{ name: 'shop', file: 'shop.yaml', project: 'default', namespace: 'shop', sources: [] },
          ...{ automated: true, prune: true, selfHeal: true, cascades: false },
        };
  return [
    ...problemsOf('file-not-in-tree')(rendered, unit('acme', 'shop', 'unknown', { folders: [folder], application })),
  ];
}

describe('the check for problems of one code', () => {
  it('leaves the others to their rules', () => {
    expect(sightings('shop')).toEqual([{ message: 'a.yaml is not in the tree', at: { span: problems[0]?.span } }]);
  });

  it.each(['hack/templates/shop', 'template', 'Skeleton/shop'])('informs of those in %s, which is copied', folder => {
    expect(sightings(folder)).toMatchObject([{ severity: 'info' }]);
    expect(sightings(folder, 'application')[0]?.severity).toBeUndefined();
  });

  it('knows a scaffold by a whole word', () => {
    expect(sightings('email-templates-service/shop')[0]?.severity).toBeUndefined();
  });
});
