import { describe, expect, it } from 'vitest';
import { text } from '../../src/yaml/node.ts';
import { placeOf, render } from '../support/render.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {spec: {containers: [{name: a, image: "a:1"}]}}}
`;
const CONFIG_MAP = `apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {k: v}
`;
const FILES = {
  'cm.yaml': CONFIG_MAP,
  'deployment.yaml': DEPLOYMENT,
  'binding.yaml':
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b}\nsubjects: [{kind: ServiceAccount, namespace: null, name: a}]\n',
  'refs.yaml': 'varReference: [{path: data/*, kind: ConfigMap}]\n',
  'list.yaml': `${DEPLOYMENT.replace('[{name', '[text, {name')}`,
  'untyped.yaml': 'kind: ConfigMap\nmetadata: {name: b}\n',
};

function jsonPatch(operation: string, target = '{kind: ConfigMap}'): string {
  return `resources: [cm.yaml]\npatches:\n- target: ${target}\n  patch: '[${operation}]'\n`;
}

function replacementInJson(path: string): string {
  return `resources: [cm.yaml]
configMapGenerator:
- name: b
  options: {disableNameSuffixHash: true}
  literals:
  - json={"inner":"{\\"key\\":1}"}
replacements:
- source: {kind: ConfigMap, name: a, fieldPath: data.k}
  targets: [{select: {name: b}, fieldPaths: [${path}]}]
