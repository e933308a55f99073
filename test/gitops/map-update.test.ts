import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../src/config/config.ts';
import type { ChangedFile, Tree } from '../../src/git/tree.ts';
import { encodeFacts, encodeVotes, openFacts, openVotes } from '../../src/gitops/fact-index.ts';
import { mapRepository, type RepositoryMap } from '../../src/gitops/map.ts';
import { memoryTree } from '../support/memory-tree.ts';
import * as fc from '../support/properties.ts';
import { application, CONFIG_MAP, kustomization } from './repository.ts';

type Files = Readonly<Record<string, string>>;

const FOLDERS = ['a', 'a/b', 'c', 'c/prod', 'd é'];
const SET_OF_FOLDERS = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: set}
spec:
  generators: [{git: {repoURL: 'https://git.example.com/gitops', directories: [{path: '*'}]}}]
  template: {metadata: {name: 's-{{path}}'}, spec: {source: {repoURL: 'https://git.example.com/gitops', path: '{{path}}'}}}
`;
const CONTENTS = [
  CONFIG_MAP,
  'replicas: 1\n',
  kustomization('resources: [x.yaml, ../c]'),
  kustomization('resources: [../a, ../../a/b, y.yaml]', 'patches: [{path: x.yaml}]'),
  'kind: Component\nresources: [x.yaml]\n',
  kustomization('components: [../c, ../d é]'),
  'resources: [\n',
  application('one', 'a'),
  application('one', 'c/prod', 'directory: {recurse: true}'),
  application('two', 'c').replace('gitops', 'other'),
  `${application('three', 'd é')}---\n${application('four', 'a/b')}`,
  SET_OF_FOLDERS,
  `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: files}
spec:
  generators: [{git: {repoURL: 'https://git.example.com/gitops', files: [{path: '**/x.yaml'}]}}]
  template: {metadata: {name: 'f-{{replicas}}'}, spec: {source: {repoURL: 'https://git.example.com/gitops', path: '{{path}}'}}}
