import { describe, expect, it } from 'vitest';
import { removedApi } from '../../src/kubernetes/removed-apis.ts';
import { minorOf } from '../../src/kubernetes/versions.ts';
import { object } from '../support/objects.ts';

describe('removedApi', () => {
  it.each([
    ['extensions/v1beta1', 'Deployment', 16, 'apps/v1'],
    ['extensions/v1beta1', 'Ingress', 22, 'networking.k8s.io/v1'],
    ['policy/v1beta1', 'PodSecurityPolicy', 25, undefined],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 26, 'autoscaling/v2'],
    ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', 32, 'flowcontrol.apiserver.k8s.io/v1'],
  ])('%s %s went with 1.%i', (apiVersion, kind, removedIn, replacement) => {
    expect(removedApi(object(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a } }`))).toEqual({
      apiVersion,
      removedIn,
      replacement,
    });
  });

  it.each([
    ['apps/v1', 'Deployment'],
    ['policy/v1', 'PodDisruptionBudget'],
    ['policy/v1beta1', 'Widget'],
    ['networking.istio.io/v1beta1', 'Gateway'],
  ])('%s %s is served', (apiVersion, kind) => {
    expect(removedApi(object(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a } }`))).toBeUndefined();
  });
});

describe('minorOf', () => {
  it.each([
    ['1.31', 31],
    ['v1.31.4+rke2r1', 31],
    ['1.30.5-gke.1014001', 30],
    ['2.1', undefined],
    ['latest', undefined],
  ])('%s', (version, minor) => {
    expect(minorOf(version)).toBe(minor);
  });
});
