import { describe, expect, it } from 'vitest';
import { isImmutable } from '../../src/kubernetes/immutable.ts';
import { object } from '../support/objects.ts';

function of(id: string, body = 'spec: {}') {
  const slash = id.lastIndexOf('/');
  return object(`{ apiVersion: ${id.slice(0, slash)}, kind: ${id.slice(slash + 1)}, metadata: { name: x }, ${body} }`);
}

function steps(path: string) {
  return path.split('.').map(step => (/^\d+$/.test(step) ? Number(step) : step));
}

describe('isImmutable', () => {
  it.each([
    ['apps/v1/Deployment', 'spec.selector.matchLabels.app'],
    ['apps/v1/StatefulSet', 'spec.selector.matchLabels.app'],
    ['apps/v1/StatefulSet', 'spec.volumeClaimTemplates.0.spec.resources.requests.storage'],
    ['apps/v1/StatefulSet', 'spec.serviceName'],
    ['apps/v1/StatefulSet', 'spec.podManagementPolicy'],
    ['apps/v1/DaemonSet', 'spec.selector'],
    ['batch/v1/Job', 'spec.template.spec.containers.0.image'],
    ['v1/Pod', 'spec.containers.0.env.0.value'],
    ['v1/PersistentVolumeClaim', 'spec.storageClassName'],
    ['v1/PersistentVolumeClaim', 'spec.accessModes.0'],
    ['v1/PersistentVolume', 'spec.nfs.server'],
    ['storage.k8s.io/v1/StorageClass', 'parameters.numberOfReplicas'],
    ['storage.k8s.io/v1/StorageClass', 'reclaimPolicy'],
    ['rbac.authorization.k8s.io/v1/RoleBinding', 'roleRef.name'],
    ['rbac.authorization.k8s.io/v1/ClusterRoleBinding', 'roleRef.name'],
    ['v1/Secret', 'type'],
    ['scheduling.k8s.io/v1/PriorityClass', 'value'],
    ['networking.k8s.io/v1/IngressClass', 'spec.controller'],
    ['node.k8s.io/v1/RuntimeClass', 'handler'],
    ['apiextensions.k8s.io/v1/CustomResourceDefinition', 'spec.scope'],
    ['k8s.mariadb.com/v1alpha1/MariaDB', 'spec.storage.storageClassName'],
    ['k8s.mariadb.com/v1alpha1/Database', 'spec.name'],
    ['k8s.mariadb.com/v1alpha1/Grant', 'spec.mariaDbRef.name'],
    ['k8s.mariadb.com/v1alpha1/Backup', 'spec.storage.s3.bucket'],
    ['elasticsearch.k8s.elastic.co/v1/Elasticsearch', 'spec.nodeSets.0.volumeClaimTemplates.0.spec.storageClassName'],
  ])('%s %s', (id, path) => {
    expect(isImmutable(of(id), steps(path))?.reason).toMatch(/\.$/);
  });

  it.each([
    ['apps/v1/Deployment', 'spec.template.spec.containers.0.image'],
    ['apps/v1/Deployment', 'spec.replicas'],
    ['apps/v1/StatefulSet', 'spec.template.spec.containers.0.image'],
    ['apps/v1/StatefulSet', 'spec.replicas'],
    ['apps/v1/StatefulSet', 'spec.updateStrategy.rollingUpdate.partition'],
    ['apps/v1/StatefulSet', 'metadata.labels.app'],
    ['batch/v1/Job', 'spec.parallelism'],
    ['batch/v1/CronJob', 'spec.jobTemplate.spec.template.spec.containers.0.image'],
    ['v1/Pod', 'spec.containers.0.image'],
    ['v1/PersistentVolumeClaim', 'spec.resources.requests.storage'],
    ['v1/PersistentVolume', 'spec.capacity.storage'],
    ['storage.k8s.io/v1/StorageClass', 'allowVolumeExpansion'],
    ['rbac.authorization.k8s.io/v1/RoleBinding', 'subjects.0.name'],
    ['v1/Secret', 'data.password'],
    ['v1/ConfigMap', 'data.host'],
    ['v1/Service', 'spec.ports.0.port'],
    ['k8s.mariadb.com/v1alpha1/MariaDB', 'spec.image'],
    ['k8s.mariadb.com/v1alpha1/Grant', 'spec.privileges.0'],
    ['k8s.mariadb.com/v1alpha1/Database', 'spec.characterSet'],
  ])('not %s %s', (id, path) => {
    expect(isImmutable(of(id), steps(path))).toBeUndefined();
  });

  it.each([
    ['v1/ConfigMap', 'data.host', true],
    ['v1/ConfigMap', 'immutable', true],
    ['v1/ConfigMap', 'metadata.labels.app', false],
    ['v1/Secret', 'stringData.password', true],
  ])('%s with immutable: true, %s', (id, path, refused) => {
    expect(isImmutable(of(id, 'immutable: true'), steps(path)) !== undefined).toBe(refused);
  });

  it.each([
    ['given an address', '{}', '{ clusterIP: None }', true],
    ['another address', '{ clusterIP: 10.0.0.1 }', '{ clusterIP: 10.0.0.2 }', true],
    ['address left out', '{ clusterIP: None }', '{}', false],
    ['from an external name', '{ type: ExternalName }', '{ clusterIP: None }', false],
    ['to an external name', '{ clusterIP: None }', '{ type: ExternalName, clusterIP: "" }', false],
  ])('Service %s', (_, before, after, refused) => {
    const [was, is] = [of('v1/Service', `spec: ${before}`), of('v1/Service', `spec: ${after}`)];
    expect(isImmutable(was, ['spec', 'clusterIP'], is) !== undefined).toBe(refused);
  });

  it.each([
    ['grows', '10Gi', '20Gi', false],
    ['shrinks', '10Gi', '9Gi', true],
    ['is written in another unit', '1Gi', '1024Mi', false],
  ])('a claim that %s', (_, before, after, refused) => {
    const claim = (size: string) =>
      of('v1/PersistentVolumeClaim', `spec: { resources: { requests: { storage: ${size} } } }`);
    const path = ['spec', 'resources', 'requests', 'storage'];
    expect(isImmutable(claim(before), path, claim(after)) !== undefined).toBe(refused);
  });
});

