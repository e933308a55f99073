import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../src/config/config.ts';
import { mapRepository } from '../../src/gitops/map.ts';
import { renderUnit } from '../../src/gitops/render-unit.ts';
import type { Rendered } from '../../src/kustomize/rendered.ts';
import { createRenderer } from '../../src/kustomize/renderer.ts';
import { at, scalar, toJson } from '../../src/yaml/node.ts';
import { memoryTree } from '../support/memory-tree.ts';
import { placeOf } from '../support/render.ts';
import { application } from './repository.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "shop/web:1"}]}}
`;

async function render(kustomize: string, files: Readonly<Record<string, string>> = {}): Promise<Rendered> {
  const tree = memoryTree({
    'app.yaml': application('shop', 'shop', `kustomize: ${kustomize}`),
    'shop/kustomization.yaml': 'resources: [a.yaml]\n',
    'shop/a.yaml': DEPLOYMENT,
    ...files,
  });
  const units = await (await mapRepository({ tree, config: DEFAULTS })).units();
  const unit = units.find(({ key }) => key === 'app:shop');
  if (unit === undefined) throw new Error('no unit');
  return renderUnit(unit, createRenderer(tree), tree);
}

const COMPONENT = {
  'parts/more/kustomization.yaml': 'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\nnamePrefix: more-\n',
};

/** What each field does, as `kustomize edit` and a build of 5.8.1 do it. */
const FIELDS: readonly [string, (string | number)[], unknown][] = [
  ['{namePrefix: a-}', ['metadata', 'name'], 'a-web'],
  ['{nameSuffix: -b}', ['metadata', 'name'], 'web-b'],
  ['{namespace: other}', ['metadata', 'namespace'], 'other'],
  ['{commonLabels: {team: x}}', ['spec', 'selector', 'matchLabels', 'team'], 'x'],
  ['{commonLabels: {of: $ARGOCD_APP_NAME}}', ['metadata', 'labels', 'of'], 'shop'],
  ['{commonLabels: {team: x}, labelWithoutSelector: true}', ['metadata', 'labels', 'team'], 'x'],
  ['{commonLabels: {team: x}, labelWithoutSelector: true}', ['spec', 'selector', 'matchLabels', 'team'], undefined],
  [
    '{commonLabels: {team: x}, labelWithoutSelector: true, labelIncludeTemplates: true}',
    ['spec', 'template', 'metadata', 'labels', 'team'],
    'x',
  ],
  ['{commonAnnotations: {note: $ARGOCD_APP_NAME}}', ['metadata', 'annotations', 'note'], '$ARGOCD_APP_NAME'],
  [
    "{commonAnnotations: {note: '${ARGOCD_APP_NAME} for $$1$1'}, commonAnnotationsEnvsubst: true}",
    ['metadata', 'annotations', 'note'],
    'shop for $1',
  ],
  ['{replicas: [{name: web, count: 3}]}', ['spec', 'replicas'], 3],
  ["{replicas: [{name: web, count: '3'}]}", ['spec', 'replicas'], 3],
  [
    '{patches: [{target: {kind: Deployment}, patch: \'[{"op": "replace", "path": "/spec/replicas", "value": 5}]\'}]}',
    ['spec', 'replicas'],
    5,
  ],
  ['{components: [../parts/more]}', ['metadata', 'name'], 'more-web'],
];

describe('what Argo CD edits into a kustomization', () => {
  it.each(FIELDS)('%s sets %s', async (kustomize, path, value) => {
    const { objects, problems, gaps } = await render(kustomize, COMPONENT);
    const [object] = objects;
    const node = object && at(object.root, ...path);
    expect([problems, gaps]).toEqual([[], []]);
    expect(node && toJson(node)).toEqual(value);
  });

  it('sorts images by name and keeps what an asterisk stands for', async () => {
    const { objects } = await render("{images: ['shop/web=registry.example.com/web:*']}", {
      'shop/kustomization.yaml': 'resources: [a.yaml]\nimages: [{name: shop/web, newTag: "7"}]\n',
    });
    const image = objects[0] && scalar(objects[0].root, 'spec', 'template', 'spec', 'containers', 0, 'image');
    expect(image).toBe('registry.example.com/web:7');
  });

  it('adds labels to the entry with the same options, and replicas to those of other names', async () => {
    const { objects, problems } = await render(
      '{commonLabels: {team: x}, labelWithoutSelector: true, replicas: [{name: web, count: 2}]}',
      {
        'shop/kustomization.yaml':
          'resources: [a.yaml]\nlabels: [{pairs: {tier: web}}]\nreplicas: [{name: web, count: 9}]\n',
      },
    );
    expect(problems).toEqual([]);
    expect(objects[0] && scalar(objects[0].root, 'spec', 'replicas')).toBe(2);
    const labels = objects[0] && at(objects[0].root, 'metadata', 'labels');
    expect(labels && toJson(labels)).toEqual({ tier: 'web', team: 'x' });
  });

  it('points to the line of the Application', async () => {
    const { objects } = await render('\n      namePrefix: a-\n      replicas: [{name: a-web, count: 4}]', {
      'shop/kustomization.yaml': 'resources: [a.yaml]\n',
    });
    const name = objects[0] && at(objects[0].root, 'metadata', 'name');
    expect(name && placeOf(name.span)).toBe('app.yaml:11:19');
  });

  it.each([
    [
      'a label that is set already',
      '{commonLabels: {team: x}}',
      'team is set in shop/kustomization.yaml:2 already, which Argo CD refuses without forceCommonLabels: true',
    ],
    [
      'labels in templates with selectors',
      '{commonLabels: {a: b}, labelIncludeTemplates: true}',
      'labelIncludeTemplates wants labelWithoutSelector: true beside it',
    ],
    ['an image that sets nothing', '{images: [shop/web]}', 'shop/web sets neither a name nor a tag nor a digest'],
    [
      'a component that is not there',
      '{components: [../parts/none]}',
      '../parts/none is not in the tree (there is no parts/none)',
    ],
  ])('refuses %s, as Argo CD does', async (_what, kustomize, message) => {
    const { problems } = await render(kustomize, {
      'shop/kustomization.yaml': 'resources: [a.yaml]\ncommonLabels: {team: shop}\n',
    });
    expect(problems.map(problem => [problem.span.source.file, problem.message])).toEqual([['app.yaml', message]]);
  });

  it('leaves out components that are not there where the Application says so', async () => {
    const { problems } = await render('{components: [../parts/none], ignoreMissingComponents: true}');
    expect(problems).toEqual([]);
  });

  it('fills in what the set of the Application says', async () => {
    const tree = memoryTree({
      'set.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: shops}
spec:
  generators: [{list: {elements: [{client: a}, {client: b}]}}]
  template:
    metadata: {name: 'shop-{{client}}'}
    spec:
      source: {repoURL: https://git.example.com/gitops.git, path: shop, kustomize: {namePrefix: '{{client}}-'}}
`,
      'shop/kustomization.yaml': 'resources: [a.yaml]\n',
      'shop/a.yaml': DEPLOYMENT,
    });
    const units = await (await mapRepository({ tree, config: DEFAULTS })).units();
    const renderer = createRenderer(tree);
    const rendered = await Promise.all(
      units.filter(unit => unit.application !== undefined).map(unit => renderUnit(unit, renderer, tree)),
    );
    expect(rendered.map(({ objects }) => objects[0]?.id.name)).toEqual(['a-web', 'b-web']);
  });

  it('leaves out what a cluster would fill in, and says so', async () => {
    const { objects, gaps } = await render("{namePrefix: 'a-', nameSuffix: '-{{name}}'}");
    expect(objects[0]?.id.name).toBe('a-web');
    expect(gaps.map(({ what }) => what)).toEqual(['nameSuffix of shop']);
  });

  it('takes a change of a component for a change of the Application that alone names it', async () => {
    const tree = memoryTree({
      'app.yaml': application('shop', 'shop', 'kustomize: {components: [../parts/more]}'),
      'shop/kustomization.yaml': 'resources: [a.yaml]\n',
      'shop/a.yaml': DEPLOYMENT,
      ...COMPONENT,
      'parts/more/patch.yaml': 'a: 1\n',
    });
    const map = await mapRepository({ tree, config: DEFAULTS });
    const reached = await map.reaching('parts/more/kustomization.yaml');
    expect(reached.map(({ key }) => key)).toEqual(['app:shop']);
  });
});
