import { describe, expect, it } from 'vitest';
import { at, toJson } from '../../src/yaml/node.ts';
import * as fc from '../support/properties.ts';
import { placeOf, render } from '../support/render.ts';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: v}\n';
const COMPONENT = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n';

describe('B01 cycles and chains end', () => {
  it.each<[name: string, files: Record<string, string>, folder: string, message: string, place: string]>([
    [
      'itself',
      { 'a/kustomization.yaml': 'resources: [.]\n' },
      'a',
      'a cycle: this leads back to a',
      'a/kustomization.yaml:1:13',
    ],
    [
      'each other',
      { 'a/kustomization.yaml': 'resources: [../b]\n', 'b/kustomization.yaml': 'resources: [../a]\n' },
      'a',
      'a cycle: this leads back to a',
      'b/kustomization.yaml:1:13',
    ],
    [
      'the folder around it',
      { 'a/kustomization.yaml': 'resources: [..]\n', 'kustomization.yaml': 'namePrefix: p-\n' },
      'a',
      'a cycle: this leads back to the root of the repository, which contains a',
      'a/kustomization.yaml:1:13',
    ],
    [
      'a component',
      { 'a/kustomization.yaml': 'components: [../c]\n', 'c/kustomization.yaml': `${COMPONENT}components: [../c]\n` },
      'a',
      'a cycle: this leads back to c',
      'c/kustomization.yaml:3:14',
    ],
  ])('%s', async (_, files, folder, message, place) => {
    const { problems } = await render(files, folder);
    expect(problems.map(problem => [problem.code, problem.message, placeOf(problem.span)])).toEqual([
      ['kustomization-refused', message, place],
    ]);
  });

  it('a shared folder is a cycle only for those on the way back', async () => {
    const { problems, objects } = await render({
      'kustomization.yaml': 'resources: [left, right]\n',
      'left/kustomization.yaml': 'resources: [../right]\nnamePrefix: left-\n',
      'right/kustomization.yaml': 'resources: [cm.yaml]\n',
      'right/cm.yaml': CONFIG_MAP,
    });
    expect(problems).toEqual([]);
    expect(objects.map(object => object.id.name)).toEqual(['a', 'left-a']);
  });

  it('a chain of 2,000 folders', async () => {
    const files: Record<string, string> = {};
    for (let i = 0; i < 2_000; i++) files[`d${i}/kustomization.yaml`] = `resources: [../d${i + 1}]\n`;
    const { problems } = await render(files, 'd0');
    expect(problems.map(problem => problem.code)).toEqual(['graph-too-deep']);
  });
});

describe('B03 and B07 no path leads out of the repository', () => {
  it.each([
    ['/etc/passwd', 'path-leaves-repository'],
    ['../../outside', 'path-leaves-repository'],
    ['b/../../../outside', 'path-leaves-repository'],
    ['~/secret', 'path-leaves-repository'],
    ['$HOME/secret', 'file-not-in-tree'],
    ['..\\\\..\\\\outside', 'file-not-in-tree'],
    ['%2e%2e/%2e%2e/outside', 'file-not-in-tree'],
    ['C:\\\\outside', 'file-not-in-tree'],
    ['../.git/config', 'file-not-in-tree'],
  ])('%s', async (path, code) => {
    const fields = [
      `resources: ["${path}"]\n`,
      `resources: [cm.yaml]\npatches: [{path: "${path}"}]\n`,
      `configMapGenerator: [{name: g, files: ["key=${path}"]}]\n`,
      `secretGenerator: [{name: g, envs: ["${path}"]}]\n`,
    ];
    for (const kustomization of fields) {
      const { problems, files } = await render({ 'a/kustomization.yaml': kustomization, 'a/cm.yaml': CONFIG_MAP }, 'a');
      expect(problems.map(problem => problem.code)).toEqual([code]);
      expect(files.filter(file => !file.startsWith('a/'))).toEqual([]);
    }
  });
});

describe('C02 and C03 patches', () => {
  it('C02 a pattern that backtracks elsewhere is matched in linear time', async () => {
    const name = `${'a'.repeat(60)}x`;
    const { problems } = await render({
      'kustomization.yaml': `resources: [cm.yaml]\npatches:\n- target: {name: "(a+)+"}\n  patch: '[{"op": "remove", "path": "/kind"}]'\n`,
      'cm.yaml': CONFIG_MAP.replace('name: a', `name: ${name}`),
    });
    expect(problems).toEqual([]);
  });

  it('C03 names of the prototype are keys like any other', async () => {
    const { objects, problems } = await render({
      'kustomization.yaml': `resources: [cr.yaml]
patches:
- target: {kind: Thing}
  patch: |-
    - {op: add, path: /__proto__, value: {polluted: true}}
    - {op: add, path: /spec/constructor, value: {prototype: {polluted: true}}}
- patch: |-
    apiVersion: example.com/v1
    kind: Thing
    metadata: {name: t}
    spec: {__proto__: {polluted: true}, toString: x}
commonLabels: {__proto__: label}
`,
      'cr.yaml': 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec: {}\n',
    });
    expect(problems).toEqual([]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect([...(objects[0]?.root.entries.keys() ?? [])]).toContain('__proto__');
    const spec = at(objects[0]?.root, 'spec');
    expect(spec && Object.keys(toJson(spec) ?? {}).sort()).toEqual(['__proto__', 'constructor', 'toString']);
  });

  it('C03 the build of any kustomization ends without an exception', async () => {
    const word = fc.constantFrom(
      'resources',
      'patches',
      'images',
      'name',
      'path',
      'a',
      '../b',
      '',
      '/',
      '$patch',
      'delete',
      'kind',
    );
    const value = fc.letrec(tie => ({
      node: fc.oneof(
        { depthSize: 'small' },
        word,
        fc.integer(),
        fc.constant(null),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(word, tie('node'), { maxKeys: 3 }),
      ),
    })).node;
    const fields = [
      'resources',
      'components',
      'patches',
      'patchesStrategicMerge',
      'patchesJson6902',
      'images',
      'labels',
      'vars',
      'replicas',
      'replacements',
      'configMapGenerator',
      'helmCharts',
      'generators',
      'transformers',
      'namespace',
    ];
    const kustomization = fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 5 });
    await fc.assert(
      fc.asyncProperty(kustomization, value, async (root, patch) => {
        const files = {
          'kustomization.yaml': JSON.stringify({ ...root, resources: ['cm.yaml'] }),
          'cm.yaml': CONFIG_MAP,
          a: JSON.stringify(patch),
          'b/kustomization.yaml': JSON.stringify(root),
        };
        const { objects } = await render(files);
        expect(objects.length).toBeLessThan(50);
      }),
      { numRuns: 300 },
    );
  });
});