it.each([
  ['goes with its objects', ['v1alpha1*'], ['v1*'], true],
  ['gives way to another and stays', ['v1alpha1*'], ['v1alpha1', 'v1*'], false],
  ['was not stored', ['v1alpha1', 'v1*'], ['v1*'], false],
])('a version of a definition that %s', (_what, before, after, refused) => {
  const definition = (names: readonly string[]) => {
    const versions = names.map(
      name => `{ name: ${name.replace('*', '')}, served: true, storage: ${name.endsWith('*')} }`,
    );
    return of('apiextensions.k8s.io/v1/CustomResourceDefinition', `spec: { versions: [${versions.join(', ')}] }`);
  };
  const answer = isImmutable(definition(before), ['spec', 'versions', 0], definition(after));
  expect(answer !== undefined).toBe(refused);
});

describe('what operators of brokers and search engines do not take back', () => {
  const rabbit = (storage: string) =>
    object(`
apiVersion: rabbitmq.com/v1beta1
kind: RabbitmqCluster
metadata: { name: queue }
spec: ${storage === '' ? '{}' : `{ persistence: { storage: "${storage}" } }`}
`);
  const search = (version: string, annotations = '{}') =>
    object(`
apiVersion: elasticsearch.k8s.elastic.co/v1
kind: Elasticsearch
metadata: { name: search, annotations: ${annotations} }
spec: { version: ${version} }
`);
  const nodes = (count: number) =>
    object(
      `{ apiVersion: rabbitmq.com/v1beta1, kind: RabbitmqCluster, metadata: { name: queue }, spec: { replicas: ${count} } }`,
    );
  const volumes = (set: string, size: string) =>
    object(`
apiVersion: elasticsearch.k8s.elastic.co/v1
kind: Elasticsearch
metadata: { name: search }
spec:
  nodeSets:
    - name: ${set}
      volumeClaimTemplates:
        - { metadata: { name: elasticsearch-data }, spec: { resources: { requests: { storage: ${size} } } } }
`);
  const STORAGE = ['spec', 'persistence', 'storage'];
  const CLAIM = ['spec', 'nodeSets', 0, 'volumeClaimTemplates'];
  const SIZE = [...CLAIM, 0, 'spec', 'resources', 'requests', 'storage'];
  const FREE = '{ eck.k8s.elastic.co/disable-downgrade-validation: "true" }';

  it.each([
    ['storage that grows', rabbit('10Gi'), rabbit('20Gi'), STORAGE, false],
    ['storage that shrinks', rabbit('20Gi'), rabbit('10Gi'), STORAGE, true],
    ['storage where there was none', rabbit('0'), rabbit('10Gi'), STORAGE, true],
    ['the default where there was none', rabbit('0'), rabbit(''), STORAGE, true],
    ['the default written out', rabbit(''), rabbit('10Gi'), STORAGE, false],
    ['fewer nodes', nodes(5), nodes(3), ['spec', 'replicas'], true],
    ['more nodes', nodes(3), nodes(5), ['spec', 'replicas'], false],
    ['no nodes for a while', nodes(3), nodes(0), ['spec', 'replicas'], false],
    ['volumes that grow', volumes('hot', '10Gi'), volumes('hot', '20Gi'), SIZE, false],
    ['volumes that shrink', volumes('hot', '20Gi'), volumes('hot', '10Gi'), SIZE, true],
    ['smaller volumes of another node set', volumes('hot', '20Gi'), volumes('warm', '10Gi'), SIZE, false],
    ['other modes of access', volumes('hot', '1Gi'), volumes('hot', '1Gi'), [...CLAIM, 0, 'spec', 'accessModes'], true],
    ['another node set', volumes('hot', '1Gi'), volumes('warm', '1Gi'), ['spec', 'nodeSets', 0], false],
    ['a newer version', search('8.5.3'), search('8.6.0'), ['spec', 'version'], false],
    ['an older version', search('8.6.0'), search('8.5.3'), ['spec', 'version'], true],
    ['an older version that is allowed', search('8.6.0'), search('8.5.3', FREE), ['spec', 'version'], false],
  ])('%s', (_what, before, after, path, refused) => {
    expect(isImmutable(before, path, after) !== undefined).toBe(refused);
  });
});
