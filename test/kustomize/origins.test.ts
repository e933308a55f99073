import { describe, expect, it } from 'vitest';
import { at, historyOf, type Path } from '../../src/yaml/node.ts';
import { originOf, placeOf, render } from '../support/render.ts';

const FILES = {
  'base/kustomization.yaml': 'resources: [app.yaml]\nimages:\n- name: shop/app\n  newTag: 1.0.0-shop\n',
  'base/app.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  template:
    spec:
      containers:
      - name: app
        image: shop/app:0.9
        env:
        - name: LEVEL
          value: info
        envFrom:
        - configMapRef: {name: settings}
      - name: helper
        image: shop/helper:1
`,
  'overlay/kustomization.yaml': `resources:
- ../base
namePrefix: prod-
namespace: shop
commonLabels:
  team: web
replicas:
- name: web
  count: 6
patches:
- path: patch.yaml
- target: {kind: Deployment}
  patch: |-
    - op: add
      path: /spec/minReadySeconds
      value: 30
- patch: |
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web

    spec:
      paused: true
- patch: '{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": {"revisionHistoryLimit": 3}}'
images:
- name: shop/helper
  newName: registry.example.com/helper
  newTag: 2.0.0
configMapGenerator:
- name: settings
  literals:
  - COLOR=blue
  envs: [app.env]
  files: [app.conf]
`,
  'overlay/patch.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
      - name: app
        env:
        - {name: LEVEL, value: debug}
`,
  'overlay/app.env': '# colors\nSHAPE=round\n',
  'overlay/app.conf': 'first line\nsecond\n',
};

const CONTAINER = ['spec', 'template', 'spec', 'containers'] as const;

