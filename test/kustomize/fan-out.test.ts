import { describe, expect, it } from 'vitest';
import { createRenderer } from '../../src/kustomize/renderer.ts';
import { text } from '../../src/yaml/node.ts';
import { memoryTree } from '../support/memory-tree.ts';
import { render } from '../support/render.ts';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: v}\n';
const COMPONENT = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n';

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
