import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRenderer } from '../../src/kustomize/renderer.ts';
import { at, text, toJson } from '../../src/yaml/node.ts';
import { memoryTree } from '../support/memory-tree.ts';
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

describe('B02 fan-out ends', () => {
  const fanOut = (levels: number, link: (level: number) => string): Record<string, string> => {
    const files: Record<string, string> = {
      'l0/kustomization.yaml': 'resources: [cm.yaml]\n',
      'l0/cm.yaml': CONFIG_MAP,
    };
    for (let level = 1; level <= levels; level++) {
      for (const side of ['a', 'b']) {
        files[`${side}${level}/kustomization.yaml`] = `resources: [../l${level - 1}]\nnamePrefix: ${side}${level}-\n`;
      }
      files[`l${level}/kustomization.yaml`] = link(level);
    }
    return files;
  };

  it('2^12 objects are built', async () => {
    const { objects, problems } = await render(
      fanOut(12, level => `resources: [../a${level}, ../b${level}]\n`),
      'l12',
    );
    expect(problems).toEqual([]);
    expect(objects).toHaveLength(4_096);
  });

  it.each([
    ['2^14 objects, each in 28 layers,', 14],
    ['2^20 objects', 20],
    ['2^60 objects', 60],
  ])('%s are too many', async (_, levels) => {
    const files = fanOut(levels, level => `resources: [../a${level}, ../b${level}]\n`);
    const { objects, problems } = await render(files, `l${levels}`);
    expect(new Set(problems.map(problem => problem.code))).toEqual(new Set(['too-many-objects']));
    expect(objects).toEqual([]);
  });

  it('says the same of a build whose folders were built before', async () => {
    const files = fanOut(14, level => `resources: [../a${level}, ../b${level}]\n`);
    const renderer = createRenderer(memoryTree(files));
    const alone = await createRenderer(memoryTree(files)).kustomization('l14');
    for (let level = 0; level < 13; level++) await renderer.kustomization(`l${level}`);
    expect((await renderer.kustomization('l14')).problems.map(({ message }) => message)).toEqual(
      alone.problems.map(({ message }) => message),
    );
  });

  const manifests = (count: number) =>
    Array.from({ length: count }, (_, i) => CONFIG_MAP.replace('name: a', `name: a${i}`)).join('---\n');
  const components = Array.from({ length: 150 }, (_, i) => `c${i}`);
  const MANY_STEPS = 'the build copies or changes more than 5,000,000 values on the way through its layers';

  it('objects of one name in many namespaces are found by their own', async () => {
    const pair = (i: number) =>
      `apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: n${i}}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: b, namespace: n${i}}\nspec: {volumes: [{name: v, secret: {secretName: a}}]}\n`;
    const { objects, problems } = await render({
      'kustomization.yaml': 'namePrefix: p-\nresources: [all.yaml]\n',
      'all.yaml': Array.from({ length: 1_000 }, (_, i) => pair(i)).join('---\n'),
    });
    expect(problems).toEqual([]);
    const pods = objects.filter(({ id }) => id.kind === 'Pod');
    expect(new Set(pods.map(({ root }) => text(root, 'spec', 'volumes', 0, 'secret', 'secretName')))).toEqual(
      new Set(['p-a']),
    );
  });

  it.each<[what: string, files: Record<string, string>, message: string]>([
    [
      'objects under many components',
      {
        'kustomization.yaml': `resources: [cm.yaml]\ncomponents: [${components.join(', ')}]\n`,
        'cm.yaml': manifests(1_000),
        ...Object.fromEntries(
          components.map(name => [`${name}/kustomization.yaml`, `${COMPONENT}commonLabels: {${name}: x}\n`]),
        ),
      },
      MANY_STEPS,
    ],
    [
      'copies of copies by a JSON patch',
      {
        'kustomization.yaml': `resources: [cm.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n${Array.from({ length: 40 }, (_, i) => `    - {op: copy, from: /data, path: /data/k${i}}\n`).join('')}`,
        'cm.yaml': CONFIG_MAP,
      },
      MANY_STEPS,
    ],
    [
      'a large patch of many objects',
      {
        'kustomization.yaml': 'resources: [cm.yaml]\npatches: [{path: patch.yaml, target: {kind: ConfigMap}}]\n',
        'cm.yaml': manifests(1_000),
        'patch.yaml': `${CONFIG_MAP}x:\n${'- y\n'.repeat(10_000)}`,
      },
      MANY_STEPS,
    ],
    [
      'a value that vars put in many times',
      {
        'kustomization.yaml': `resources: [cm.yaml]\nconfigurations: [refs.yaml]\nvars:\n- {name: V, objref: {kind: ConfigMap, apiVersion: v1, name: a}, fieldref: {fieldPath: data.long}}\n`,
        'refs.yaml': 'varReference: [{path: data/many, kind: ConfigMap}]\n',
        'cm.yaml': `${CONFIG_MAP.replace('{k: v}', '')}  long: ${'x'.repeat(1_000_000)}\n  many: ${'$(V)'.repeat(10_000)}\n`,
      },
      MANY_STEPS,
    ],
    [
      'values behind aliases',
      {
        'kustomization.yaml': 'resources: [a.yaml, b.yaml]\n',
        ...Object.fromEntries(
          ['a', 'b'].map(name => [
            `${name}.yaml`,
            `apiVersion: v1\nkind: ${name}\nmetadata: {name: a}\nx: &x [${'1,'.repeat(1_000)}]\ny: [${'*x,'.repeat(400)}]\n`,
          ]),
        ),
      },
      'the objects of the build hold 802,814 values, more than 500,000',
    ],
    [
      'one file in many generators',
      {
        'kustomization.yaml': `secretGenerator:\n${Array.from({ length: 400 }, (_, i) => `- {name: s${i}, files: [k=big]}\n`).join('')}`,
        big: 'x'.repeat(1_000_000),
      },
      MANY_STEPS,
    ],
  ])('%s are too many', async (_, files, message) => {
    const { objects, problems } = await render(files);
    expect(problems.map(problem => [problem.code, problem.message])).toEqual([['too-many-objects', message]]);
    expect(objects).toEqual([]);
  });

  it('components that include components twice are too many', async () => {
    const files: Record<string, string> = {
      'kustomization.yaml': 'resources: [cm.yaml]\ncomponents: [c0]\n',
      'cm.yaml': CONFIG_MAP,
    };
    for (let i = 0; i < 30; i++) {
      files[`c${i}/kustomization.yaml`] = `${COMPONENT}components: [../c${i + 1}, ../d${i + 1}]\n`;
      files[`d${i}/kustomization.yaml`] = `${COMPONENT}components: [../c${i + 1}, ../d${i + 1}]\n`;
    }
    files['c30/kustomization.yaml'] = `${COMPONENT}namePrefix: p\n`;
    files['d30/kustomization.yaml'] = `${COMPONENT}namePrefix: p\n`;
    const { problems } = await render(files);
    expect(problems.map(problem => problem.code)).toEqual(['too-many-objects']);
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