describe('a field points to the text that set it', () => {
  it.each<[what: string, kind: string, path: Path, origin: string]>([
    ['the key by which a patch finds its item', 'Deployment', [...CONTAINER, 0, 'name'], 'base/app.yaml:10:15 app'],
    ['a container of the base', 'Deployment', [...CONTAINER, 1, 'name'], 'base/app.yaml:17:15 helper'],
    ['an image of the base entry', 'Deployment', [...CONTAINER, 0, 'image'], 'base/kustomization.yaml:4:11 1.0.0-shop'],
    [
      'an image of the overlay entry',
      'Deployment',
      [...CONTAINER, 1, 'image'],
      'overlay/kustomization.yaml:29:11 2.0.0',
    ],
    ['a patch file', 'Deployment', [...CONTAINER, 0, 'env', 0, 'value'], 'overlay/patch.yaml:10:32 debug'],
    ['an inline JSON patch', 'Deployment', ['spec', 'minReadySeconds'], 'overlay/kustomization.yaml:16:14 30'],
    ['an inline patch after an empty line', 'Deployment', ['spec', 'paused'], 'overlay/kustomization.yaml:24:15 true'],
    ['the name', 'Deployment', ['metadata', 'name'], 'overlay/kustomization.yaml:3:13 prod-'],
    ['the namespace', 'Deployment', ['metadata', 'namespace'], 'overlay/kustomization.yaml:4:12 shop'],
    ['a label', 'Deployment', ['spec', 'selector', 'matchLabels', 'team'], 'overlay/kustomization.yaml:6:9 web'],
    ['replicas', 'Deployment', ['spec', 'replicas'], 'overlay/kustomization.yaml:9:10 6'],
    ['a literal', 'ConfigMap', ['data', 'COLOR'], 'overlay/kustomization.yaml:33:5 COLOR=blue'],
    ['a line of an env file', 'ConfigMap', ['data', 'SHAPE'], 'overlay/app.env:2:7 round'],
    ['a file', 'ConfigMap', ['data', 'app.conf'], 'overlay/app.conf:1:1 f'],
    [
      'a reference to a renamed object keeps its own place',
      'Deployment',
      [...CONTAINER, 0, 'envFrom', 0, 'configMapRef', 'name'],
      'base/app.yaml:16:32 settings',
    ],
  ])('%s', async (_, kind, path, origin) => {
    const { objects, problems } = await render(FILES, 'overlay');
    expect(problems).toEqual([]);
    const object = objects.find(({ id }) => id.kind === kind);
    expect(originOf(at(object?.root, ...path))).toBe(origin);
  });

  it.each([
    [
      'single quotes',
      `'{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"k": "new"}}'`,
      '2:94 "new"',
    ],
    [
      'double quotes',
      String.raw`"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \x61}\ndata:\n  j: \"\U0001F600\"\n  k: new\n"`,
      '2:101 new',
    ],
    [
      'double quotes over lines',
      '"{apiVersion: v1, kind: ConfigMap,\\\n   metadata: {name: a},\n\n   data: {k: new}}"',
      '5:14 new',
    ],
    [
      'a literal block',
      '|2-\n    apiVersion: v1\n    kind: ConfigMap\n\n    metadata: {name: a}\n    data:\n      k: new',
      '8:10 new',
    ],
    [
      'a folded block',
      '>+\n    {apiVersion: v1,\n    kind: ConfigMap,\n    metadata: {name: a}, data: {k: new}}\n\n',
      '5:36 new',
    ],
    [
      'an anchor and a tag',
      '&p !!str |\n    {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: new}}',
      '3:70 new',
    ],
  ])('an inline patch in %s is followed to the place within it', async (_, patch, origin) => {
    const files = {
      'kustomization.yaml': `patches:\n- patch: ${patch}\nresources: [cm.yaml]\n`,
      'cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: old}\n',
    };
    const { objects } = await render(files);
    expect(originOf(at(objects[0]?.root, 'data', 'k'))).toBe(`kustomization.yaml:${origin}`);
  });

  it.each<[what: string, kind: string, path: Path, history: string[]]>([
    [
      'an image: tag and name of the entry, then the base',
      'Deployment',
      [...CONTAINER, 1, 'image'],
      ['overlay/kustomization.yaml:29:11', 'overlay/kustomization.yaml:28:12', 'base/app.yaml:18:16'],
    ],
    [
      'a value that a patch replaced',
      'Deployment',
      [...CONTAINER, 0, 'env', 0, 'value'],
      ['overlay/patch.yaml:10:32', 'base/app.yaml:14:18'],
    ],
    ['replicas', 'Deployment', ['spec', 'replicas'], ['overlay/kustomization.yaml:9:10', 'base/app.yaml:6:13']],
    [
      'a name with a prefix',
      'Deployment',
      ['metadata', 'name'],
      ['overlay/kustomization.yaml:3:13', 'base/app.yaml:4:9'],
    ],
    [
      'a name with a hash',
      'ConfigMap',
      ['metadata', 'name'],
      ['overlay/kustomization.yaml:3:13', 'overlay/kustomization.yaml:31:9'],
    ],
    [
      'a reference: its own place, then what named the object',
      'Deployment',
      [...CONTAINER, 0, 'envFrom', 0, 'configMapRef', 'name'],
      ['base/app.yaml:16:32', 'overlay/kustomization.yaml:3:13', 'overlay/kustomization.yaml:31:9'],
    ],
    ['what a patch adds', 'Deployment', ['spec', 'minReadySeconds'], ['overlay/kustomization.yaml:16:14']],
    ['what only selects', 'Deployment', ['kind'], ['base/app.yaml:2:7']],
  ])('and to those that set it before: %s', async (_, kind, path, history) => {
    const { objects } = await render(FILES, 'overlay');
    const leaf = at(objects.find(({ id }) => id.kind === kind)?.root, ...path);
    expect(leaf?.kind === 'scalar' && historyOf(leaf).map(node => placeOf(node.span))).toEqual(history);
  });

  it('names the files that were read, and no others', async () => {
    const { files } = await render({ ...FILES, 'overlay/unused.yaml': 'a: b\n' }, 'overlay');
    expect(files).toEqual([
      'base/app.yaml',
      'base/kustomization.yaml',
      'overlay/app.conf',
      'overlay/app.env',
      'overlay/kustomization.yaml',
      'overlay/patch.yaml',
    ]);
  });
});
