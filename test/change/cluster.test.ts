import { describe, expect, it } from 'vitest';
import { facts } from '../support/changes.ts';

const object = (apiVersion: string, kind: string, spec: string) => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: x }
spec: ${spec}
`;

describe('the version that an operator brings a cluster to', () => {
  it.each([
    ['config.openshift.io/v1', 'ClusterVersion', '{ desiredUpdate: { version: VERSION } }'],
    ['cluster.x-k8s.io/v1beta1', 'Cluster', '{ topology: { version: VERSION } }'],
    ['cluster.x-k8s.io/v1beta1', 'MachineDeployment', '{ template: { spec: { version: VERSION } } }'],
    ['controlplane.cluster.x-k8s.io/v1beta1', 'KubeadmControlPlane', '{ version: VERSION }'],
    ['upgrade.cattle.io/v1', 'Plan', '{ version: VERSION, upgrade: { image: rancher/k3s-upgrade } }'],
  ])('%s %s', (apiVersion, kind, spec) => {
    const at = (version: string) => object(apiVersion, kind, spec.replace('VERSION', version));
    const of = (move: string, from: string, to: string) => [`kubernetes ${move} ${kind} x: ${from} -> ${to}`];
    expect(facts(at('v1.31.4'), at('v1.32.1'))).toEqual(of('minor', 'v1.31.4', 'v1.32.1'));
    expect(facts(at('v1.31.4'), at('v1.31.5'))).toEqual(of('patch', 'v1.31.4', 'v1.31.5'));
    expect(facts(at('v1.31.4'), at('v1.33.1'))).toEqual(of('skip', 'v1.31.4', 'v1.33.1'));
    expect(facts(at('v1.31.4'), at('v1.30.8'))).toEqual(of('downgrade', 'v1.31.4', 'v1.30.8'));
  });

  it('is not the version of what else a plan brings to the nodes', () => {
    const plan = (version: string) =>
      object('upgrade.cattle.io/v1', 'Plan', `{ version: ${version}, upgrade: { image: acme/kernel } }`);
    expect(facts(plan('v1.31.4'), plan('v1.32.1'))).toEqual([
      'object modified Plan x: spec.version: v1.31.4 -> v1.32.1',
    ]);
  });
});
