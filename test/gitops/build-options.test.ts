import { describe, expect, it } from 'vitest';
import { readsAnyFolder } from '../../src/gitops/build-options.ts';
import { memoryTree } from '../support/memory-tree.ts';

const OPTIONS = '--load-restrictor LoadRestrictionsNone';

describe('whether Argo CD lets kustomize read any folder', () => {
  it.each([
    ['its settings', `kind: ConfigMap\nmetadata: {name: argocd-cm}\ndata: {kustomize.buildOptions: ${OPTIONS}}`, true],
    [
      'its settings for one version',
      `kind: ConfigMap\nmetadata: {name: argocd-cm}\ndata: {kustomize.buildOptions.v5.4.2: ${OPTIONS}}`,
      true,
    ],
    ['the operator', `kind: ArgoCD\nmetadata: {name: argocd}\nspec: {kustomizeBuildOptions: ${OPTIONS}}`, true],
    ['values of the chart', `configs: {cm: {kustomize.buildOptions: ${OPTIONS}}}`, true],
    ['values of a chart around it', `argo-cd: {configs: {cm: {kustomize.buildOptions: ${OPTIONS}}}}`, true],
    ['other options', 'configs: {cm: {kustomize.buildOptions: --enable-helm}}', false],
    ['another ConfigMap', `kind: ConfigMap\nmetadata: {name: cm}\ndata: {kustomize.buildOptions: ${OPTIONS}}`, false],
    ['a script in a manifest', `kind: Task\nspec: {script: kustomize build ${OPTIONS}}`, false],
  ])('%s', async (_, text, expected) => {
    expect(await readsAnyFolder(memoryTree({ 'a.txt': OPTIONS, 'argocd/cm.yaml': text }))).toBe(expected);
  });
});
