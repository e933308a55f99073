import { expect, it } from 'vitest';
import { shareCluster } from '../../src/gitops/neighbours.ts';
import { unitOf } from '../support/changes.ts';

const unit = (cluster: string, file: string) =>
  unitOf({
    kind: 'application',
    application: {
      name: file,
      file,
      project: 'default',
      cluster,
      namespace: 'shop',
      sources: [],
      automated: true,
      prune: true,
      selfHeal: true,
      cascades: true,
    },
  });

it.each([
  ['one by its address', unit('https://a.example', 'eu/a.yaml'), unit('https://a.example', 'us/b.yaml'), true],
  ['two', unit('https://a.example', 'argocd/a.yaml'), unit('https://b.example', 'argocd/b.yaml'), false],
  ['that of Argo CD, side by side', unit('in-cluster', 'argocd/a.yaml'), unit('in-cluster', 'argocd/b.yaml'), true],
  [
    'that of Argo CD, of which there may be several',
    unit('in-cluster', 'eu/a.yaml'),
    unit('in-cluster', 'us/a.yaml'),
    false,
  ],
  ['unknown ones', unit('', 'argocd/a.yaml'), unit('', 'argocd/b.yaml'), false],
  ['that of no Application', unitOf(), unit('in-cluster', 'argocd/a.yaml'), false],
])('the cluster: %s', (_what, a, b, expected) => {
  expect(shareCluster(a, b)).toBe(expected);
});