`;
}

describe('B09 what kustomize 5.8.1 refuses is a problem at its place', () => {
  it.each<[name: string, kustomization: string, code: string, message: string, place: string]>([
    [
      'a star in a path of a configuration',
      'resources: [cm.yaml]\nconfigurations: [refs.yaml]\nvars: [{name: V, objref: {kind: ConfigMap, apiVersion: v1, name: a}}]\n',
      'kustomization-refused',
      'the path data/* has a *, which kustomize does not follow in configurations',
      'cm.yaml:4:7',
    ],
    [
      'a text among the items of a list that a patch merges',
      'resources: [list.yaml]\npatches: [{patch: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {template: {spec: {containers: [{name: a}]}}}}"}]\n',
      'kustomization-refused',
      'the list is merged by the name of its items, and this one is no mapping (Deployment web)',
      'list.yaml:4:39',
    ],
    [
      'an object without an apiVersion, which the cluster refuses',
      'resources: [untyped.yaml]\n',
      'kustomization-refused',
      'ConfigMap b lacks an apiVersion or a kind that is text, which kustomize lets pass and the cluster refuses',
      'untyped.yaml:1:1',
    ],
    [
      'a blank namespace of a service account',
      'resources: [binding.yaml]\n',
      'kustomization-refused',
      'the namespace of a subject of RoleBinding b is no text',
      'binding.yaml:4:46',
    ],
    [
      'a missing file',
      'resources:\n- cm.yaml\n- gone.yaml\n',
      'file-not-in-tree',
      'gone.yaml is not in the tree',
      'kustomization.yaml:3:3',
    ],
    [
      'an unknown field',
      'resources: [cm.yaml]\nimagess: []\n',
      'kustomization-refused',
      'kustomize knows no field imagess; did you mean images?',
      'kustomization.yaml:2:1',
    ],
    [
      'an unknown field inside',
      'resources: [deployment.yaml]\nimages: [{name: a, newtagg: b}]\n',
      'kustomization-refused',
      'kustomize knows no field images.newtagg; did you mean newTag?',
      'kustomization.yaml:2:20',
    ],
    [
      'a field that JSON in a text does not have',
      replacementInJson('data.json.nowhere.deep'),
      'kustomization-refused',
      'the target ConfigMap b has no data.json.nowhere.deep: there is no such field',
      'kustomization.yaml:9:46',
    ],
    [
      'a builtin that does not exist',
      'resources: [cm.yaml]\ntransformers:\n- |\n  apiVersion: builtin\n  kind: NoTransformer\n  metadata: {name: t}\n',
      'kustomization-refused',
      'kustomize has no builtin NoTransformer',
      'kustomization.yaml:4:3',
    ],
    [
      'a generator under transformers',
      'resources: [cm.yaml]\ntransformers:\n- |\n  apiVersion: builtin\n  kind: SecretGenerator\n  metadata: {name: t}\n',
      'kustomization-refused',
      'SecretGenerator belongs under generators, not transformers',
      'kustomization.yaml:4:3',
    ],
    [
      'a transformer of names without places',
      'resources: [cm.yaml]\ntransformers:\n- |\n  apiVersion: builtin\n  kind: SuffixTransformer\n  metadata: {name: t}\n  suffix: -x\n',
      'kustomization-refused',
      'a transformer of names has fieldSpecs, such as metadata/name',
      'kustomization.yaml:4:3',
    ],
    [
      'a ValueAddTransformer without targets',
      'resources: [cm.yaml]\ntransformers:\n- |\n  apiVersion: builtin\n  kind: ValueAddTransformer\n  metadata: {name: t}\n',
      'kustomization-refused',
      'a ValueAddTransformer has at least one target, and each has a fieldPath',
      'kustomization.yaml:4:3',
    ],
    [
      'a validator that changes something',
      'resources: [cm.yaml]\nvalidators:\n- |\n  apiVersion: builtin\n  kind: LabelTransformer\n  metadata: {name: t}\n  labels: {a: b}\n  fieldSpecs: [{path: metadata/labels, create: true}]\n',
      'kustomization-refused',
      'a validator changes the objects, which kustomize refuses',
      'kustomization.yaml:4:3',
    ],
    [
      'an unknown order',
      'resources: [cm.yaml]\nsortOptions: {order: random}\n',
      'kustomization-refused',
      'sortOptions.order is random, kustomize knows fifo and legacy',
      'kustomization.yaml:2:14',
    ],
    [
      'an order of kinds for another order',
      'resources: [cm.yaml]\nsortOptions: {order: fifo, legacySortOptions: {orderFirst: [Secret]}}\n',
      'kustomization-refused',
      'legacySortOptions belong to the order legacy, and the order is fifo',
      'kustomization.yaml:2:47',
    ],
    [
      'a replacement with two sources',
      'resources: [cm.yaml]\nreplacements:\n- sourceValue: a\n  source: {kind: ConfigMap}\n  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.k]}]\n',
      'kustomization-refused',
      'a replacement has either a source or a sourceValue',
      'kustomization.yaml:3:16',
    ],
    [
      'a word for a number',
      'resources: [deployment.yaml]\nreplacements:\n- sourceValue: many\n  targets: [{select: {kind: Deployment}, fieldPaths: [spec.replicas]}]\npatches: [{target: {kind: Deployment}, patch: \'[{"op": "add", "path": "/spec/replicas", "value": 1}]\'}]\n',
      'kustomization-refused',
      'the target Deployment web has no spec.replicas: it holds a number, a boolean or null, and the value is none',
      'kustomization.yaml:4:55',
    ],
    [
      'a schema that kustomize does not have',
      'resources: [cm.yaml]\nopenapi: {version: v1.20.4}\n',
      'kustomization-refused',
      'kustomize has the schema v1.21.2 and no v1.20.4',
      'kustomization.yaml:2:20',
    ],
    [
      'a schema by name and by file',
      'resources: [cm.yaml]\nopenapi: {version: v1.21.2, path: cm.yaml}\n',
      'kustomization-refused',
      'openapi has either path or version',
      'kustomization.yaml:2:20',
    ],
    [
      'a tag that is a float',
      'resources: [deployment.yaml]\nimages:\n- name: a\n  newTag: 1.10\n',
      'tag-is-a-number',
      'images.newTag is the number 1.10, kustomize wants a string: "1.10"',
      'kustomization.yaml:4:11',
    ],
    [
      'a tag that is an integer',
      'resources: [deployment.yaml]\nimages:\n- name: a\n  newTag: 5621277\n',
      'tag-is-a-number',
      'images.newTag is the number 5621277, kustomize wants a string: "5621277"',
      'kustomization.yaml:4:11',
    ],
    [
      'a tag that is a boolean to YAML 1.1',
      'resources: [deployment.yaml]\nimages:\n- name: a\n  newTag: on\n',
      'tag-is-a-number',
      'images.newTag is the boolean on, kustomize wants a string: "on"',
      'kustomization.yaml:4:11',
    ],
    [
      'a label that is a number',
      'resources: [cm.yaml]\ncommonLabels: {a: 1}\n',
      'kustomization-refused',
      'commonLabels.a is the number 1, kustomize wants a string: "1"',
      'kustomization.yaml:2:19',
    ],
    [
      'resources that are a mapping',
      'resources: {a: b}\n',
      'kustomization-refused',
      'resources is a mapping, kustomize wants a list',
      'kustomization.yaml:1:12',
    ],
    [
      'another kind',
      'kind: Kustomisation\nresources: [cm.yaml]\n',
      'kustomization-refused',
      'the kind is Kustomisation, kustomize wants Kustomization or Component',
      'kustomization.yaml:1:7',
    ],
    [
      'another apiVersion',
      'apiVersion: v1\nresources: [cm.yaml]\n',
      'kustomization-refused',
      'the apiVersion is v1, kustomize wants kustomize.config.k8s.io/v1beta1 for Kustomization',
      'kustomization.yaml:1:13',
    ],
    [
      'nothing to do',
      'kind: Kustomization\n',
      'kustomization-refused',
      'the kustomization is empty',
      'kustomization.yaml:1:1',
    ],
    ['no content', '', 'kustomization-refused', 'the kustomization is empty', 'kustomization.yaml:1:1'],
    [
      'an object twice',
      'resources: [cm.yaml, again/cm.yaml]\n',
      'kustomization-refused',
      'ConfigMap a is there twice, also at cm.yaml:1',
      'again/cm.yaml:1:1',
    ],
    [
      'a patch without a match',
      'resources: [cm.yaml]\npatches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: app}\n',
      'kustomization-refused',
      'no object matches the patch: Deployment app',
      'kustomization.yaml:6:22',
    ],
    [
      'a patch of another shape',
      'resources: [cm.yaml]\npatches:\n- patch: |-\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: a}\n    data: text\n',
      'kustomization-refused',
      'the patch has a plain value where the object has a mapping (ConfigMap a)',
      'kustomization.yaml:7:11',
    ],
    [
      'an unknown directive',
      'resources: [cm.yaml]\npatches:\n- patch: |-\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: a}\n    data: {$patch: remove}\n',
      'kustomization-refused',
      '$patch is remove, kustomize knows merge, replace and delete (ConfigMap a)',
      'kustomization.yaml:7:20',
    ],
    [
      'a JSON patch below a missing field',
      jsonPatch('{"op": "add", "path": "/spec/a/b", "value": 1}'),
      'kustomization-refused',
      'add /spec/a/b: the object has no /spec (ConfigMap a)',
      'kustomization.yaml:4:34',
    ],
    [
      'a JSON patch whose test fails',
      jsonPatch('{"op": "test", "path": "/data/k", "value": "x"}'),
      'kustomization-refused',
      'test /data/k: the object has another value there (ConfigMap a)',
      'kustomization.yaml:4:35',
    ],
    [
      'a JSON patch that removes what is not there',
      jsonPatch('{"op": "remove", "path": "/data/zz"}'),
      'kustomization-refused',
      'remove /data/zz: the object has no such path (ConfigMap a)',
      'kustomization.yaml:4:37',
    ],
    [
      'a JSON patch without a target',
      'resources: [cm.yaml]\npatches:\n- patch: \'[{"op": "remove", "path": "/data/k"}]\'\n',
      'kustomization-refused',
      'a JSON patch needs a target',
      'kustomization.yaml:3:3',
    ],
    [
      'a selector that is none',
      jsonPatch('{"op": "remove", "path": "/data/k"}', '{labelSelector: "a in b"}'),
      'kustomization-refused',
      'labelSelector of the target is not understood: a in b is no selector',
      'kustomization.yaml:3:27',
    ],
    [
      'neither patch nor path',
      'resources: [cm.yaml]\npatches:\n- target: {kind: A}\n',
      'kustomization-refused',
      'a patch has either patch or path',
      'kustomization.yaml:3:3',
    ],
    [
      'operations that start with a bracket and are no JSON',
      "resources: [cm.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: '[{op: remove, path: /data/k}]'\n",
      'kustomization-refused',
      'kustomize reads a patch that starts with [ as JSON, and this is none: quote its keys or write a list',
      'kustomization.yaml:4:10',
    ],
    [
      'an account for a cloud that is not known',
      'generators:\n- |-\n  apiVersion: builtin\n  kind: IAMPolicyGenerator\n  metadata: {name: a}\n  cloud: other\n',
      'kustomization-refused',
      'the cloud of an IAMPolicyGenerator is other, kustomize knows gke',
      'kustomization.yaml:6:10',
    ],
    [
      'a generator that merges with nothing',
      'configMapGenerator: [{name: x, behavior: merge}]\n',
      'kustomization-refused',
      'there is no ConfigMap x to merge',
      'kustomization.yaml:1:29',
    ],
    [
      'a generator of what exists',
      'resources: [cm.yaml]\nconfigMapGenerator: [{name: a}]\n',
      'kustomization-refused',
      'ConfigMap a exists already; its generator needs behavior: merge or replace',
      'kustomization.yaml:2:29',
    ],
    [
      'a literal without a value',
      'configMapGenerator: [{name: a, literals: [ab]}]\n',
      'kustomization-refused',
      'a literal is key=value',
      'kustomization.yaml:1:43',
    ],
    [
      'a key twice',
      'configMapGenerator: [{name: a, literals: [a=b, a=c]}]\n',
      'kustomization-refused',
      'the generator has the key a twice',
      'kustomization.yaml:1:48',
    ],
    [
      'a file of a generator that is missing',
      'configMapGenerator: [{name: a, files: [conf/c.conf]}]\n',
      'file-not-in-tree',
      'conf/c.conf is not in the tree',
      'kustomization.yaml:1:40',
    ],
    [
      'replicas of nothing',
      'resources: [cm.yaml]\nreplicas: [{name: web, count: 1}]\n',
      'kustomization-refused',
      'replicas names web, and there is no Deployment, StatefulSet, ReplicaSet or ReplicationController of that name',
      'kustomization.yaml:2:19',
    ],
    [
      'a replacement without a source',
      'resources: [cm.yaml]\nreplacements:\n- source: {kind: X}\n  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.k]}]\n',
      'kustomization-refused',
      'no object is the source of the replacement: X',
      'kustomization.yaml:3:11',
    ],
    [
      'a replacement into a missing field',
      'resources: [cm.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: data.k}\n  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.zz]}]\n',
      'kustomization-refused',
      'the target ConfigMap a has no data.zz: there is no such field',
      'kustomization.yaml:4:54',
    ],
    [
      'a namespace that makes two objects one',
      'resources: [cm.yaml, elsewhere/cm.yaml]\nnamespace: x\n',
      'kustomization-refused',
      'the namespace x gives two objects the same identity: ConfigMap a in namespace x',
      'kustomization.yaml:2:12',
    ],
    [
      'an object without a kind',
      'resources: [cm.yaml, broken/no-kind.yaml]\n',
      'kustomization-refused',
      'the object has no kind',
      'broken/no-kind.yaml:1:1',
    ],
    [
      'an object without a name',
      'resources: [cm.yaml, broken/no-name.yaml]\n',
      'kustomization-refused',
      'the object has no metadata.name',
      'broken/no-name.yaml:1:1',
    ],
    [
      'a folder without a kustomization',
      'resources: [cm.yaml, broken]\n',
      'file-not-in-tree',
      'broken: the folder has no kustomization.yaml or kustomization.yml or Kustomization',
      'kustomization.yaml:1:22',
    ],
    [
      'a folder for a patch',
      'resources: [cm.yaml]\npatches: [{path: broken}]\n',
      'kustomization-refused',
      'broken is a folder, kustomize wants a file here',
      'kustomization.yaml:2:18',
    ],
    [
      'a component under resources',
      'resources: [cm.yaml, component]\n',
      'kustomization-refused',
      'component is a Component, which belongs under components',
      'kustomization.yaml:1:22',
    ],
    [
      'a kustomization under components',
      'resources: [cm.yaml]\ncomponents: [plain]\n',
      'kustomization-refused',
      'plain is no Component, kustomize wants one under components',
      'kustomization.yaml:2:14',
    ],
  ])('%s', async (_, kustomization, code, message, place) => {
    const { problems } = await render({
      ...FILES,
      'again/cm.yaml': CONFIG_MAP,
      'elsewhere/cm.yaml': CONFIG_MAP.replace('name: a', 'name: a, namespace: b'),
      'broken/no-kind.yaml': 'apiVersion: v1\nmetadata: {name: a}\n',
      'broken/no-name.yaml': 'apiVersion: v1\nkind: A\n',
      'component/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: c-\n',
      'plain/kustomization.yaml': 'namePrefix: c-\n',
      'kustomization.yaml': kustomization,
    });
    expect(problems.map(problem => [problem.code, problem.message, placeOf(problem.span)])).toEqual([
      [code, message, place],
    ]);
  });

  it('a key of the kustomization twice, of which kustomize keeps one', async () => {
    const { problems } = await render({ ...FILES, 'kustomization.yaml': 'resources: [cm.yaml]\nresources: []\n' });
    expect(problems.map(problem => [problem.code, placeOf(problem.span)])).toEqual([
      ['duplicate-key', 'kustomization.yaml:2:1'],
    ]);
  });

  it('several kustomizations in one folder', async () => {
    const { problems } = await render({
      ...FILES,
      'kustomization.yaml': 'resources: [cm.yaml]\n',
      Kustomization: 'x: y\n',
    });
    expect(problems.map(problem => problem.message)).toEqual([
      'the folder has several kustomizations, kustomization.yaml and Kustomization, kustomize wants one',
    ]);
  });

  it('a file above the folder, which the load restrictor keeps out', async () => {
    const files = { 'cm.yaml': CONFIG_MAP, 'a/kustomization.yaml': 'resources: [../cm.yaml]\n' };
    const { problems } = await render(files, 'a');
    expect(problems.map(problem => problem.message)).toEqual([
      'cm.yaml is not in or below a, where kustomize may read files',
    ]);
  });

  it('a key twice in an object, where kubectl would take the last', async () => {
    const twice = CONFIG_MAP.replace('{k: v}', '{k: v, k: w}');
    const { problems } = await render({ 'cm.yaml': twice, 'kustomization.yaml': 'resources: [cm.yaml]\n' });
    expect(problems.map(problem => [problem.code, placeOf(problem.span)])).toEqual([
      ['kustomization-refused', 'cm.yaml:4:14'],
    ]);
  });

  it('a mistake in a shared base is one mistake', async () => {
    const { problems } = await render({
      'kustomization.yaml': 'resources: [one, two]\n',
      'one/kustomization.yaml': 'resources: [../base]\nnamePrefix: one-\n',
      'two/kustomization.yaml': 'resources: [../base]\nnamePrefix: two-\n',
      'base/kustomization.yaml': 'resources: [cm.yaml, gone.yaml]\n',
      'base/cm.yaml': CONFIG_MAP,
    });
    expect(problems.map(problem => placeOf(problem.span))).toEqual(['base/kustomization.yaml:1:22']);
  });
});

describe('what can be rendered is rendered all the same', () => {
  it('beside a missing file', async () => {
    const { objects } = await render({
      ...FILES,
      'kustomization.yaml': 'resources: [gone.yaml, cm.yaml]\nnamePrefix: p-\n',
    });
    expect(objects.map(object => object.id.name)).toEqual(['p-a']);
  });

  it('with the tag as it was written', async () => {
    const kustomization = 'resources: [deployment.yaml]\nimages: [{name: a, newTag: 1.10}]\n';
    const { objects } = await render({ ...FILES, 'kustomization.yaml': kustomization });
    expect(text(objects[0]?.root, 'spec', 'template', 'spec', 'containers', 0, 'image')).toBe('a:1.10');
  });

  it('and a patch for an object that may be in what is missing is no second mistake', async () => {
    const patch = 'patches: [{patch: "{apiVersion: v1, kind: ConfigMap, metadata: {name: other}}"}]\n';
    const { problems } = await render({ ...FILES, 'kustomization.yaml': `resources: [gone.yaml]\n${patch}` });
    expect(problems.map(problem => problem.code)).toEqual(['file-not-in-tree']);
  });
});

describe('an images entry that matches nothing', () => {
  const unused = 'images: [{name: a, newTag: "2"}, {name: b, newTag: "2"}]\n';

  it('is said at its name', async () => {
    const { problems } = await render({ ...FILES, 'kustomization.yaml': `resources: [deployment.yaml]\n${unused}` });
    expect(problems.map(problem => [problem.code, problem.message, placeOf(problem.span)])).toEqual([
      [
        'images-entry-matches-nothing',
        'no image of this kustomization has the name b, so the entry changes nothing',
        'kustomization.yaml:2:41',
      ],
    ]);
  });

  it.each([
    [
      'in a component, which is written for many parents',
      'components: [c]',
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
    ],
    [
      'beside a remote base, which may have the image',
      'resources: [c]',
      'resources: ["https://example.com/org/repo?ref=v1"]\n',
    ],
  ])('is not said %s', async (_, parent, child) => {
    const { problems } = await render({ 'kustomization.yaml': `${parent}\n`, 'c/kustomization.yaml': child + unused });
    expect(problems).toEqual([]);
  });
});
