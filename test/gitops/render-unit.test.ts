import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../src/config/config.ts';
import { mapRepository } from '../../src/gitops/map.ts';
import { renderUnit } from '../../src/gitops/render-unit.ts';
import { idKey } from '../../src/kubernetes/object.ts';
import type { Rendered } from '../../src/kustomize/rendered.ts';
import { createRenderer } from '../../src/kustomize/renderer.ts';
import { at, historyOf, type Span } from '../../src/yaml/node.ts';
import { memoryTree } from '../support/memory-tree.ts';
import { application, CONFIG_MAP, kustomization } from './repository.ts';

type Files = Readonly<Record<string, string>>;

async function render(files: Files, key: string): Promise<Rendered> {
  const tree = memoryTree(files);
  const unit = (await (await mapRepository({ tree, config: DEFAULTS })).units()).find(unit => unit.key === key);
  if (unit === undefined) throw new Error(`no unit ${key}`);
  return renderUnit(unit, createRenderer(tree), tree);
}

const gapsOf = ({ gaps }: Rendered) => gaps.map(({ kind, what, version }) => [kind, what, version]);
const written = ({ source, start, end }: Span) => source.text.slice(start, end);

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';

describe('renderUnit', () => {
  it.each([
    [
      'a kustomization',
      { 'shop/kustomization.yaml': kustomization('resources: [a.yaml]'), 'shop/a.yaml': CONFIG_MAP },
      'dir:shop',
    ],
    ['plain manifests', { 'shop/a.yaml': CONFIG_MAP }, 'manifests:shop'],
  ])('renders %s', async (_what, files, key) => {
    const { objects, problems } = await render(files, key);
    expect(objects.map(object => idKey(object.id))).toEqual(['/ConfigMap /settings']);
    expect(problems).toEqual([]);
  });

  it("puts objects without a namespace into the Application's, by their id alone", async () => {
    const files = { 'app.yaml': application('shop', 'shop'), 'shop/a.yaml': CONFIG_MAP, 'shop/n.yaml': NAMESPACE };
    const { objects } = await render(files, 'app:shop');
    expect(objects.map(object => idKey(object.id)).sort()).toEqual(['/ConfigMap shop/settings', '/Namespace /shop']);
    expect(objects.some(({ root }) => written(root.span).includes('namespace'))).toBe(false);
  });

  it('gives the options of a directory to the renderer', async () => {
    const files = {
      'app.yaml': application('shop', 'shop', "directory: {recurse: true, exclude: '*.json'}"),
      'shop/below/a.yaml': CONFIG_MAP,
      'shop/b.json': '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "b"}}',
    };
    expect((await render(files, 'app:shop')).files).toEqual(['shop/below/a.yaml']);
  });

  it('applies the later of two sources where both have an object', async () => {
    const sources = (['a', 'b'] as const).map(path => `{repoURL: https://git.example.com/gitops.git, path: ${path}}`);
    const files = {
      'app.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec: {sources: [${sources.join(', ')}]}
`,
      'a/x.yaml': CONFIG_MAP,
      'b/x.yaml': CONFIG_MAP,
    };
    const { objects } = await render(files, 'app:shop');
    expect(objects.map(({ root }) => root.span.source.file)).toEqual(['b/x.yaml']);
  });

  it('B11: says that a source folder is not there, at the path', async () => {
    const own = { 'own.yaml': application('own', 'own'), 'own/kustomization.yaml': kustomization('resources: []') };
    const files = { ...own, 'app.yaml': application('shop', 'clients/shop') };
    const { problems, objects } = await render(files, 'app:shop');
    expect(objects).toEqual([]);
    expect(problems.map(({ code, message, span }) => [code, message, written(span)])).toEqual([
      ['file-not-in-tree', 'shop takes its source from "clients/shop", which is no folder here', 'clients/shop'],
    ]);
  });

  it('takes a folder for that of another repository where nothing tells what this one is called', async () => {
    const rendered = await render({ 'app.yaml': application('shop', 'clients/shop') }, 'app:shop');
    expect(gapsOf(rendered)).toEqual([['remote-base', 'https://git.example.com/gitops.git//clients/shop', undefined]]);
    expect(rendered.problems).toEqual([]);
  });

  it('B11: says that a source leads out of the repository', async () => {
    const { problems } = await render({ 'app.yaml': application('shop', '../outside') }, 'app:shop');
    expect(problems.map(({ code }) => code)).toEqual(['path-leaves-repository']);
  });
});

describe('gaps', () => {
  const chart = (version: string, helm = '{}') => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  source: {repoURL: 'https://charts.example.com/', chart: shop, targetRevision: ${version}, helm: ${helm}}
`;

  it('a chart of a registry, with the place of everything that fills it in', async () => {
    const rendered = await render({ 'app.yaml': chart('1.2.3', '{values: "a: 1"}') }, 'app:shop');
    expect(gapsOf(rendered)).toEqual([['helm-chart', 'https://charts.example.com/shop', '1.2.3']]);
    expect(rendered.gaps.map(({ span }) => written(span))[0]).toContain('a: 1');
  });

  it('a folder of another repository', async () => {
    const files = {
      'app.yaml': application('shop', 'shop').replace('gitops', 'other'),
      'own.yaml': application('own', 'own'),
      'own/kustomization.yaml': kustomization('resources: []'),
      'shop/a.yaml': CONFIG_MAP,
    };
    const rendered = await render(files, 'app:shop');
    expect(gapsOf(rendered)).toEqual([['remote-base', 'https://git.example.com/other.git//shop', undefined]]);
    expect(rendered.objects).toEqual([]);
  });

  it('a chart of this repository: its version, its values, its other files', async () => {
    const files = {
      'app.yaml': application('shop', 'charts/shop', 'helm: {valueFiles: [prod.yaml]}'),
      'charts/shop/Chart.yaml': 'name: shop\nversion: 0.4.0\n',
      'charts/shop/README.md': 'What it is for\n',
      'charts/shop/prod.yaml': 'replicas: 2\n',
      'charts/shop/values.yaml': 'replicas: 1\n',
      'charts/shop/templates/web.yaml': 'kind: {{ .Values.kind }}\n',
    };
    const oids = async (path: string) => (await memoryTree(files).entry(path))?.oid;
    const rendered = await render(files, 'app:shop');
    const [{ given } = {}] = rendered.gaps;
    expect(given?.parts).toMatchObject([{ path: 'charts/shop/values.yaml' }, { path: 'charts/shop/prod.yaml' }]);
    expect(rendered.files).toEqual(['charts/shop/prod.yaml', 'charts/shop/values.yaml']);
    expect(gapsOf(rendered)).toEqual([
      ['helm-chart', 'charts/shop', '0.4.0'],
      ['unsupported', 'Chart.yaml of the chart shop', await oids('charts/shop/Chart.yaml')],
      ['unsupported', 'templates/web.yaml of the chart shop', await oids('charts/shop/templates/web.yaml')],
    ]);
  });

  it('overrides of a folder without a kustomization: only what they say counts', async () => {
    const versions = async (source: string) => {
      const files = { 'app.yaml': application('shop', 'shop', source), 'shop/a.yaml': CONFIG_MAP };
      const rendered = await render(files, 'app:shop');
      expect(rendered.objects).toHaveLength(1);
      return rendered.gaps.map(({ version }) => version);
    };
    const one = await versions('kustomize: {images: [shop=shop:2]}');
    expect(one).toHaveLength(1);
    expect(one).toEqual(await versions('kustomize: { images: [ "shop=shop:2" ] }'));
    expect(one).not.toEqual(await versions('kustomize: {images: [shop=shop:3]}'));
    expect(await versions('')).toEqual([]);
  });

  describe('images that Argo CD sets', () => {
    const DEPLOYMENT =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n' +
      'spec: {template: {spec: {containers: [{name: web, image: "shop/web:1"}]}}}\n';
    const folder = {
      'shop/kustomization.yaml': kustomization('resources: [a.yaml]'),
      'shop/a.yaml': DEPLOYMENT,
    };
    const imageOf = ({ objects }: Rendered) => {
      const node = objects[0] && at(objects[0].root, 'spec', 'template', 'spec', 'containers', 0, 'image');
      return node?.kind === 'scalar' ? historyOf(node).map(({ value, span }) => [value, span.source.file]) : [];
    };
    const written = ['shop/web:1', 'shop/a.yaml'];

    it.each([
      ['shop/web:2', 'shop/web:2'],
      ['shop/web=registry.example.com:5000/web:2', 'registry.example.com:5000/web:2'],
      ['shop/web=*:2', 'shop/web:2'],
      [`shop/web@sha256:${'a'.repeat(64)}`, `shop/web@sha256:${'a'.repeat(64)}`],
    ])('%s of the Application', async (entry, image) => {
      const files = { 'app.yaml': application('shop', 'shop', `kustomize: {images: ['${entry}']}`), ...folder };
      const rendered = await render(files, 'app:shop');
      expect(rendered.gaps).toEqual([]);
      expect(imageOf(rendered)).toContainEqual([image, 'app.yaml']);
      expect(imageOf(rendered).at(-1)).toEqual(written);
    });

    it('the file for the Application before that for all, and both before the Application', async () => {
      const file = (tag: string) => `kustomize: {images: ['shop/web:${tag}']}\n`;
      const files = {
        'app.yaml': application('shop', 'shop', "kustomize: {images: ['shop/web:2']}"),
        ...folder,
        'shop/.argocd-source.yaml': file('3'),
        'shop/.argocd-source-shop.yaml': file('4'),
      };
      const rendered = await render(files, 'app:shop');
      expect(imageOf(rendered)).toEqual([['shop/web:4', 'shop/.argocd-source-shop.yaml'], written]);
      expect(rendered.gaps).toEqual([]);
    });

    it('the file with the namespace in its name for an Application outside of that of Argo CD', async () => {
      const parameters = 'shop/.argocd-source-teams_shop.yaml';
      const imagesIn = async (namespace: string) => {
        const manifest = application('shop', 'shop').replace('namespace: argocd', `namespace: ${namespace}`);
        const files = { 'app.yaml': manifest, ...folder, [parameters]: "kustomize: {images: ['shop/web:5']}\n" };
        return imageOf(await render(files, 'app:shop'));
      };
      expect(await imagesIn('teams')).toEqual([['shop/web:5', parameters], written]);
      expect(await imagesIn('argocd')).toEqual([written]);
    });
  });

  it('a file of parameters that says more than what a kustomization can have', async () => {
    const files = {
      'app.yaml': application('shop', 'shop'),
      'shop/kustomization.yaml': kustomization('resources: [a.yaml]'),
      'shop/a.yaml': CONFIG_MAP,
      'shop/.argocd-source-shop.yaml': 'kustomize: {namePrefix: a-}\nplugin: {name: templates}\n',
    };
    expect((await render(files, 'app:shop')).gaps.map(({ what }) => what)).toEqual([
      'overrides in shop/.argocd-source-shop.yaml',
    ]);
  });

  it('plain manifests where the Application says so, or a file of parameters, whatever lies in the folder', async () => {
    const folder = {
      'shop/kustomization.yaml': kustomization('resources: [a.yaml]', 'namePrefix: x-'),
      'shop/a.yaml': CONFIG_MAP,
      'shop/deep/b.yaml': CONFIG_MAP.replace('settings', 'deep'),
    };
    const namesOf = ({ objects }: Rendered) => objects.map(({ id }) => id.name);
    const declared = { ...folder, 'app.yaml': application('shop', 'shop', 'directory: {recurse: true}') };
    expect(namesOf(await render(declared, 'app:shop'))).toEqual(['settings', 'deep']);
    const files = {
      'app.yaml': application('shop', 'shop'),
      'shop/.argocd-source.yaml': 'directory: {recurse: true}\n',
    };
    const merged = await render({ ...folder, ...files }, 'app:shop');
    expect([namesOf(merged), merged.gaps]).toEqual([['settings', 'deep'], []]);
  });
});
