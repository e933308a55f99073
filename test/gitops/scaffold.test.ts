import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../src/config/config.ts';
import { mapRepository } from '../../src/gitops/map.ts';
import { memoryTree } from '../support/memory-tree.ts';

async function reached(files: Record<string, string>, path: string): Promise<string[]> {
  const map = await mapRepository({ tree: memoryTree(files), config: DEFAULTS });
  return (await map.reaching(path)).map(unit => unit.key);
}

describe('a folder that is copied before anything applies it', () => {
  const kustomization = 'resources: [a.yaml]\n';
  const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

  it.each(['hack/templates/shop', 'template', 'Skeleton/shop'])('%s is no unit', async folder => {
    const files = { [`${folder}/kustomization.yaml`]: kustomization, [`${folder}/a.yaml`]: object };
    expect(await reached(files, `${folder}/a.yaml`)).toEqual([]);
    expect(await reached({ [`${folder}/a.yaml`]: object }, `${folder}/a.yaml`)).toEqual([]);
  });

  it('is known by a whole word', async () => {
    const files = {
      'email-templates-service/kustomization.yaml': kustomization,
      'email-templates-service/a.yaml': object,
    };
    expect(await reached(files, 'email-templates-service/a.yaml')).toEqual(['dir:email-templates-service']);
  });

  it('is a unit where an Application applies it', async () => {
    const application =
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop}\nspec: {source: {path: templates/shop, repoURL: x}}\n';
    const files = { 'app.yaml': application, 'templates/shop/kustomization.yaml': kustomization };
    expect(await reached(files, 'templates/shop/a.yaml')).toEqual(['app:shop']);
  });
});

it('follows a generator to the values that it reads', async () => {
  const generator =
    'apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: loki}\nvaluesFile: values.yaml\nadditionalValuesFiles: [prod.yaml]\n';
  const files = {
    'base/kustomization.yaml': 'generators: [loki.yaml]\n',
    'base/loki.yaml': generator,
    'base/values.yaml': 'a: 1\n',
    'base/prod.yaml': 'a: 2\n',
    'overlay/kustomization.yaml': 'resources: [../base]\n',
  };
  for (const path of ['base/loki.yaml', 'base/values.yaml', 'base/prod.yaml']) {
    expect(await reached(files, path)).toEqual(['dir:overlay']);
  }
});

it('B01 ends where generators name each other', async () => {
  const generator = (other: string) =>
    `apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: x}\nfiles: [${other}]\n`;
  const files = {
    'kustomization.yaml': 'generators: [a.yaml]\n',
    'a.yaml': generator('b.yaml'),
    'b.yaml': generator('a.yaml'),
  };
  expect(await reached(files, 'b.yaml')).toEqual(['dir:']);
});
