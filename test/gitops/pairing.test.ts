import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../src/config/config.ts';
import type { ChangedFile } from '../../src/git/tree.ts';
import type { FactCache } from '../../src/gitops/cache.ts';
import { mapRepository } from '../../src/gitops/map.ts';
import { affectedUnits } from '../../src/gitops/pairing.ts';
import { memoryTree } from '../support/memory-tree.ts';
import { application, CONFIG_MAP, kustomization } from './repository.ts';

type Files = Readonly<Record<string, string>>;

/** The pairs as `before -> after` keys, the same by what is read and by what was kept. */
async function pairs(before: Files, after: Files): Promise<string[]> {
  let text = '';
  const cache: FactCache = {
    read: async treeId => (text === '' ? undefined : { treeId, text }),
    write: async (_treeId, written) => {
      text = written;
    },
  };
  const read = await pairsOf(before, after, cache);
  expect(text).not.toBe('');
  expect(await pairsOf(before, after, cache)).toEqual(read);
  return read;
}

async function pairsOf(before: Files, after: Files, cache: FactCache): Promise<string[]> {
  const [old, now] = [memoryTree(before), memoryTree(after)];
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const files: ChangedFile[] = [];
  for (const path of paths.filter(path => before[path] !== after[path])) {
    files.push({ path, before: await old.entry(path), after: await now.entry(path) });
  }
  const map = await mapRepository({ tree: old, config: DEFAULTS, cache });
  const found = await affectedUnits(map, await map.update(files, now), files);
  return found.map(pair => `${pair.before?.key ?? 'nothing'} -> ${pair.after?.key ?? 'nothing'}`);
}

const SHOP: Files = {
  'shop/kustomization.yaml': kustomization('resources: [a.yaml]'),
  'shop/a.yaml': CONFIG_MAP,
};
const CHANGED = CONFIG_MAP.replace('settings', 'other');

/** A set that an overlay gives its clusters. */
const setFor = (...clusters: readonly string[]): Files => ({
  'sets/set.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: shops}
spec:
  generators: [{list: {elements: [{cluster: a}]}}]
  template:
    metadata: {name: 'shop-{{cluster}}'}
    spec: {source: {repoURL: 'https://git.example.com/gitops', path: 'shop/{{cluster}}'}}
`,
  'sets/kustomization.yaml': kustomization('resources: [set.yaml]'),
  'overlay/kustomization.yaml': kustomization(
    'resources: [../sets]',
    `patches: [{target: {kind: ApplicationSet}, patch: '${JSON.stringify([
      {
        op: 'replace',
        path: '/spec/generators/0/list/elements',
        value: clusters.map(cluster => ({ cluster })),
      },
    ])}'}]`,
  ),
  ...Object.fromEntries(['a', 'b', 'c'].map(cluster => [`shop/${cluster}/kustomization.yaml`, kustomization()])),
});

describe('affectedUnits', () => {
  it.each([
    ['a changed file', SHOP, { ...SHOP, 'shop/a.yaml': CHANGED }, ['dir:shop -> dir:shop']],
    ['a new folder', {}, SHOP, ['nothing -> dir:shop']],
    ['a removed folder', SHOP, {}, ['dir:shop -> nothing']],
    [
      'a folder that gets an Application',
      SHOP,
      { ...SHOP, 'app.yaml': application('shop', 'shop') },
      ['dir:shop -> app:shop', 'nothing -> manifests:app.yaml'],
    ],
    [
      'a folder whose Application goes',
      { ...SHOP, 'app.yaml': application('shop', 'shop') },
      SHOP,
      ['app:shop -> dir:shop', 'manifests:app.yaml -> nothing'],
    ],
    [
      'an Application with a new name',
      { ...SHOP, 'app.yaml': application('shop', 'shop') },
      { ...SHOP, 'app.yaml': application('store', 'shop') },
      ['app:shop -> app:store', 'manifests:app.yaml -> manifests:app.yaml'],
    ],
    [
      'an Application that moves to another folder',
      { ...SHOP, 'app.yaml': application('shop', 'shop'), 'new/kustomization.yaml': 'resources: []\n' },
      { ...SHOP, 'app.yaml': application('shop', 'new'), 'new/kustomization.yaml': 'resources: []\n' },
      ['app:shop -> app:shop', 'manifests:app.yaml -> manifests:app.yaml'],
    ],
    [
      'a second Application of the same name',
      { ...SHOP, 'a/app.yaml': application('shop', 'shop') },
      { ...SHOP, 'a/app.yaml': application('shop', 'shop'), 'b/app.yaml': application('shop', 'shop') },
      ['nothing -> app:shop@b/app.yaml', 'nothing -> manifests:b/app.yaml'],
    ],
    [
      'an Application whose manifest moves',
      { ...SHOP, 'a/app.yaml': application('shop', 'shop') },
      { ...SHOP, 'b/app.yaml': application('shop', 'shop') },
      ['app:shop -> app:shop', 'manifests:a/app.yaml -> nothing', 'nothing -> manifests:b/app.yaml'],
    ],
    [
      'a folder that gets two Applications',
      SHOP,
      { ...SHOP, 'a.yaml': application('a', 'shop'), 'b.yaml': application('b', 'shop') },
      ['dir:shop -> app:a', 'nothing -> app:b', 'nothing -> manifests:a.yaml', 'nothing -> manifests:b.yaml'],
    ],
    [
      'a root that an overlay includes from now on',
      SHOP,
      { ...SHOP, 'shop/a.yaml': CHANGED, 'prod/kustomization.yaml': kustomization('resources: [../shop]') },
      ['nothing -> dir:prod', 'dir:shop -> dir:shop'],
    ],
    [
      'a base that no overlay includes any more',
      { ...SHOP, 'prod/kustomization.yaml': kustomization('resources: [../shop]') },
      { ...SHOP, 'shop/a.yaml': CHANGED },
      ['dir:prod -> nothing', 'dir:shop -> dir:shop'],
    ],
    [
      'plain manifests that a kustomization takes over',
      { 'shop/a.yaml': CONFIG_MAP },
      SHOP,
      ['manifests:shop -> dir:shop'],
    ],
    [
      'one plain manifest less',
      { 'o/a.yaml': CONFIG_MAP, 'o/b.yaml': CONFIG_MAP },
      { 'o/a.yaml': CONFIG_MAP },
      ['manifests:o -> manifests:o'],
    ],
    [
      'a cluster more for a set, whose other Applications stay as they are',
      setFor('a', 'b'),
      setFor('a', 'b', 'c'),
      ['dir:shop/c -> app:shop-c@overlay', 'dir:overlay -> dir:overlay'],
    ],
    ['Terraform', { 'i/main.tf': '' }, { 'i/main.tf': '#' }, ['terraform:i -> terraform:i']],
    ['new Terraform', {}, { 'i/main.tf': '#' }, ['nothing -> terraform:i']],
    ['prose', { 'README.md': 'a' }, { 'README.md': 'b' }, []],
  ])('%s', async (_what, before, after, expected) => {
    expect(await pairs(before, after)).toEqual(expected);
  });
});
