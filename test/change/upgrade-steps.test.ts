import { expect, it } from 'vitest';
import type { Fact } from '../../src/change/fact.ts';
import { unusualStep } from '../../src/change/upgrade-steps.ts';
import { startOf } from '../../src/yaml/node.ts';

it.each<[Fact['kind'], string, string, string, string | undefined]>([
  ['kubernetes', 'kubernetes_version', 'v1.31.6+rke2r1', 'v1.33.1+rke2r1', 'Kubernetes skip'],
  ['kubernetes', 'kubernetes_version', '1.31.6', '1.31.4', undefined],
  ['kubernetes', 'aws_eks_node_group.a', '1.29', '1.31', 'Kubernetes skip of nodes'],
  ['chart', 'longhorn', '1.7.2', '1.9.0', 'Longhorn skip'],
  ['chart', 'https://charts.longhorn.io/longhorn', '1.9.0', '1.8.0', 'Longhorn back'],
  ['image', 'registry.example/mirror/longhornio/longhorn-manager', 'v1.7.2', 'v1.9.0', 'Longhorn skip'],
  ['image', 'acme/longhorn', '1.7.2', '1.9.0', undefined],
  ['remote', 'https://github.com/argoproj/argo-cd//manifests', 'v2.11.3', 'v2.13.0', 'Argo CD skip'],
  ['remote', 'https://github.com/acme/argo-cd-extras', 'v2.11.3', 'v2.13.0', undefined],
  ['chart', 'argo-cd', '7.3.0', '7.8.0', undefined],
  ['component', 'cert-manager', 'v1.9.1', 'v1.16.0', 'cert-manager skip'],
  ['component', 'longhorn', '1.9.9', '2.0.0', undefined],
  ['component', 'keda', '2.10.0', '2.17.0', undefined],
])('%s %s from %s to %s', (kind, subject, from, to, expected) => {
  const place = { span: startOf('a.yaml'), side: 'after' } as const;
  const step = unusualStep({ kind, move: 'unknown', unit: 'u', object: undefined, subject, from, to, ...place });
  const told = step && `${step.of.name} ${step.kind}${step.nodesOnly ? ' of nodes' : ''}`;
  expect(told).toBe(expected);
});
