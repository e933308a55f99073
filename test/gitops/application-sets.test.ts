import { describe, expect, it } from 'vitest';
import { applicationsOf, type Declared, type DeclaredApplication } from '../../src/gitops/applications.ts';
import { looking } from '../../src/gitops/evaluate-sets.ts';
import { Source } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';
import { memoryTree } from '../support/memory-tree.ts';

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

const FILES = {
  'clients/a/shop.json': '{"client": {"name": "alpha", "size": 3}, "env": "prod"}',
  'clients/b.c/list.yaml': '- {env: one}\n- {env: two}\n',
  'clients/b.c/deep/shop.json': '{"client": {"name": "beta"}}',
  'clients/.hidden/x.yaml': 'a: 1\n',
  'clusters/eu/web/kustomization.yaml': 'resources: []\n',
  'clusters/us/web/kustomization.yaml': 'resources: []\n',
};

async function applicationsIn(text: string): Promise<readonly DeclaredApplication[]> {
  return (await declaredIn(text)).declared;
}

async function declaredIn(text: string): Promise<Declared> {
  const { documents, problems } = parse(new Source('sets.yaml', text), 'kubectl');
  expect(problems).toEqual([]);
  const isOwn = (repoURL: string) => repoURL.includes('gitops');
  return looking(memoryTree(FILES), isOwn, look => applicationsOf(documents, 'sets.yaml', look));
}

async function pathsOf(text: string): Promise<unknown[]> {
  return (await applicationsIn(text)).map(({ application }) => application.sources[0]?.path);
}

const GIT = 'repoURL: https://git.example.com/gitops.git';
const FOLDERS = `{git: {${GIT}, directories: [{path: clients/*}]}}`;
const GO = 'goTemplate: true';
const LIST = '{list: {elements: [{name: a, tier: "1"}, {name: B_b, tier: "2"}]}}';

