import { describe, expect, it } from 'vitest';
import { facts } from '../support/changes.ts';

const application = (spec: string, metadata = '') => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop${metadata} }
spec: { ${spec} }
`;
const source = (fields: string) => application(`source: { repoURL: "https://git.example/shop", ${fields} }`);
const chart = (fields: string) => source(`chart: longhorn, ${fields}`);

describe('an Application', () => {
  it.each([
    [
      'chart version',
      chart('targetRevision: 1.9.1'),
      chart('targetRevision: 1.9.2'),
      'chart patch longhorn: 1.9.1 -> 1.9.2',
    ],
    [
      'chart version, one source of several',
      application('sources: [{ chart: longhorn, targetRevision: 1.9.1 }]'),
      application('sources: [{ chart: longhorn, targetRevision: 2.0.0 }]'),
      'chart major longhorn: 1.9.1 -> 2.0.0',
    ],
    [
      'chart values',
      chart('helm: { values: "a: 1" }'),
      chart('helm: { values: "a: 2" }'),
      'chart values longhorn: values a: 1 -> 2',
    ],
    [
      'revision of a repository',
      source('targetRevision: v1'),
      source('targetRevision: v2'),
      'remote moved https://git.example/shop: v1 -> v2',
    ],
    ['path', source('path: one'), source('path: two'), 'application changed source.path: one -> two'],
    [
      'destination',
      application('destination: { namespace: one }'),
      application('destination: { namespace: two }'),
      'application changed destination.namespace: one -> two',
    ],
    [
      'pruning',
      application('syncPolicy: { automated: { prune: false } }'),
      application('syncPolicy: { automated: { prune: true } }'),
      'application changed prune: false -> true',
    ],
    [
      'another sync option',
      application('syncPolicy: { syncOptions: [] }'),
      application('syncPolicy: { syncOptions: [PruneLast=true] }'),
      'application changed syncPolicy.syncOptions[0]: - -> PruneLast=true',
    ],
    [
      'an image',
      source('kustomize: { images: ["shop/web:1.0.0"] }'),
      source('kustomize: { images: ["shop/web:1.0.1"] }'),
      'image patch shop/web: 1.0.0 -> 1.0.1',
    ],
    ['new', '', source('path: one'), 'application added shop'],
    ['gone', source('path: one'), '', 'application removed shop'],
    [
      'gone with its objects',
      application('destination: {}', ', finalizers: [resources-finalizer.argocd.argoproj.io]'),
      '',
      'application removed-with-objects shop',
    ],
  ])('%s', (_case, before, after, expected) => {
    expect(facts(before, after)).toEqual([expected]);
  });

  it('that a set makes is deleted with its objects, unless the set preserves them', () => {
    const set = (spec: string) => application(spec).replace('kind: Application', 'kind: ApplicationSet');
    expect(facts(set('generators: []'), '')).toEqual(['application removed-with-objects ApplicationSet shop']);
    expect(facts(set('syncPolicy: { preserveResourcesOnDeletion: true }'), '')).toEqual([
      'application removed ApplicationSet shop',
    ]);
  });

  it.each([
    [
      'one element more',
      'elements: [{ cluster: a }]',
      'elements: [{ cluster: a }, { cluster: b }]',
      'application added ApplicationSet shop: generators[0].list.elements[cluster=b]',
    ],
    [
      'one element less',
      'elements: [{ cluster: a }, { cluster: b }]',
      'elements: [{ cluster: a }]',
      'application removed-with-objects ApplicationSet shop: generators[0].list.elements[cluster=b]',
    ],
    [
      'another element',
      'elements: [{ cluster: a }]',
      'elements: [{ cluster: b }]',
      'application changed generators[0].list.elements[0].cluster: a -> b',
    ],
    [
      'a folder left out',
      'directories: [{ path: "*" }]',
      'directories: [{ path: "*" }, { path: old, exclude: true }]',
      'application removed-with-objects ApplicationSet shop: generators[0].list.directories[path=old]',
    ],
  ])('comes or goes by a generator: %s', (_case, before, after, expected) => {
    const set = (list: string) => `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: shop }
