import { describe, expect, it } from 'vitest';
import { type Find, gitPatterns } from '../../src/gitops/application-sets.ts';
import { applicationsOf, argoDocuments } from '../../src/gitops/applications.ts';
import { Source } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';

const set = (generators: string, path: string, more = '') => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: shops}
spec:
  generators: ${generators}
  ${more}
  template:
    metadata: {name: shop}
    spec:
      source: {repoURL: https://git.example.com/gitops.git, path: '${path}'}
      destination: {namespace: shop}
`;

const found: Find = ({ kind, pattern }) =>
  new Map([
    ['directories clients/*', ['clients/a', 'clients/b.c']],
    ['directories clients/b*', ['clients/b.c']],
    ['files clients/*/shop.json', ['clients/a/shop.json']],
  ]).get(`${kind} ${pattern}`);

function pathsOf(text: string, find: Find = found): unknown[] {
  const { documents, problems } = parse(new Source('sets.yaml', text), 'kubectl');
  expect(problems).toEqual([]);
  return applicationsOf(documents, 'sets.yaml', find).map(({ application }) => application.sources[0]?.path);
}

const GIT = 'repoURL: https://git.example.com/gitops.git';

describe('Applications of an ApplicationSet', () => {
  it.each([
    ['a list', '[{list: {elements: [{name: a}, {name: b}]}}]', 'clients/{{name}}', ['clients/a', 'clients/b']],
    ['a list for Go templates', '[{list: {elements: [{name: a}]}}]', 'clients/{{ .name }}', ['clients/a']],
    ['nested values', '[{list: {elements: [{name: a, values: {env: prod}}]}}]', '{{values.env}}', ['prod']],
    ['folders', `[{git: {${GIT}, directories: [{path: clients/*}]}}]`, '{{path}}', ['clients/a', 'clients/b.c']],
    [
      'folders for Go templates',
      `[{git: {${GIT}, directories: [{path: clients/*}]}}]`,
      '{{.path.path}}',
      ['clients/a', 'clients/b.c'],
    ],
    [
      'folders but some',
      `[{git: {${GIT}, directories: [{path: clients/*}, {path: clients/b*, exclude: true}]}}]`,
      '{{path}}',
      ['clients/a'],
    ],
    ['files', `[{git: {${GIT}, files: [{path: clients/*/shop.json}]}}]`, '{{path}}/app', ['clients/a/app']],
    ['segments', `[{git: {${GIT}, directories: [{path: clients/*}]}}]`, '{{path[0]}}/x', ['clients/x', 'clients/x']],
    [
      'segments for Go templates',
      `[{git: {${GIT}, files: [{path: clients/*/shop.json}]}}]`,
      '{{index .path.segments 1}}',
      ['a'],
    ],
    [
      'a matrix',
      '[{matrix: {generators: [{list: {elements: [{name: a}]}}, {list: {elements: [{env: s}, {env: p}]}}]}}]',
      '{{name}}/{{env}}',
      ['a/s', 'a/p'],
    ],
    ['clusters', '[{clusters: {}}]', 'clients/{{name}}', []],
    ['pull requests', '[{pullRequest: {}}]', 'clients/x', []],
    ['a list behind a selector', '[{list: {elements: [{name: a}]}, selector: {}}]', 'clients/{{name}}', []],
    ['a parameter that nobody sets', '[{list: {elements: [{name: a}]}}]', '{{cluster}}/{{name}}', []],
    ['a function', '[{list: {elements: [{name: a}]}}]', '{{ .name | lower }}', []],
    ['one known generator of two', '[{clusters: {}}, {list: {elements: [{name: a}]}}]', '{{name}}', ['a']],
  ])('%s', (_what, generators, path, expected) => {
    expect(pathsOf(set(generators, path))).toEqual(expected);
  });

  it('gives none of a git generator while the tree is not known', () => {
    expect(pathsOf(set(`[{git: {${GIT}, directories: [{path: clients/*}]}}]`, '{{path}}'), () => undefined)).toEqual(
      [],
    );
  });

  it('gives none where a patch may change the source', () => {
    const text = set('[{list: {elements: [{name: a}]}}]', '{{name}}', 'templatePatch: "{}"');
    expect(pathsOf(text)).toEqual([]);
  });

  it('deletes what an Application applied unless the set preserves it', () => {
    const cascades = (more: string) => {
      const { documents } = parse(
        new Source('s', set('[{list: {elements: [{name: a}]}}]', '{{name}}', more)),
        'kubectl',
      );
      return applicationsOf(documents, 's', found).map(({ application }) => [application.set, application.cascades]);
    };
    expect(cascades('')).toEqual([['shops', true]]);
    expect(cascades('syncPolicy: {preserveResourcesOnDeletion: true}')).toEqual([['shops', false]]);
  });

  it('names the patterns to look up, nested ones as well', () => {
    const text = set(`[{matrix: {generators: [{git: {${GIT}, directories: [{path: 'a/*'}]}}, {list: {}}]}}]`, 'x');
    const [root] = argoDocuments(parse(new Source('s', text), 'kubectl').documents, 'ApplicationSet');
    expect(root === undefined ? [] : gitPatterns(root).map(({ pattern }) => pattern)).toEqual(['a/*']);
  });
});