describe('Applications of an ApplicationSet', () => {
  it.each([
    ['a list', `[${LIST}]`, 'clients/{{name}}', ['clients/a', 'clients/B_b']],
    ['nested values', '[{list: {elements: [{name: a, values: {env: prod}}]}}]', '{{values.env}}', ['prod']],
    ['a list in a text', '[{list: {elementsYaml: "[{name: a}]"}}]', '{{name}}', ['a']],
    ['folders, hidden ones aside', `[${FOLDERS}]`, '{{path}}', ['clients/a', 'clients/b.c']],
    ['the names of folders', `[${FOLDERS}]`, 'x/{{path.basenameNormalized}}', ['x/a', 'x/b.c']],
    [
      'folders but some',
      `[{git: {${GIT}, directories: [{path: clients/*}, {path: clients/b*, exclude: true}]}}]`,
      '{{path}}',
      ['clients/a'],
    ],
    [
      'a long list of folders',
      `[{git: {${GIT}, directories: [${[...'pqrstuvw'].map(name => `{path: ${name}}`).join(', ')}, {path: clients/*}]}}]`,
      '{{path}}',
      ['clients/a', 'clients/b.c'],
    ],
    ['segments', `[${FOLDERS}]`, '{{path[0]}}/x', ['clients/x', 'clients/x']],
    [
      'a prefix for the path',
      `[{git: {${GIT}, pathParamPrefix: own, directories: [{path: clients/a}]}}]`,
      '{{own.path}}/{{own.path.basename}}',
      ['clients/a/a'],
    ],
    [
      'values of a generator',
      `[{git: {${GIT}, directories: [{path: clients/a}], values: {at: '{{path.basename}}-x'}}}]`,
      '{{values.at}}',
      ['a-x'],
    ],
    [
      'files, in which a star crosses folders',
      `[{git: {${GIT}, files: [{path: clients/*/shop.json}]}}]`,
      '{{path}}/{{client.name}}',
      ['clients/a/alpha', 'clients/b.c/deep/beta'],
    ],
    [
      'files but some',
      `[{git: {${GIT}, files: [{path: clients/*/shop.json}, {path: '*/deep/*', exclude: true}]}}]`,
      '{{path}}',
      ['clients/a'],
    ],
    ['a file with a list', `[{git: {${GIT}, files: [{path: clients/*/list.yaml}]}}]`, '{{env}}', ['one', 'two']],
    [
      'a matrix',
      '[{matrix: {generators: [{list: {elements: [{name: a}]}}, {list: {elements: [{env: s}, {env: p}]}}]}}]',
      '{{name}}/{{env}}',
      ['a/s', 'a/p'],
    ],
    [
      'a matrix whose second generator names the parameters of the first',
      `[{matrix: {generators: [{list: {elements: [{name: a}]}}, {git: {${GIT}, files: [{path: 'clients/{{name}}/shop.json'}]}}]}}]`,
      '{{name}}/{{env}}',
      ['a/prod'],
    ],
    [
      'a merge',
      `[{merge: {mergeKeys: [name], generators: [${LIST}, {list: {elements: [{name: a, tier: "9"}]}}]}}]`,
      '{{name}}/{{tier}}',
      ['a/9', 'B_b/2'],
    ],
    ['a selector', '[{list: {elements: [{a: x}, {a: z}]}, selector: {matchLabels: {a: z}}}]', '{{a}}', ['z']],
    [
      'a template of the generator',
      '[{list: {elements: [{a: x}], template: {spec: {source: {path: own}}}}}]',
      '{{a}}',
      ['own'],
    ],
    ['one known generator of two', `[{clusters: {}}, ${LIST}]`, '{{name}}', ['a', 'B_b']],
    ['a parameter that nobody sets', `[${LIST}]`, '{{cluster}}/{{name}}', []],
    [
      'another repository',
      '[{git: {repoURL: https://git.example.com/other.git, directories: [{path: "*"}]}}]',
      '{{path}}',
      [],
    ],
  ])('%s', async (_what, generators, path, expected) => {
    expect(await pathsOf(set(generators, path))).toEqual(expected);
  });

  it.each([
    ['{{ .name }}', ['a', 'B_b']],
    ['{{ .name | lower | replace "_" "-" }}', ['a', 'b-b']],
    ['{{ normalize .name }}', ['a', 'b-b']],
    ['{{- if eq .tier "1" }}one{{ else }}other{{ end -}}', ['one', 'other']],
    ['{{ default "x" .missing }}/{{ printf "%s-%s" .name .tier }}', ['x/a-1', 'x/B_b-2']],
    ['{{ index (splitList "_" .name) 0 }}', ['a', 'B']],
    ['{{ ternary "p" "s" (hasPrefix "B" .name) }}', ['s', 'p']],
    ['{{ $n := lower .name }}{{ $n }}-{{ $.tier }}', ['a-1', 'b_b-2']],
    ['{{ with $t := .tier }}{{ $t }}{{ end }}', ['1', '2']],
    ['{{ range $i, $e := list "x" "y" }}{{ $i }}{{ $e }}{{ end }}/{{ .name }}', ['0x1y/a', '0x1y/B_b']],
    ['{{ range $k, $v := dict "b" 2 "a" 1 }}{{ $k }}{{ $v }}{{ end }}/{{ .name }}', ['a1b2/a', 'a1b2/B_b']],
    ['{{ if gt (len .name) 1 }}long{{ else if regexMatch "^[a-c]$" .name }}short{{ end }}', ['short', 'long']],
    ['{{ dig "x" "y" "none" (dict "x" (dict "y" .name)) }}', ['a', 'B_b']],
    ['{{ last (append (list .tier) .name) }}{{ add 1 2 }}', ['a3', 'B_b3']],
    ['{{ regexReplaceAll "[^a-z]+" (lower .name) "-" }}', ['a', 'b-b']],
    ['{{ regexReplaceAll "^(?P<first>[A-Z])_(b)$" .name "${2}${first}$1" }}', ['a', 'bBB']],
    ['{{ regexReplaceAll "x*" .name "-" }}', ['-a-', '-B-_-b-']],
    ['{{ regexReplaceAllLiteral "(a|b)" .name "$1" }}', ['$1', 'B_$1']],
    ['{{ mustRegexFind "[a-z]" .name }}{{ regexFind "9" .name }}', ['a', 'b']],
    ['{{ regexFindAll "[a-zA-Z]" .name -1 | join "+" }}', ['a', 'B+b']],
    ['{{ regexSplit "_" .name -1 | join "+" }}', ['a', 'B+b']],
    ['{{ regexReplaceAll "[" .name "" }}', []],
    ['{{ $n := .name }}{{ $n = lower $n }}{{ $n := upper $n }}{{ $n }}', ['A', 'B_B']],
    ['{{ $n := "x" }}{{ if eq .tier "1" }}{{ $n = "one" }}{{ else }}{{ $n = "two" }}{{ end }}{{ $n }}', ['one', 'two']],
    ['{{ $n := "" }}{{ range list "x" "y" }}{{ $n = print $n . }}{{ end }}{{ $n }}', ['xy', 'xy']],
    ['{{ $n := 1 }}{{ $n = unheardOf 2 }}{{ $n }}', []],
    ['{{ $n = 1 }}{{ .name }}', []],
    ['{{ cat .name "is" | slugify 4 }}', ['a-is', 'b-b']],
    ['{{ (dict "a" (dict "b" .name)).a.b }}', ['a', 'B_b']],
    ['{{ (split "_" .name)._0 }}', ['a', 'B']],
    ['{{ slice (splitList "" "shop") 1 3 | join "" }}{{ substr 0 1 .name }}', ['hoa', 'hoB']],
    ['{{ sub .tier 1 }}{{ mul 2 3 }}{{ printf "%02d" (int .tier) }}', ['0601', '1602']],
    ['{{ (fromYaml "a: {b: c}").a.b }}/{{ without (list "x" .name) "x" | first }}', ['c/a', 'c/B_b']],
    ['{{ if kindIs "string" .name }}{{ .name | sha256sum | trunc 4 }}{{ end }}', ['ca97', 'ef9e']],
    ['{{ $n }}', []],
    ['{{ .missing }}', []],
    ['{{ unheardOf .name }}', []],
  ])('Go template %s', async (path, expected) => {
    expect(await pathsOf(set(`[${LIST}]`, path, GO))).toEqual(expected);
  });

  it('segments and files for Go templates', async () => {
    const files = `[{git: {${GIT}, files: [{path: clients/a/shop.json}]}}]`;
    expect(await pathsOf(set(files, '{{index .path.segments 1}}/{{.client.size}}/{{.path.filename}}', GO))).toEqual([
      'a/3/shop.json',
    ]);
  });

  it('patches what the template makes', async () => {
    const patch = (text: string) => set(`[${LIST}]`, '{{.name}}', `${GO}\n  templatePatch: |\n    ${text}`);
    const conditional = '{{ if eq .name "a" }}{spec: {source: {path: patched}, project: other}}{{ end }}';
    expect(await pathsOf(patch(conditional))).toEqual(['patched', 'B_b']);
    expect((await applicationsIn(patch(conditional)))[0]?.application.project).toBe('');
    expect(await pathsOf(patch('{{ unheardOf . }}'))).toEqual([]);
  });

  it.each([
    ['clusters', '[{clusters: {}}]', 'clusters/{{name}}/web', ['shop-eu clusters/eu/web', 'shop-us clusters/us/web']],
    [
      'a value of the generator',
      '[{clusters: {values: {env: eu}}}]',
      'clusters/{{values.env}}/web',
      ['shop-* clusters/eu/web'],
    ],
    [
      'clusters of which some have values of their own',
      '[{merge: {mergeKeys: [name], generators: [{clusters: {values: {at: eu}}}, {list: {elements: [{name: one, values.at: us}]}}]}}]',
      'clusters/{{values.at}}/web',
      ['shop-* clusters/eu/web', 'shop-one clusters/us/web'],
    ],
    ['pull requests', '[{pullRequest: {}}]', 'clusters/eu/web', ['shop-* clusters/eu/web']],
    ['a folder that is not there', '[{pullRequest: {}}]', 'clusters/none/web', []],
    ['a path of which nothing is known', '[{clusters: {}}]', '{{name}}/web', []],
  ])('takes the path for a pattern where the generator is unknown: %s', async (_what, generators, path, expected) => {
    const text = set(generators, path).replace('{name: shop}', "{name: 'shop-{{name}}'}");
    const found = await applicationsIn(text);
    expect(found.map(({ application }) => `${application.name} ${application.sources[0]?.path}`)).toEqual(expected);
  });

  const CHART = 'source: {repoURL: https://charts.example.com, chart: shop, targetRevision: 1.0.0}';

  it.each([
    ['all parameters', set(`[${LIST}]`, '{{name}}'), []],
    ['no elements', set('[{list: {elements: []}}]', '{{name}}'), []],
    ['a parameter that nobody sets', set(`[${LIST}]`, '{{cluster}}'), ['shops']],
    ['a function that nobody knows', set(`[${LIST}]`, '{{ unheardOf .name }}', GO), ['shops']],
    ['a patch that is not known', set(`[${LIST}]`, 'x', `${GO}\n  templatePatch: '{{ unheardOf . }}'`), ['shops']],
    ['clusters, with a folder for each', set('[{clusters: {}}]', 'clusters/{{name}}/web'), []],
    ['clusters, of which none has a folder', set('[{clusters: {}}]', 'clusters/{{name}}/none'), []],
    ['clusters, for any of which a path may stand', set('[{clusters: {}}]', '{{name}}/web'), ['shops']],
    ['clusters that all get a chart', set('[{clusters: {}}]', '').replace(/source: .*/, CHART), ['shops']],
    ['a list of charts', set(`[${LIST}]`, '').replace(/source: .*/, CHART), []],
    ['a generator that Argo CD refuses', set('[{}]', 'clusters/eu/web'), ['shops']],
  ])('knows whether it knows all of what is made of %s', async (_what, text, expected) => {
    expect((await declaredIn(text)).unknownSets).toEqual(expected);
  });

  it('deletes what an Application applied unless the set preserves it', async () => {
    const cascades = async (more: string) =>
      (await applicationsIn(set('[{list: {elements: [{name: a}]}}]', '{{name}}', more))).map(({ application }) => [
        application.set,
        application.cascades,
      ]);
    expect(await cascades('')).toEqual([['shops', true]]);
    expect(await cascades('syncPolicy: {preserveResourcesOnDeletion: true}')).toEqual([['shops', false]]);
  });

  it('A01: ends with templates that are deep or repeat without end', async () => {
    const deep = `{{ ${'('.repeat(5_000)}1${')'.repeat(5_000)} }}`;
    const nested = `${'{{ if true }}'.repeat(5_000)}x${'{{ end }}'.repeat(5_000)}`;
    const loop = `${'{{ range $.l }}'.repeat(8)}x${'{{ end }}'.repeat(8)}`;
    const list = `[{list: {elements: [{l: [${Array(60).fill(1)}]}]}}]`;
    for (const path of [deep, nested, loop]) expect(await pathsOf(set(list, path, GO))).toEqual([]);
  });
});
