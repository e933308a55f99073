import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../src/config/config.ts';
import { mapRepository } from '../../src/gitops/map.ts';
import { memoryTree } from '../support/memory-tree.ts';
import { application, CONFIG_MAP, kustomization } from './repository.ts';

type Files = Readonly<Record<string, string>>;

async function reached(files: Files, path: string): Promise<string[]> {
  const map = await mapRepository({ tree: memoryTree(files), config: DEFAULTS });
  return (await map.reaching(path)).map(unit => unit.key);
}

const SHOP: Files = {
  'clients/shop/base/kustomization.yaml': kustomization('resources: [deployment.yaml]', 'components: [../../parts]'),
  'clients/shop/base/deployment.yaml': CONFIG_MAP,
  'clients/parts/kustomization.yaml': 'kind: Component\nresources: [part.yaml]\n',
  'clients/parts/part.yaml': CONFIG_MAP,
  'clients/shop/overlays/prod/kustomization.yaml': kustomization(
    'resources: [../../base]',
    'patches: [{path: p.yaml}]',
  ),
  'clients/shop/overlays/prod/p.yaml': CONFIG_MAP,
  'clients/shop/overlays/staging/kustomization.yml': kustomization('resources: [../../base]'),
  'argocd/shop-prod.yaml': application('shop-prod', 'clients/shop/overlays/prod'),
};

describe('a file of a kustomization', () => {
  it('may be one that its plugin decrypts', async () => {
    const files = {
      'shop/kustomization.yaml': 'generators: [secrets.yaml]\n',
      'shop/secrets.yaml': 'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata: {name: s}\nfiles: [./s.enc.yaml]\n',
      'shop/s.enc.yaml': 'a: ENC[1]\n',
    };
    expect(await reached(files, 'shop/s.enc.yaml')).toEqual(['dir:shop']);
  });

  it.each([
    [
      'a resource of a base',
      'clients/shop/base/deployment.yaml',
      ['app:shop-prod', 'dir:clients/shop/overlays/staging'],
    ],
    ['the base itself', 'clients/shop/base/kustomization.yaml', ['app:shop-prod', 'dir:clients/shop/overlays/staging']],
    ['a resource of a component', 'clients/parts/part.yaml', ['app:shop-prod', 'dir:clients/shop/overlays/staging']],
    ['a patch', 'clients/shop/overlays/prod/p.yaml', ['app:shop-prod']],
    ['the root', 'clients/shop/overlays/staging/kustomization.yml', ['dir:clients/shop/overlays/staging']],
    ['a file that nothing names', 'clients/shop/base/README.md', []],
    ['a manifest beside a kustomization that does not name it', 'clients/shop/base/unused.yaml', []],
  ])('%s', async (_what, path, expected) => {
    expect(await reached({ ...SHOP, 'clients/shop/base/unused.yaml': CONFIG_MAP }, path)).toEqual(expected);
  });

  it('reaches an Application at a base, and the overlays of the base', async () => {
    const files = { ...SHOP, 'argocd/base.yaml': application('shop-base', 'clients/shop/base') };
    expect(await reached(files, 'clients/shop/base/deployment.yaml')).toEqual([
      'app:shop-base',
      'app:shop-prod',
      'dir:clients/shop/overlays/staging',
    ]);
  });

  it('reaches nothing through a Component that nobody includes', async () => {
    const files = { 'part/kustomization.yaml': 'kind: Component\nresources: [a.yaml]\n', 'part/a.yaml': CONFIG_MAP };
    expect(await reached(files, 'part/a.yaml')).toEqual([]);
  });

  it('B01: comes to light where kustomizations include each other', async () => {
    const files = {
      'a/kustomization.yaml': kustomization('resources: [../b, x.yaml]'),
      'b/kustomization.yaml': kustomization('resources: [../a]'),
      'a/x.yaml': CONFIG_MAP,
    };
    expect(await reached(files, 'a/x.yaml')).toEqual(['dir:a']);
  });

  it('reaches the kustomization that inflates the chart it is a part of', async () => {
    const files = {
      'shop/kustomization.yaml': kustomization('helmCharts: [{name: db}]'),
      'shop/charts/db/Chart.yaml': 'name: db\n',
      'shop/charts/db/templates/a.yaml': '{{ .Values.x }}',
    };
    expect(await reached(files, 'shop/charts/db/templates/a.yaml')).toEqual(['dir:shop']);
  });

  it('is found where the kustomization does not parse', async () => {
    expect(await reached({ 'a/kustomization.yaml': 'resources: [' }, 'a/kustomization.yaml')).toEqual(['dir:a']);
  });
});

