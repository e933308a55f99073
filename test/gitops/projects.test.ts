import { expect, it } from 'vitest';
import { applicationsOf } from '../../src/gitops/applications.ts';
import { refusals } from '../../src/gitops/projects.ts';
import { type MapNode, Source } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';

function document(text: string): MapNode {
  const [root] = parse(new Source('a.yaml', text), 'kubectl').documents;
  return root?.kind === 'map' ? root : expect.fail('it is a mapping');
}

/** What a project with this spec refuses of an Application with this one. */
function refused(project: string, application: string): string[] {
  const manifest = document(
    `{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a}, spec: ${application}}`,
  );
  const [declared] = applicationsOf([manifest], 'a.yaml', { find: () => undefined, read: () => undefined }).declared;
  if (declared === undefined) expect.fail('it is an Application');
  const rendered = { objects: [], gaps: [], problems: [], files: [], manifest };
  return refusals(declared.application, rendered, document(`{spec: ${project}}`)).map(({ what }) => what);
}

const SOURCES = 'sourceRepos: ["*"]';
const LOCAL = 'https://kubernetes.default.svc';

it.each([
  ['any', '{server: "*", namespace: "*"}', `{server: "https://a.example", namespace: x}`, []],
  ['a glob', `{server: "${LOCAL}", namespace: shop-*}`, `{server: "${LOCAL}", namespace: shop-a}`, []],
  ['another namespace', `{server: "${LOCAL}", namespace: shop-*}`, `{server: "${LOCAL}", namespace: a}`, ['namespace']],
  ['another cluster', `{server: "${LOCAL}", namespace: a}`, '{server: "https://b.example", namespace: a}', ['cluster']],
  ['the own cluster by name', `{server: "${LOCAL}", namespace: a}`, '{name: in-cluster, namespace: a}', []],
  ['a name against an address', '{server: "https://b.example", namespace: a}', '{name: b, namespace: a}', []],
  ['a template', `{server: "${LOCAL}", namespace: b}`, '{server: "{{url}}", namespace: a}', []],
  [
    'a denied one',
    '{server: "*", namespace: "*"}, {server: "*", namespace: "!a"}',
    '{name: b, namespace: a}',
    ['namespace'],
  ],
])('a destination that is %s', (_, listed, destination, expected) => {
  const application = `{source: {repoURL: "https://git.example/a", path: a}, destination: ${destination}}`;
  expect(refused(`{${SOURCES}, destinations: [${listed}]}`, application)).toEqual(expected);
});

it.each([
  ['https://git.example/org/a.git', 'https://git.example/org/a', []],
  ['https://git.example/org/*', 'https://git.example/org/a', []],
  ['https://git.example/*', 'https://git.example/org/a', ['source']],
  ['https://git.example/**', 'https://git.example/org/a', []],
  ['git@git.example:org/a.git', 'ssh://git@git.example/org/a', []],
  ['https://git.example/org/a', 'git@git.example:org/a.git', ['source']],
])('a source of %s for %s', (pattern, repoURL, expected) => {
  const project = `{sourceRepos: ["${pattern}"], destinations: [{server: "*", namespace: "*"}]}`;
  expect(refused(project, `{source: {repoURL: "${repoURL}", path: a}, destination: {name: b, namespace: a}}`)).toEqual(
    expected,
  );
});
