import { expect, it } from 'vitest';
import { componentVersions } from '../../src/gitops/versions.ts';
import { Source } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';

it.each([
  ['a list under a key', 'apps:\n  - name: longhorn\n    current: 1.9.1\n    skip_major: true\n', ['longhorn 1.9.1']],
  [
    'a mapping by name',
    'longhorn:\n  version: v1.9.1\nkeda:\n  current-version: "2.15.0"\n',
    ['longhorn v1.9.1', 'keda 2.15.0'],
  ],
  ['a list at the root', '- app: argo-cd\n  currentVersion: 7.1.0\n', ['argo-cd 7.1.0']],
  ['a version that YAML reads as a number', 'apps:\n  k8s: {version: 1.30}\n', ['k8s 1.30']],
  ['entries without a version', 'apps:\n  - name: x\ndefaults: {source: github}\n', []],
])('%s', (_, text, expected) => {
  const [root] = parse(new Source('scripts/apps.yaml', text), 'kubectl').documents;
  if (root === undefined) throw new Error('no document');
  expect(componentVersions(root).map(found => `${found.name} ${found.version}`)).toEqual(expected);
});
