import { expect, it } from 'vitest';
import { withMovedHosts } from '../../src/change/moved-hosts.ts';
import * as make from '../support/results.ts';

const application = (name: string, cluster: string) => ({
  name,
  file: `apps/${name}.yaml`,
  project: 'default',
  cluster,
  namespace: name,
  sources: [],
  automated: true,
  prune: true,
  selfHeal: true,
  cascades: false,
});

/** What is told where the first Application ceases to serve a hostname that the second begins to serve. */
function told(clusters: readonly [string, string], environments: readonly ['production', 'production' | 'staging']) {
  const [old, now] = ['old', 'new'].map((name, i) =>
    make.unit('acme', name, environments[i] ?? 'production', {
      key: `app:${name}`,
      name,
      application: application(name, clusters[i] ?? ''),
    }),
  );
  if (old === undefined || now === undefined) expect.fail('there are two units');
  const host = { kind: 'hostname', subject: 'www.shop.example', span: make.spanAt('route.yaml', 3) } as const;
  const changes = withMovedHosts([
    make.unitChange(old, [make.fact(old.key, { ...host, move: 'removed' })]),
    make.unitChange(now, [make.fact(now.key, { ...host, move: 'added' })]),
  ]);
  return changes.flatMap(({ facts }) => facts.map(({ move, from, to }) => [move, from, to].filter(Boolean).join(' ')));
}

it('a hostname that another Application of the cluster takes over is neither new nor gone', () => {
  expect(told(['in-cluster', 'in-cluster'], ['production', 'production'])).toEqual(['moved old new']);
});

it.each([
  [
    ['eu', 'us'],
    ['production', 'production'],
  ],
  [
    ['', ''],
    ['production', 'production'],
  ],
  [
    ['in-cluster', 'in-cluster'],
    ['production', 'staging'],
  ],
] as const)('it is both in clusters %j of %j', (clusters, environments) => {
  expect(told(clusters, environments)).toEqual(['removed', 'added']);
});
