import { describe, expect, it } from 'vitest';
import { references } from '../../src/kustomize/references.ts';
import { Source } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';

function referencesOf(text: string, folder: string) {
  const [root] = parse(new Source(`${folder}/kustomization.yaml`, text), 'kubectl').documents;
  if (root === undefined) throw new Error('the text holds a document');
  return references(root, folder);
}

describe('references names every path of a kustomization.yaml from the root', () => {
  it.each<[text: string, paths: string[]]>([
    [
      'resources: [a.yaml, ./b/, ../base, ../../shared//x]',
      ['apps/base', 'apps/prod/a.yaml', 'apps/prod/b', 'shared/x'],
    ],
    ['bases: [../base]\nRESOURCES: [a]', ['apps/base', 'apps/prod/a']],
    ['components: [../component]', ['apps/component']],
    ['patches: [{path: p.yaml}, {patch: "kind: A"}]', ['apps/prod/p.yaml']],
    ['patchesStrategicMerge: [p.yaml, "kind: A\\nmetadata: {}"]', ['apps/prod/p.yaml']],
    ['patchesJson6902: [{path: j.yaml}]\nreplacements: [{path: r.yaml}]', ['apps/prod/j.yaml', 'apps/prod/r.yaml']],
    [
      'configMapGenerator: [{files: [a.conf, k=b.conf], envs: [c.env], env: d.env}]',
      ['apps/prod/a.conf', 'apps/prod/b.conf', 'apps/prod/c.env', 'apps/prod/d.env'],
    ],
    ['secretGenerator: [{files: [token]}]', ['apps/prod/token']],
    [
      'configurations: [c.yaml]\ncrds: [crd.json]\nopenapi: {path: o.json}',
      ['apps/prod/c.yaml', 'apps/prod/crd.json', 'apps/prod/o.json'],
    ],
    [
      'generators: [g.yaml]\ntransformers: [t]\nvalidators: [v.yaml]',
      ['apps/prod/g.yaml', 'apps/prod/t', 'apps/prod/v.yaml'],
    ],
    [
      'helmCharts: [{name: c, valuesFile: v.yaml, additionalValuesFiles: [w.yaml]}]',
      ['apps/prod/v.yaml', 'apps/prod/w.yaml'],
    ],
    ['resources: [/etc/passwd, ../../../out]', []],
    ['resources: 5\npatches: {a: b}', []],
    ['- a', []],
  ])('%s', (text, paths) => {
    expect(referencesOf(text, 'apps/prod').paths).toEqual(paths);
  });

  it('and the addresses outside of the repository', () => {
    const { paths, remotes } = referencesOf('resources: ["https://github.com/o/r/x?ref=v1", local]', '');
    expect(paths).toEqual(['local']);
    expect(remotes.map(({ what, version }) => [what, version])).toEqual([['https://github.com/o/r/x', 'v1']]);
  });
});