`,
  'replicas: 2\n',
  kustomization('resources: [y.yaml]', 'namePrefix: p-'),
  kustomization('resources: [../a, y.yaml]', 'patches: [{target: {kind: Application}, patch: "[]"}]'),
];
const NAMES = ['kustomization.yaml', 'x.yaml', 'y.yaml', 'Chart.yaml', 'main.tf'];

const TO_OTHERS = '[{"op": "replace", "path": "/spec/template/metadata/name", "value": "t-{{path}}"}]';

/** What each file may hold where an Application puts changes on top of a kustomization with a set; '' for none. */
const ON_TOP: Readonly<Record<string, readonly string[]>> = {
  'a/x.yaml': [SET_OF_FOLDERS, application('one', 'c/prod'), ''],
  'a/kustomization.yaml': [
    kustomization('resources: [x.yaml]'),
    kustomization('resources: [x.yaml]', 'nameSuffix: -a'),
  ],
  'a/b/kustomization.yaml': [kustomization('resources: [..]'), ''],
  'a/.argocd-source.yaml': ['', 'kustomize: {namePrefix: r-}\n', 'kustomize: {namePrefix: s-}\n', 'helm: {}\n'],
  'c/kustomization.yaml': ['', 'kind: Component\nnameSuffix: -c\n', 'kind: Component\nresources: [x.yaml]\n'],
  'c/x.yaml': [application('two', 'a'), ''],
  'd é/x.yaml': [
    application('root', 'a'),
    application('root', 'a', 'kustomize: {nameSuffix: -s}'),
    application('root', 'a/b', "kustomize: {namePrefix: q-, components: ['../../c'], ignoreMissingComponents: true}"),
    application('root', 'd é', 'kustomize: {nameSuffix: -s}'),
    application('root', 'a', `kustomize: {patches: [{patch: '${TO_OTHERS}', target: {kind: ApplicationSet}}]}`),
  ],
  'd é/kustomization.yaml': ['', kustomization('resources: [x.yaml]', 'patches: [{path: y.yaml}]')],
  'd é/y.yaml': ['', application('root', 'a', 'kustomize: {nameSuffix: -y}')],
};

const onTop = fc
  .tuple(...Object.entries(ON_TOP).map(([path, texts]) => fc.constantFrom(...texts).map(text => [path, text] as const)))
  .map(entries => Object.fromEntries(entries.filter(([, text]) => text !== '')));

const file = fc.tuple(fc.constantFrom(...FOLDERS), fc.constantFrom(...NAMES)).map(parts => parts.join('/'));
const repository = fc.dictionary(file, fc.constantFrom(...CONTENTS), { maxKeys: 12, noNullPrototype: true });

async function describeMap(map: RepositoryMap): Promise<unknown> {
  const paths = FOLDERS.flatMap(folder => NAMES.map(name => `${folder}/${name}`));
  const reached = await Promise.all(paths.map(async path => [path, await map.reaching(path)]));
  return { reached, units: await map.units() };
}

async function changes(before: Files, after: Files, [old, now]: readonly [Tree, Tree]): Promise<ChangedFile[]> {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const differing = paths.filter(path => before[path] !== after[path]);
  return Promise.all(
    differing.map(async path => ({
      path,
      before: before[path] === undefined ? undefined : await old.entry(path),
      after: after[path] === undefined ? undefined : await now.entry(path),
    })),
  );
}

describe('the map of a tree', () => {
  it('is the same from all files as from the map before and what changed', async () => {
    await fc.assert(
      fc.asyncProperty(repository, repository, repository, async (first, second, third) => {
        const trees = [memoryTree(first), memoryTree(second), memoryTree(third)] as const;
        const map = await mapRepository({ tree: trees[0], config: DEFAULTS });
        const next = await map.update(await changes(first, second, [trees[0], trees[1]]), trees[1]);
        const last = await next.update(await changes(second, third, [trees[1], trees[2]]), trees[2]);
        const full = await mapRepository({ tree: trees[2], config: DEFAULTS });
        expect(await describeMap(last)).toEqual(await describeMap(full));
      }),
      { numRuns: 50 },
    );
  });

  it('is the same where the content of files differs and no name', async () => {
    const sets = CONTENTS.filter(content => content.includes('ApplicationSet'));
    const contents = fc.constantFrom(...CONTENTS, ...sets, ...sets);
    const entry = fc.tuple(file, contents, contents);
    const both = fc.uniqueArray(entry, { selector: ([path]) => path, minLength: 2, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(both, async entries => {
        const first = Object.fromEntries(entries.map(([path, content]) => [path, content]));
        const second = Object.fromEntries(entries.map(([path, , content]) => [path, content]));
        const trees = [memoryTree(first), memoryTree(second)] as const;
        const map = await mapRepository({ tree: trees[0], config: DEFAULTS });
        const next = await map.update(await changes(first, second, trees), trees[1]);
        const full = await mapRepository({ tree: trees[1], config: DEFAULTS });
        expect(await describeMap(next)).toEqual(await describeMap(full));
      }),
      { numRuns: 100 },
    );
  });

  it('is the same where Applications put changes on top of kustomizations with others', async () => {
    await fc.assert(
      fc.asyncProperty(onTop, onTop, async (first, second) => {
        const trees = [memoryTree(first), memoryTree(second)] as const;
        const kept = new Map<string, string>();
        const cache = {
          write: async (id: string, text: string) => void kept.set(id, text),
          read: async () => [...kept].map(([treeId, text]) => ({ treeId, text }))[0],
        };
        const files = await changes(first, second, trees);
        const map = await mapRepository({ tree: trees[0], config: DEFAULTS, cache });
        const next = await map.update(files, trees[1]);
        const fromKept = await mapRepository({ tree: trees[1], config: DEFAULTS, cache, diff: async () => files });
        const full = await mapRepository({ tree: trees[1], config: DEFAULTS });
        const expected = await describeMap(full);
        expect(await describeMap(next)).toEqual(expected);
        expect(await describeMap(fromKept)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('has the Applications of what a set reads in the files that it finds', async () => {
    const set = CONTENTS.find(content => content.includes('name: files')) ?? '';
    const at = (replicas: number) => ({ 'c/y.yaml': set, 'a/b/x.yaml': `replicas: ${replicas}\n`, 'a/b/y.yaml': '' });
    const trees = [memoryTree(at(1)), memoryTree(at(2))] as const;
    const map = await mapRepository({ tree: trees[0], config: DEFAULTS });
    const next = await map.update(await changes(at(1), at(2), trees), trees[1]);
    const names = (one: RepositoryMap) => one.applications().map(({ name }) => name);
    expect([names(map), names(next)]).toEqual([['f-1'], ['f-2']]);
  });

  it('is the same from kept facts of another tree and the difference', async () => {
    await fc.assert(
      fc.asyncProperty(repository, repository, async (first, second) => {
        const trees = [memoryTree(first), memoryTree(second)] as const;
        const kept = new Map<string, string>();
        const cache = {
          write: async (id: string, text: string) => void kept.set(id, text),
          read: async () => [...kept].map(([treeId, text]) => ({ treeId, text }))[0],
        };
        await mapRepository({ tree: trees[0], config: DEFAULTS, cache });
        const diff = () => changes(first, second, trees);
        let listed = 0;
        const tree = { ...trees[1], files: () => trees[1].files().finally(() => listed++) };
        const map = await mapRepository({ tree, config: DEFAULTS, cache, diff });
        expect(listed).toBe(0);
        const full = await mapRepository({ tree: trees[1], config: DEFAULTS });
        expect(await describeMap(map)).toEqual(await describeMap(full));
      }),
      { numRuns: 30 },
    );
  });

  it('is made from all files where the kept tree is gone', async () => {
    const tree = memoryTree({ 'a/kustomization.yaml': kustomization('resources: [x.yaml]'), 'a/x.yaml': CONFIG_MAP });
    const cache = { write: async () => {}, read: async () => ({ treeId: 'gone', text: '' }) };
    const diff = async () => Promise.reject(new Error('bad object'));
    const map = await mapRepository({ tree, config: DEFAULTS, cache, diff });
    expect((await map.reaching('a/x.yaml')).map(unit => unit.key)).toEqual(['dir:a']);
  });
});

describe('the text of facts', () => {
  const path = fc
    .array(fc.oneof(fc.constantFrom('a', 'b/', '\t', '\n', '\\u0061', '\\', ' ', '-', 'é', '😀', '.'), fc.string()), {
      minLength: 1,
    })
    .map(parts => parts.join('').replaceAll(/^\/+|\/+$|\/(?=\/)/g, ''))
    .filter(text => text !== '');

  it('D06: answers as the facts themselves, whatever the names', () => {
    const facts = fc.dictionary(path, fc.uniqueArray(path, { maxLength: 4 }), { maxKeys: 20 });
    fc.assert(
      fc.property(facts, path, (named, other) => {
        const index = openFacts(
          encodeFacts(
            new Map(
              Object.entries(named).map(([file, names]) => [
                `${file}/kustomization.yaml`,
                { kind: 'kustomization', component: false, names },
              ]),
            ),
          ),
        );
        for (const [file, names] of Object.entries(named)) {
          expect(index.facts(`${file}/kustomization.yaml`)).toEqual({ kind: 'kustomization', component: false, names });
        }
        for (const name of [other, ...Object.values(named).flat()]) {
          const expected = Object.entries(named).filter(([, names]) => names.includes(name));
          expect([...index.naming(name)].sort()).toEqual(expected.map(([file]) => `${file}/kustomization.yaml`).sort());
        }
        expect([...index.files('', 'kustomization')].sort()).toEqual(
          Object.keys(named)
            .map(file => `${file}/kustomization.yaml`)
            .sort(),
        );
        expect(index.facts('not/there')).toBeUndefined();
      }),
    );
  });

  it('keeps the votes beside the facts', () => {
    const votes = new Map([
      ['gitops', 12],
      ['öther\t', 1],
    ]);
    const text = encodeFacts(new Map([['x/Chart.yaml', { kind: 'chart' }]])) + encodeVotes(votes);
    expect(openVotes(text)).toEqual(votes);
    expect(openFacts(text).facts('x/Chart.yaml')).toEqual({ kind: 'chart' });
  });
});