spec: { generators: [{ list: { ${list} } }] }`;
    expect(facts(set(before), set(after))).toEqual([expected]);
  });

  it('that merges generators makes Applications of the first alone', () => {
    const set = (first: string, second: string) => `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: shop }
spec:
  generators:
    - merge:
        mergeKeys: [name]
        generators: [{ list: { elements: [${first}] } }, { list: { elements: [${second}] } }]
`;
    expect(facts(set('{ name: a }', '{ name: a, tag: 2 }'), set('{ name: a }', ''))).toEqual([
      'application changed generators[0].merge.generators[1].list.elements[a]',
    ]);
    expect(facts(set('{ name: a }, { name: b }', ''), set('{ name: a }', ''))).toEqual([
      'application removed-with-objects ApplicationSet shop: generators[0].merge.generators[0].list.elements[b]',
    ]);
  });

  it('stays with what it applied where the set is told so in the same commit', () => {
    const set = (list: string, policy: string) => `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: shop }
spec: { generators: [{ list: { elements: [${list}] } }], syncPolicy: { preserveResourcesOnDeletion: ${policy} } }`;
    expect(facts(set('{ cluster: a }', 'false'), set('', 'true'))).toContain(
      'application removed ApplicationSet shop: generators[0].list.elements[0]',
    );
  });

  it.each([
    ['a comment', 'a: 1\n    # why', 'a: 1 # because', ['object modified Application shop: spec.source.helm.values']],
    ['a value', 'a: { b: 1, c: 2 }', 'a: { b: 1, c: 3 }', ['chart values longhorn: values a.c: 2 -> 3']],
    [
      'what may be a secret',
      'secrets: { db: one }',
      'secrets: { db: two }',
      ['chart values longhorn: values secrets.db'],
    ],
    [
      'the tag of an image',
      'image: { tag: 1.0.0 }',
      'image: { tag: 1.0.1 }',
      ['image patch source.helm.values.image.tag: 1.0.0 -> 1.0.1'],
    ],
    [
      'many values',
      '{ a: 1, b: 1, c: 1, d: 1, e: 1, f: 1 }',
      '{ a: 2, b: 2, c: 2, d: 2, e: 2, f: 2 }',
      ['chart values longhorn: values a, b, c and 3 more'],
    ],
    ['a template', '{{ if .x }}', '{{ if .y }}', ['chart values longhorn: values']],
  ])('fills in a chart by a text: %s', (_case, before, after, expected) => {
    const values = (content: string) => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop }
spec:
  source:
    chart: longhorn
    helm:
      values: |
        ${content}
`;
    expect(facts(values(before), values(after))).toEqual(expected);
  });

  it.each([
    [
      'a parameter',
      '{ parameters: [{ name: image.tag, value: 1.0.0 }] }',
      '{ parameters: [{ name: image.tag, value: 1.0.1 }] }',
      'image patch source.helm.parameters[0].value: 1.0.0 -> 1.0.1',
    ],
    [
      'a value',
      '{ valuesObject: { image: { tag: 1.0.0 } } }',
      '{ valuesObject: { image: { tag: 2.0.0 } } }',
      'image major source.helm.valuesObject.image.tag: 1.0.0 -> 2.0.0',
    ],
    [
      'a value with its repository',
      '{ valuesObject: { image: { repository: shop/web, tag: 1.0.0 } } }',
      '{ valuesObject: { image: { repository: shop/web, tag: 2.0.0 } } }',
      'image major shop/web: 1.0.0 -> 2.0.0',
    ],
  ])('sets the tag of an image for a chart by %s', (_case, before, after, expected) => {
    expect(facts(chart(`helm: ${before}`), chart(`helm: ${after}`))).toEqual([expected]);
  });

  it('may do more by its project', () => {
    const project = (spec: string) => application(spec).replace('kind: Application', 'kind: AppProject');
    expect(facts(project('sourceRepos: [a]'), project('sourceRepos: [a, b]'))).toEqual([
      'access widened shop: sourceRepos[1]',
    ]);
    expect(facts(project('sourceRepos: [a, b]'), project('sourceRepos: [a]'))).toEqual([
      'access changed shop: sourceRepos[1]',
    ]);
  });
});
