import { describe, expect, it } from 'vitest';
import { sameTerraform, terraformVersions } from '../../src/gitops/terraform.ts';
import { Source } from '../../src/yaml/node.ts';

const versions = (text: string, file = 'main.tf') =>
  terraformVersions([new Source(file, text)]).map(found => `${found.kind} ${found.name} ${found.version}`);

describe('versions that Terraform states', () => {
  it.each([
    ['resource "aws_eks_cluster" "main" {\n  version = "1.31"\n}', ['kubernetes aws_eks_cluster.main 1.31']],
    [
      'variable "kubernetes_version" {\n  default = "v1.31.4+rke2r1"\n}',
      ['kubernetes kubernetes_version v1.31.4+rke2r1'],
    ],
    ['locals {\n  k8s_version = "1.30.2"\n}', ['kubernetes k8s_version 1.30.2']],
    ['module "nodes" {\n  k3s_version = "v1.30.1+k3s1"\n}', ['kubernetes module.nodes v1.30.1+k3s1']],
    ['resource "aws_eks_cluster" "main" {\n  version = var.kubernetes_version\n}', []],
    [
      'resource "azurerm_kubernetes_cluster" "a" {\n  default_node_pool {\n    orchestrator_version = "1.30"\n  }\n}',
      ['kubernetes azurerm_kubernetes_cluster.a 1.30'],
    ],
    ['resource "helm_release" "argo" {\n  chart = "argo-cd"\n  version = "7.1.0"\n}', ['chart argo-cd 7.1.0']],
    ['resource "random_id" "x" {\n  version = "1"\n}', []],
  ])('%s', (text, expected) => {
    expect(versions(text)).toEqual(expected);
  });

  it('reads a number as it is written', () => {
    expect(versions('kubernetes_version = 1.30\n', 'prod.tfvars')).toEqual(['kubernetes kubernetes_version 1.30']);
  });
});

describe('whether anything but the writing differs', () => {
  const a = 'resource "x" "y" {\n  a = 1\n  b = [1, 2]\n}\n';
  it.each([
    ['blanks and comments', a, '# note\nresource "x" "y" {\n  a   = 1 # one\n\n  b = [1,2]\n}\n', true],
    ['order of attributes', a, 'resource "x" "y" {\n  b = [1, 2]\n  a = 1\n}\n', true],
    ['a value', a, a.replace('1,', '3,'), false],
    ['order of a list', a, a.replace('1, 2', '2, 1'), false],
    ['a file that cannot be read', a, 'resource "x" {', false],
  ])('%s', (_, before, after, same) => {
    expect(sameTerraform([new Source('m.tf', before)], [new Source('m.tf', after)])).toBe(same);
  });
});
