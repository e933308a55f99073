import { describe, expect, it } from 'vitest';
import { applicationsOf, declarationIn } from '../../src/gitops/applications.ts';
import { Source, text } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';

function read(content: string) {
  const { documents } = parse(new Source('app.yaml', content), 'kubectl');
  return applicationsOf(documents, 'app.yaml', { find: () => undefined, read: () => undefined }).declared;
}

const HEAD = 'apiVersion: argoproj.io/v1alpha1\nkind: Application\n';

describe('applicationsOf', () => {
  it('reads what Argo CD goes by', () => {
    const [found] = read(`${HEAD}metadata:
  name: shop-prod
  finalizers: [resources-finalizer.argocd.argoproj.io/background]
spec:
  project: clients
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  source: {repoURL: https://git.example.com/gitops.git, path: ./clients/shop/, targetRevision: main}
  syncPolicy: {automated: {prune: true}}
`);
    expect(found?.application).toEqual({
      name: 'shop-prod',
      file: 'app.yaml',
      project: 'clients',
      cluster: 'in-cluster',
      namespace: 'shop',
      sources: [
        {
          path: 'clients/shop',
          repoURL: 'https://git.example.com/gitops.git',
          targetRevision: 'main',
          chart: undefined,
          directory: { recurse: false, include: undefined, exclude: undefined },
        },
      ],
      automated: true,
      prune: true,
      selfHeal: false,
      cascades: true,
    });
  });

  it.each([
    ['automated: {}', true],
    ['automated: {enabled: false}', false],
    ['automated: null', false],
    ['syncOptions: []', false],
  ])('syncPolicy {%s}', (policy, automated) => {
    const [found] = read(
      `${HEAD}metadata: {name: a}\nspec: {source: {repoURL: r, path: p}, syncPolicy: {${policy}}}\n`,
    );
    expect(found?.application.automated).toBe(automated);
  });

  it.each([
    [
      'inside a List',
      `apiVersion: v1\nkind: List\nitems: [{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a}, spec: {source: {repoURL: r, path: p}}}]`,
      1,
    ],
    [
      'twice in a file',
      `${HEAD}metadata: {name: a}\nspec: {source: {repoURL: r, path: p}}\n---\n${HEAD}metadata: {name: b}\nspec: {source: {repoURL: r, path: p}}`,
      2,
    ],
    [
      'of another group',
      'apiVersion: app.k8s.io/v1beta1\nkind: Application\nmetadata: {name: a}\nspec: {source: {repoURL: r, path: p}}',
      0,
    ],
    ['that is a patch', `${HEAD}metadata: {name: a}\nspec: {source: {path: p}}`, 0],
    ['that is a template', `${HEAD}metadata: {name: '{{ .name }}'}\nspec: {source: {repoURL: r, path: p}}`, 0],
  ])('an Application %s', (_what, content, count) => {
    expect(read(content)).toHaveLength(count);
  });

  it('takes several sources before one, and the dry source of a hydrator', () => {
    const paths = (spec: string) =>
      read(`${HEAD}metadata: {name: a}\nspec: ${spec}`)[0]?.application.sources.map(s => s.path);
    expect(
      paths('{source: {repoURL: r, path: x}, sources: [{repoURL: r, path: first}, {repoURL: r, path: second}]}'),
    ).toEqual(['first', 'second']);
    expect(paths('{sourceHydrator: {drySource: {repoURL: r, path: dry}}}')).toEqual(['dry']);
  });

  it('B11: keeps a path that leads out of the repository as it is written', () => {
    const [found] = read(`${HEAD}metadata: {name: a}\nspec: {source: {repoURL: r, path: ../outside}}`);
    expect(found?.application.sources[0]?.path).toBe('../outside');
  });

  it('finds value files beside the chart, from the root, and in another source', () => {
    const [found] = read(`${HEAD}metadata: {name: a}
spec:
  sources:
    - repoURL: https://charts.example.com
      chart: shop
      helm: {valueFiles: [$values/clients/shop/values.yaml, https://example.com/v.yaml, $nobody/x.yaml]}
    - {repoURL: https://git.example.com/gitops.git, ref: values}
    - repoURL: https://git.example.com/gitops.git
      path: charts/shop
      helm: {valueFiles: [values-prod.yaml, /shared.yaml, ../../../outside.yaml]}
`);
    expect(found?.alsoReads).toEqual([
      { repoURL: 'https://git.example.com/gitops.git', path: 'clients/shop/values.yaml' },
      { repoURL: 'https://git.example.com/gitops.git', path: 'charts/shop/values-prod.yaml' },
      { repoURL: 'https://git.example.com/gitops.git', path: 'shared.yaml' },
    ]);
  });
});

describe('declarationIn', () => {
  it('finds the node of each source again', () => {
    const content = `${HEAD}metadata: {name: other}\nspec: {source: {repoURL: r, path: o}}\n---\n${HEAD}metadata: {name: a}\nspec: {source: {repoURL: r, path: p}}`;
    const { documents } = parse(new Source('app.yaml', content), 'kubectl');
    const [, second] = applicationsOf(documents, 'app.yaml', { find: () => undefined, read: () => undefined }).declared;
    expect(second && declarationIn(documents, second.application)?.sources.map(node => text(node, 'path'))).toEqual([
      'p',
    ]);
  });
});
