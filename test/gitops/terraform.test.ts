import { describe, expect, it } from 'vitest';
import { readTerraform, terraformVersions } from '../../src/gitops/terraform.ts';
import { terraformDifferences } from '../../src/gitops/terraform-differences.ts';
import { Source } from '../../src/yaml/node.ts';

const versions = (text: string, file = 'main.tf') =>
  terraformVersions(readTerraform([new Source(file, text)])).map(
    found => `${found.kind} ${found.name} ${found.version}`,
  );

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
    [
      'variable "cluster" {\n  default = { name = "talos", kubernetes_version = "v1.36.3" }\n}',
      ['kubernetes cluster.kubernetes_version v1.36.3'],
    ],
    [
      'module "talos" {\n  cluster = {\n    name               = "prod"\n    kubernetes_version = "v1.36.3"\n  }\n}',
      ['kubernetes module.talos.cluster.kubernetes_version v1.36.3'],
    ],
  ])('%s', (text, expected) => {
    expect(versions(text)).toEqual(expected);
  });

  it('reads a number as it is written', () => {
    expect(versions('kubernetes_version = 1.30\n', 'prod.tfvars')).toEqual(['kubernetes kubernetes_version 1.30']);
  });
});

describe('what differs but the writing', () => {
  const a = 'resource "x" "y" {\n  a = 1\n  b = [1, 2]\n}\n';
  const differences = (before: string, after: string, file = 'm.tf') =>
    terraformDifferences(
      readTerraform([new Source(file, before)]),
      readTerraform([new Source(file, after)]),
      () => false,
    ).map(({ address, from, to, side }) => `${side} ${address}${from === to ? '' : ` ${from} -> ${to}`}`);

  it.each([
    ['blanks and comments', a, '# note\nresource "x" "y" {\n  a   = 1 # one\n\n  b = [1,2]\n}\n', []],
    ['order of attributes', a, 'resource "x" "y" {\n  b = [1, 2]\n  a = 1\n}\n', []],
    ['a value', a, a.replace('1,', '3,'), ['after resource.x.y.b']],
    ['a literal', a, a.replace('a = 1', 'a = 2'), ['after resource.x.y.a 1 -> 2']],
    ['an attribute that goes', a, a.replace('  a = 1\n', ''), ['before resource.x.y.a 1 -> undefined']],
    [
      'a value in blocks',
      'terraform {\n  required_providers {\n    cf = {\n      source  = "c/cf"\n      version = "1.0"\n    }\n  }\n}\n',
      'terraform {\n  required_providers {\n    cf = {\n      source  = "c/cf"\n      version = "1.1"\n    }\n  }\n}\n',
      ['after required_providers.cf.version 1.0 -> 1.1'],
    ],
    [
      'many values of one block',
      'locals {}\nx "y" {\n  a = 1\n  b = 1\n  c = 1\n  d = 1\n}\n',
      'x "y" {\n  a = 2\n  b = 2\n  c = 2\n  d = 2\n}\n',
      ['after x.y'],
    ],
    ['order of a list', a, a.replace('1, 2', '2, 1'), ['after resource.x.y.b']],
    ['a block that goes', a, '', ['before resource.x.y']],
    ['a local', 'locals {\n  a = 1\n}\n', 'locals {\n  a = 2\n}\n', ['after local.a 1 -> 2']],
  ])('%s', (_, before, after, expected) => {
    expect(differences(before, after)).toEqual(expected);
  });

  it('sees a value given in a .tfvars file', () => {
    expect(differences('region = "a"\n', 'region = "b"\n', 'x.tfvars')).toEqual(['after var.region a -> b']);
  });

  it('keeps what it could not read', () => {
    expect(readTerraform([new Source('m.tf', 'resource "x" {')]).errors.map(error => error.message)).toEqual([
      'the block "resource" is not closed',
    ]);
  });
});