describe('a file of an Application', () => {
  const directory = (recurse: boolean) => ({
    'app.yaml': application('plain', 'plain', `directory: {recurse: ${recurse}}`),
    'plain/a.yaml': CONFIG_MAP,
    'plain/below/b.yaml': CONFIG_MAP,
  });

  it.each([
    ['a file of its folder', false, 'plain/a.yaml', ['app:plain']],
    ['a file below its folder', false, 'plain/below/b.yaml', ['manifests:plain/below']],
    ['a file below, with recurse', true, 'plain/below/b.yaml', ['app:plain']],
    ['a file that is no manifest', true, 'plain/README.md', []],
  ])('%s', async (_what, recurse, path, expected) => {
    expect(await reached(directory(recurse), path)).toEqual(expected);
  });

  it('reaches the unit by its manifest, which is an object itself', async () => {
    expect(await reached(SHOP, 'argocd/shop-prod.yaml')).toEqual(['app:shop-prod', 'manifests:argocd/shop-prod.yaml']);
    const parent = { ...SHOP, 'root.yaml': application('root', 'argocd') };
    expect(await reached(parent, 'argocd/shop-prod.yaml')).toEqual(['app:root', 'app:shop-prod']);
  });

  it('reaches it by its value files in this repository', async () => {
    const files = {
      'app.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  sources:
    - {repoURL: https://charts.example.com, chart: shop, helm: {valueFiles: [$here/values/shop.yaml]}}
    - {repoURL: https://git.example.com/gitops.git, ref: here}
`,
      'values/shop.yaml': 'replicas: 2\n',
    };
    expect(await reached(files, 'values/shop.yaml')).toEqual(['app:shop']);
  });

  it('reaches it by a file of parameters in its folder', async () => {
    const path = 'clients/shop/overlays/prod/.argocd-source-shop-prod.yaml';
    expect(await reached({ ...SHOP, [path]: 'kustomize: {}\n' }, path)).toEqual(['app:shop-prod']);
    expect(await reached(SHOP, path.replace('shop-prod', 'other'))).toEqual([]);
  });

  it('tells Applications of one name apart by their manifests', async () => {
    const files = {
      'clusters/a/shop.yaml': application('shop', 'shop'),
      'clusters/b/shop.yaml': application('shop', 'shop'),
      'shop/kustomization.yaml': kustomization('resources: [a.yaml]'),
      'shop/a.yaml': CONFIG_MAP,
    };
    expect(await reached(files, 'shop/a.yaml')).toEqual([
      'app:shop@clusters/a/shop.yaml',
      'app:shop@clusters/b/shop.yaml',
    ]);
  });

  it('takes a folder for its own only where the repository is this one', async () => {
    const files = {
      'a.yaml': application('a', 'one'),
      'b.yaml': application('b', 'two'),
      'c.yaml': application('c', 'two').replace('gitops', 'other'),
      'd.yaml': application('d', 'two').replace(
        'https://git.example.com/gitops.git',
        'git@git.example.com:team/gitops',
      ),
      'one/kustomization.yaml': kustomization('resources: [x.yaml]'),
      'two/kustomization.yaml': kustomization('resources: [x.yaml]'),
      'two/x.yaml': CONFIG_MAP,
    };
    expect(await reached(files, 'two/x.yaml')).toEqual(['app:b', 'app:d']);
  });
});

describe('a folder that Applications place in several repositories', () => {
  const files = {
    'policies.yaml': application('policies', '.', 'directory: {recurse: true}'),
    'other.yaml': application('other', '.').replace('gitops', 'other'),
    'web/a.yaml': CONFIG_MAP,
  };

  it('is of none of them where nothing tells what this repository is called', async () => {
    expect(await reached(files, 'web/a.yaml')).toEqual(['manifests:web']);
  });

  it('is of the one that they agree upon', async () => {
    expect(await reached({ ...files, 'other.yaml': CONFIG_MAP }, 'web/a.yaml')).toEqual(['app:policies']);
  });
});

describe('Applications of ApplicationSets', () => {
  const set = (generator: string, path: string) =>
    `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: shops}
spec:
  generators: [${generator}]
  template:
    metadata: {name: 'shop-{{path.basename}}{{name}}'}
    spec: {source: {repoURL: https://git.example.com/gitops.git, path: '${path}'}}
`.replace(generator.includes('git:') ? '{{name}}' : '{{path.basename}}', '');

  const git = '{git: {repoURL: https://git.example.com/gitops.git, directories: [{path: clients/*}]}}';

  it('are worked out from the folders of the tree', async () => {
    const files = { 'set.yaml': set(git, '{{path}}'), 'clients/a/x.yaml': CONFIG_MAP, 'clients/b/x.yaml': CONFIG_MAP };
    expect(await reached(files, 'clients/b/x.yaml')).toEqual(['app:shop-b']);
    expect(await reached(files, 'set.yaml')).toEqual(['app:shop-a', 'app:shop-b', 'manifests:set.yaml']);
  });

  it('leave what lies below their folder and is not included to nobody', async () => {
    const files = {
      'set.yaml': set(git, '{{path}}'),
      'clients/a/kustomization.yaml': kustomization('resources: [x.yaml]'),
      'clients/a/x.yaml': CONFIG_MAP,
      'clients/a/upstream/kustomization.yaml': kustomization('resources: [none.yaml]'),
      'clients/a/upstream/x.yaml': CONFIG_MAP,
    };
    expect(await reached(files, 'clients/a/upstream/kustomization.yaml')).toEqual([]);
    expect(await reached(files, 'clients/a/x.yaml')).toEqual(['app:shop-a']);
  });

  it('are found by the pattern of their path where a cluster is asked', async () => {
    const files = {
      'set.yaml': set('{clusters: {}}', 'clients/{{name}}'),
      'clients/a/kustomization.yaml': kustomization('resources: [x.yaml]'),
      'clients/a/x.yaml': CONFIG_MAP,
    };
    expect(await reached(files, 'clients/a/x.yaml')).toEqual(['app:shop-a']);
  });
});

describe('a file of no kustomization and no Application', () => {
  it.each([
    ['a manifest', 'ops/job.yaml', ['manifests:ops']],
    ['YAML that is no manifest', 'ops/settings.yaml', []],
    ['a manifest that does not parse', 'ops/broken.yaml', ['manifests:ops']],
    ['a file of a tool', '.github/workflows/ci.yaml', []],
    ['a template of a chart', 'charts/shop/templates/a.yaml', ['chart:charts/shop']],
    ['a chart inside a chart', 'charts/shop/charts/db/values.yaml', ['chart:charts/shop']],
    ['Terraform', 'infra/main.tf', ['terraform:infra']],
    ['Terraform variables', 'infra/prod.auto.tfvars.json', ['terraform:infra']],
    ['the file of versions', 'scripts/apps.yaml', ['versions:scripts/apps.yaml']],
    ['prose', 'README.md', []],
  ])('%s', async (_what, path, expected) => {
    const files = {
      'ops/job.yaml': CONFIG_MAP,
      'ops/settings.yaml': 'replicas: 1\n',
      'ops/broken.yaml': 'apiVersion: v1\nkind: [\n',
      '.github/workflows/ci.yaml': CONFIG_MAP,
      'charts/shop/Chart.yaml': 'name: shop\n',
      'charts/shop/templates/a.yaml': '{{ .Values.x }}',
      'charts/shop/charts/db/Chart.yaml': 'name: db\n',
      'charts/shop/charts/db/values.yaml': 'a: 1\n',
      'infra/main.tf': '',
      'scripts/apps.yaml': 'apps: []\n',
    };
    expect(await reached(files, path)).toEqual(expected);
  });

  it('holds the other plain manifests of its folder', async () => {
    const files = { 'ops/a.yaml': CONFIG_MAP, 'ops/b.yaml': CONFIG_MAP, 'ops/settings.yaml': 'x: 1\n' };
    const map = await mapRepository({ tree: memoryTree(files), config: DEFAULTS });
    expect((await map.reaching('ops/a.yaml'))[0]?.files).toEqual(['ops/a.yaml', 'ops/b.yaml']);
  });
});

describe('a file of values that nothing names', () => {
  it.each([
    ['web/values.yaml', ['manifests:web/values.yaml']],
    ['web/values-prod.yaml', ['manifests:web/values-prod.yaml']],
    ['web/web.values.yml', ['manifests:web/web.values.yml']],
    ['web/settings.yaml', []],
    ['.github/values.yaml', []],
    ['charts/web/ci/values.yaml', ['chart:charts/web']],
  ])('%s', async (path, expected) => {
    expect(await reached({ 'charts/web/Chart.yaml': 'name: web\n', [path]: 'replicas: 1\n' }, path)).toEqual(expected);
  });
});

describe('a file of values that a set names with a parameter', () => {
  const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: addons}
spec:
  generators: [{clusters: {}}]
  template:
    metadata: {name: 'addons-{{name}}'}
    spec:
      sources:
        - {repoURL: https://git.example.com/gitops.git, ref: values}
        - repoURL: https://charts.example.com
          chart: addons
          helm: {valueFiles: ['$values/addons/{{metadata.labels.environment}}/addons.yaml', '$values/{{name}}']}
`;

  it.each([
    ['addons/prod/addons.yaml', ['manifests:addons/prod/addons.yaml']],
    ['addons/addons.yaml', []],
    ['other/prod/addons.yaml', []],
  ])('%s', async (path, expected) => {
    expect(await reached({ 'set.yaml': set, [path]: 'dns: {version: 1.2.3}\n' }, path)).toEqual(expected);
  });
});

describe('units', () => {
  it('are all of the tree, each once', async () => {
    const files = {
      ...SHOP,
      'ops/a.yaml': CONFIG_MAP,
      'ops/b.yaml': CONFIG_MAP,
      'infra/main.tf': '',
      'c/Chart.yaml': 'a: 1',
    };
    const map = await mapRepository({ tree: memoryTree(files), config: DEFAULTS });
    expect((await map.units()).map(unit => `${unit.key} ${unit.environment}`)).toEqual([
      'app:shop-prod production',
      'chart:c unknown',
      'dir:clients/shop/overlays/staging staging',
      'manifests:argocd/shop-prod.yaml production',
      'manifests:ops unknown',
      'terraform:infra unknown',
    ]);
  });

  it('have a sibling in another environment', async () => {
    const files = {
      ...SHOP,
      'argocd/shop-staging.yaml': application('shop-staging', 'clients/shop/overlays/staging'),
      'clients/other/overlays/staging/kustomization.yaml': kustomization('resources: [a.yaml]'),
    };
    const map = await mapRepository({ tree: memoryTree(files), config: DEFAULTS });
    const [unit] = await map.reaching('clients/shop/overlays/prod/p.yaml');
    expect(unit && map.siblings(unit, 'staging').map(sibling => sibling.key)).toEqual(['app:shop-staging']);
    expect(unit && map.siblings(unit, 'development')).toEqual([]);
  });
});

describe('B04: symbolic links in the tree', () => {
  const linked = {
    'shop/kustomization.yaml': kustomization('resources: [../link/a.yaml, ../file.yaml]'),
    'real/a.yaml': CONFIG_MAP,
    'real/b.yaml': CONFIG_MAP,
    link: 'real',
    'file.yaml': 'real/b.yaml',
  };

  it.each([
    ['a file behind a linked folder', 'real/a.yaml', ['dir:shop']],
    ['a file behind a link', 'real/b.yaml', ['dir:shop']],
    ['a linked folder', 'link', ['dir:shop']],
    ['a link', 'file.yaml', ['dir:shop']],
  ])('%s', async (_what, path, expected) => {
    const tree = memoryTree(linked);
    const files = async () =>
      (await tree.files()).map(entry =>
        entry.path === 'link' || entry.path === 'file.yaml' ? { ...entry, mode: 'symlink' as const } : entry,
      );
    const map = await mapRepository({ tree: { ...tree, files }, config: DEFAULTS });
    expect((await map.reaching(path)).map(unit => unit.key)).toEqual(expected);
  });
});
