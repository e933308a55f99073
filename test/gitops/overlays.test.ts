import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../src/config/config.ts';
import type { ChangedFile } from '../../src/git/tree.ts';
import { mapRepository } from '../../src/gitops/map.ts';
import { affectedUnits } from '../../src/gitops/pairing.ts';
import { renderUnit } from '../../src/gitops/render-unit.ts';
import type { Unit } from '../../src/gitops/unit.ts';
import { at, text } from '../../src/yaml/node.ts';
import { memoryTree } from '../support/memory-tree.ts';
import { application, CONFIG_MAP, kustomization } from './repository.ts';

type Files = Readonly<Record<string, string>>;

/** A set in a base, and an overlay for each of two Argo CDs. */
const SETS: Files = {
  'sets/base/kustomization.yaml': kustomization('resources: [shops.yaml]'),
  'sets/base/shops.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: shops}
spec:
  generators:
    - list:
        elements:
          - {name: a, env: staging}
  template:
    metadata: {name: 'shop-{{name}}'}
    spec:
      source: {repoURL: https://git.example.com/gitops.git, path: 'shop/{{env}}', targetRevision: main}
      destination: {namespace: shop}
      syncPolicy: {automated: {}}
`,
  'sets/prod/kustomization.yaml': kustomization(
    'resources: [../base]',
    'patches: [{path: env.yaml, target: {kind: ApplicationSet}}]',
  ),
  'sets/prod/env.yaml': '- {op: replace, path: /spec/generators/0/list/elements/0/env, value: prod}\n',
  'sets/staging/kustomization.yaml': kustomization('resources: [../base]', 'components: [../frozen]'),
  'sets/frozen/kustomization.yaml': `kind: Component
patches:
  - target: {kind: ApplicationSet}
    patch: |
      - {op: replace, path: /spec/template/spec/source/targetRevision, value: v1}
`,
  'shop/prod/kustomization.yaml': kustomization('resources: [a.yaml]'),
  'shop/prod/a.yaml': CONFIG_MAP,
  'shop/staging/kustomization.yaml': kustomization('resources: [a.yaml]'),
  'shop/staging/a.yaml': CONFIG_MAP,
};

/** What an Application may put on top: a patch, and which objects it is for. */
const TO_PROD = '[{"op": "replace", "path": "/spec/generators/0/list/elements/0/env", "value": "prod"}]';
const SET = 'target: {kind: ApplicationSet}';

function mapOf(files: Files) {
  return mapRepository({ tree: memoryTree(files), config: DEFAULTS });
}

/** The Applications as `key path`. */
async function applicationsOf(files: Files): Promise<string[]> {
  return (await mapOf(files)).applications().map(({ key, application }) => `${key} ${application?.sources[0]?.path}`);
}

/** The pairs of units that differ, as `before -> after`. */
async function affected(before: Files, after: Files): Promise<string[]> {
  const [old, now] = [memoryTree(before), memoryTree(after)];
  const files: ChangedFile[] = [];
  for (const path of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (before[path] === after[path]) continue;
    files.push({ path, before: await old.entry(path), after: await now.entry(path) });
  }
  const map = await mapRepository({ tree: old, config: DEFAULTS });
  const pairs = await affectedUnits(map, await map.update(files, now), files);
  const told = (unit: Unit | undefined) => unit?.key ?? 'nothing';
  return pairs.map(pair =>
    pair.before?.key === pair.after?.key ? told(pair.after) : `${told(pair.before)} -> ${told(pair.after)}`,
  );
}

const PROD = 'app:shop-a@sets/prod shop/prod';
const STAGING = 'app:shop-a@sets/staging shop/staging';

describe('Applications that overlays change', () => {
  it('has a set as each overlay changes it, and in its environment', async () => {
    expect(await applicationsOf(SETS)).toEqual([PROD, STAGING]);
    const units = await (await mapOf(SETS)).reaching('shop/prod/a.yaml');
    expect(units.map(({ key, environment }) => [key, environment])).toEqual([['app:shop-a@sets/prod', 'production']]);
  });

  it.each([
    [
      'a set that an overlay takes out',
      {
        'sets/prod/env.yaml':
          'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: shops}\n$patch: delete\n',
      },
      [STAGING],
    ],
    [
      'an overlay that changes nothing',
      { 'sets/prod/kustomization.yaml': kustomization('resources: [../base]') },
      [STAGING, 'app:shop-a shop/staging'],
    ],
    [
      'an overlay that cannot be built',
      { 'sets/prod/env.yaml': '- {op: remove, path: /spec/none}\n' },
      [STAGING, 'app:shop-a shop/staging'],
    ],
    [
      'overlays that say the same',
      {
        'sets/other/kustomization.yaml': SETS['sets/prod/kustomization.yaml'] ?? '',
        'sets/other/env.yaml': SETS['sets/prod/env.yaml'] ?? '',
      },
      ['app:shop-a@sets/other shop/prod', STAGING],
    ],
    [
      'overlays that say the same for clusters of which one names its environment',
      {
        'sets/dev/kustomization.yaml': kustomization('resources: [../base]', 'components: [../frozen]'),
        'sets/base/shops.yaml': (SETS['sets/base/shops.yaml'] ?? '').replaceAll('shop/{{env}}', 'shop'),
        'sets/prod/kustomization.yaml': kustomization('resources: [../base]', 'components: [../frozen]'),
      },
      ['app:shop-a@sets/dev shop', 'app:shop-a@sets/prod shop', 'app:shop-a@sets/staging shop'],
    ],
    [
      'an overlay that an Application deploys, although another one includes it',
      {
        'sets/all/kustomization.yaml': kustomization('resources: [../prod]', 'nameSuffix: -x'),
        'apps/root.yaml': application('root', 'sets/none'),
        'apps/kustomization.yaml': kustomization(
          'resources: [root.yaml]',
          'patches: [{path: path.yaml, target: {kind: Application}}]',
        ),
        'apps/path.yaml': '- {op: replace, path: /spec/source/path, value: sets/prod}\n',
      },
      ['app:root@apps sets/prod', 'app:shop-a@sets/all shop/prod', PROD, STAGING],
    ],
  ])('%s', async (_what, files, expected) => {
    expect((await applicationsOf({ ...SETS, ...files })).sort()).toEqual(expected.toSorted());
  });

  it.each([
    [
      'what the Application puts on top',
      {
        'apps/root.yaml': application('root', 'sets/base', `kustomize: {patches: [{patch: '${TO_PROD}', ${SET}}]}`),
      },
      ['app:root sets/base', 'app:shop-a@sets/base@root@apps/root.yaml shop/prod'],
    ],
    [
      'what a file of parameters in the folder has',
      {
        'apps/root.yaml': application('root', 'sets/base'),
        'sets/base/.argocd-source-root.yaml': `kustomize: {patches: [{patch: '${TO_PROD}', ${SET}}]}\n`,
      },
      ['app:root sets/base', 'app:shop-a@sets/base@root@apps/root.yaml shop/prod'],
    ],
    [
      'the same folder by two Applications, each with changes of its own',
      {
        'apps/prod/root.yaml': application(
          'root',
          'sets/base',
          `kustomize: {patches: [{patch: '${TO_PROD}', ${SET}}]}`,
        ),
        'apps/staging/root.yaml': application('root', 'sets/base', 'kustomize: {components: [../frozen]}'),
      },
      [
        'app:root@apps/prod/root.yaml sets/base',
        'app:root@apps/staging/root.yaml sets/base',
        'app:shop-a@sets/base@root@apps/prod/root.yaml shop/prod',
        'app:shop-a@sets/base@root@apps/staging/root.yaml shop/staging',
      ],
    ],
    [
      'a set in a component that an Application adds',
      {
        'apps/root.yaml': application(
          'root',
          'shop/prod',
          'kustomize: {components: [../../sets/base], namePrefix: p-}',
        ),
        'sets/base/kustomization.yaml': 'kind: Component\nresources: [shops.yaml]\n',
      },
      ['app:root shop/prod', 'app:shop-a@shop/prod@root@apps/root.yaml shop/staging'],
    ],
    [
      'only what does not change a set',
      { 'apps/root.yaml': application('root', 'sets/base', 'kustomize: {images: [shop=shop:2], namespace: argocd}') },
      ['app:root sets/base', 'app:shop-a shop/staging'],
    ],
    [
      'an Application that deploys itself',
      {
        'apps/root.yaml': application('root', 'apps', 'kustomize: {commonAnnotations: {team: shop}}'),
        'apps/kustomization.yaml': kustomization('resources: [root.yaml, ../sets/base]'),
      },
      ['app:root@apps@root@apps/root.yaml apps', 'app:shop-a@apps@root@apps/root.yaml shop/staging'],
    ],
  ])('has sets with %s', async (_what, files, expected) => {
    const { 'sets/prod/kustomization.yaml': _prod, 'sets/staging/kustomization.yaml': _staging, ...base } = SETS;
    const all: Files = { ...base, ...files };
    expect((await applicationsOf(all)).sort()).toEqual(expected.toSorted());
  });

  it('reaches the Applications that change with what is put on top, each in its environment', async () => {
    const { 'sets/prod/kustomization.yaml': _prod, 'sets/staging/kustomization.yaml': _staging, ...base } = SETS;
    const onTop = (patch: string) =>
      application('root', 'sets/base', `kustomize: {patches: [{patch: '${patch}', ${SET}}]}`);
    const before = { ...base, 'apps/prod/root.yaml': onTop(TO_PROD) };
    const after = { ...before, 'apps/prod/root.yaml': onTop(TO_PROD.replace('"prod"', '"live"')) };
    expect(await affected(before, after)).toEqual([
      'app:root',
      'app:shop-a@sets/base@root@apps/prod/root.yaml',
      'manifests:apps/prod/root.yaml',
    ]);
    const units = (await mapOf(before)).applications();
    expect(units.map(({ name, environment }) => [name, environment])).toEqual([
      ['root', 'production'],
      ['shop-a', 'production'],
    ]);
    const parameters = { ...before, 'sets/base/.argocd-source.yaml': 'kustomize: {components: [../frozen]}\n' };
    expect(await affected(before, parameters)).toEqual(['app:root', 'app:shop-a@sets/base@root@apps/prod/root.yaml']);
  });

  it('reaches the Applications that a patch changes, and no others', async () => {
    const more = (SETS['sets/base/shops.yaml'] ?? '').replace(
      'env: staging}',
      'env: staging}\n          - {name: b, env: staging}',
    );
    const two: Files = { ...SETS, 'sets/base/shops.yaml': more };
    expect(await affected(SETS, two)).toEqual([
      'nothing -> app:shop-b@sets/prod',
      'nothing -> app:shop-b@sets/staging',
      'dir:sets/prod',
      'dir:sets/staging',
    ]);
    const moved = {
      ...two,
      'sets/prod/env.yaml': '- {op: replace, path: /spec/generators/0/list/elements/0/env, value: live}\n',
    };
    expect(await affected(two, moved)).toEqual(['app:shop-a@sets/prod', 'dir:sets/prod']);
    expect(await affected(two, { ...two, 'sets/prod/env.yaml': `# who\n${two['sets/prod/env.yaml']}` })).toEqual([
      'dir:sets/prod',
    ]);
  });

  it('has the template as the overlay makes it, each value where it was set', async () => {
    const map = await mapOf(SETS);
    const unit = map.applications().find(({ key }) => key === 'app:shop-a@sets/staging');
    const { manifest } = unit === undefined ? { manifest: undefined } : await renderUnit(unit, map.renderer, map.tree);
    expect(text(manifest, 'spec', 'source', 'targetRevision')).toBe('v1');
    expect(at(manifest, 'spec', 'source', 'targetRevision')?.span.source.file).toBe('sets/frozen/kustomization.yaml');
    expect(unit?.application?.sources[0]?.targetRevision).toBe('v1');
  });
});
