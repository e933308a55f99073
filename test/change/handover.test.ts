import { describe, expect, it } from 'vitest';
import { compareSides, type Side } from '../../src/change/compare-sides.ts';
import { DEFAULTS } from '../../src/config/config.ts';
import { mapRepository } from '../../src/gitops/map.ts';
import { createRenderer } from '../../src/kustomize/renderer.ts';
import { lineOf } from '../support/changes.ts';
import { changedFiles, memoryTree } from '../support/memory-tree.ts';

type Files = Readonly<Record<string, string>>;

const application = (
  name: string,
  path: string,
  own = 'syncPolicy: { automated: { prune: true } }',
  cluster = 'in-cluster',
) => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name} }
spec:
  source: { repoURL: "https://git.example/gitops", path: ${path} }
  destination: { name: ${cluster}, namespace: shop }
  ${own}
`;

const finalized = (name: string, path: string) =>
  application(name, path).replace('{ name: ', '{ finalizers: [resources-finalizer.argocd.argoproj.io], name: ');

const service = (name: string) => `
apiVersion: v1
kind: Service
metadata: { name: ${name} }
`;
const claim = (metadata = '', size = '1Gi') => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: media${metadata} }
spec: { resources: { requests: { storage: ${size} } } }
`;

async function sideOf(files: Files): Promise<Side> {
  const tree = memoryTree(files);
  return { map: await mapRepository({ tree, config: DEFAULTS }), renderer: createRenderer(tree) };
}

async function told(before: Files, after: Files): Promise<string[]> {
  const changes = await compareSides(await sideOf(before), await sideOf(after), changedFiles(before, after));
  return changes.flatMap(({ facts }) => facts.map(lineOf)).filter(line => !line.startsWith('application'));
}

/** Two Applications; what stands in `moving` goes from the folder of the first to that of the second. */
function passing(moving: string, first: string, second: string): Promise<string[]> {
  const rest = {
    'apps/one.yaml': first,
    'apps/two.yaml': second,
    'one/a.yaml': service('a'),
    'two/b.yaml': service('b'),
  };
  return told({ ...rest, 'one/moving.yaml': moving }, { ...rest, 'two/moving.yaml': moving });
}

describe('what goes from one Application to another', () => {
  const [one, two] = [application('one', 'one'), application('two', 'two')];
  it.each([
    ['is handed over where the old one prunes', service('web'), one, 'object handed-over Service web: one -> two'],
    ['may take its data with it', claim(), one, 'state handed-over PersistentVolumeClaim media: one -> two'],
    [
      'is taken over as it is where the old one does not prune',
      claim(),
      application('one', 'one', 'syncPolicy: { automated: {} }'),
      'object adopted PersistentVolumeClaim media: one -> two',
    ],
    [
      'is taken over as it is where it is kept from pruning',
      claim(', annotations: { argocd.argoproj.io/sync-options: Prune=false }'),
      one,
      'object adopted PersistentVolumeClaim media: one -> two',
    ],
    [
      'may be pruned by a sync by hand',
      service('web'),
      application('one', 'one', ''),
      'object handed-over Service web: one -> two',
    ],
  ])('%s', async (_case, moving, first, expected) => {
    expect(await passing(moving, first, two)).toEqual([expected]);
  });

  it('is removed here and added there where the clusters differ or are not known', async () => {
    for (const cluster of ['osaka', '"{{name}}"']) {
      expect(await passing(service('web'), one, application('two', 'two', '', cluster))).toEqual([
        'object removed Service web',
        'object added Service web',
      ]);
    }
  });

  it('is compared with what it was', async () => {
    const rest = { 'apps/one.yaml': one, 'apps/two.yaml': two, 'one/a.yaml': service('a'), 'two/b.yaml': service('b') };
    expect(
      await told({ ...rest, 'one/moving.yaml': claim() }, { ...rest, 'two/moving.yaml': claim('', '2Gi') }),
    ).toEqual([
      'state handed-over PersistentVolumeClaim media: one -> two',
      'state changed PersistentVolumeClaim media: spec.resources.requests.storage: 1Gi -> 2Gi',
    ]);
  });

  it('is a hostname neither lost nor won', async () => {
    const ingress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec: { rules: [{ host: www.shop.example }] }
`;
    expect(await passing(ingress, one, two)).toEqual(['object handed-over Ingress web: one -> two']);
  });
});

describe('another name for an Application', () => {
  it.each([
    [
      'with the finalizer',
      finalized,
      ['state handed-over PersistentVolumeClaim media: old -> new', 'object handed-over Service web: old -> new'],
    ],
    ['without it', application, ['object adopted 2 objects: old -> new']],
  ])('%s', async (_case, make, expected) => {
    const files = { 'shop/app.yaml': service('web'), 'shop/data.yaml': claim() };
    const renamed = told(
      { ...files, 'apps/shop.yaml': make('old', 'shop') },
      { ...files, 'apps/shop.yaml': make('new', 'shop') },
    );
    expect(await renamed).toEqual(expected);
    const elsewhere = {
      'web/app.yaml': service('web'),
      'web/data.yaml': claim(),
      'apps/shop.yaml': make('new', 'web'),
    };
    expect(await told({ ...files, 'apps/shop.yaml': make('old', 'shop') }, elsewhere)).toEqual(expected);
  });
});
