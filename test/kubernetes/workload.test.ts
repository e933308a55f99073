import { describe, expect, it } from 'vitest';
import { consumed, dataKeys } from '../../src/kubernetes/consumed.ts';
import {
  containers,
  imagesOf,
  podLabels,
  podTemplate,
  serviceSelects,
  volumes,
} from '../../src/kubernetes/workload.ts';
import { at } from '../../src/yaml/node.ts';
import { object } from '../support/objects.ts';

const POD_SPEC = '{ containers: [{ name: web, image: nginx:1.27 }] }';

describe('podTemplate', () => {
  it.each([
    ['v1', 'Pod', `spec: ${POD_SPEC}`, ''],
    ['v1', 'ReplicationController', `spec: { template: { spec: ${POD_SPEC} } }`, 'spec.template'],
    ['apps/v1', 'Deployment', `spec: { template: { spec: ${POD_SPEC} } }`, 'spec.template'],
    ['apps/v1', 'StatefulSet', `spec: { template: { spec: ${POD_SPEC} } }`, 'spec.template'],
    ['apps/v1', 'DaemonSet', `spec: { template: { spec: ${POD_SPEC} } }`, 'spec.template'],
    ['batch/v1', 'Job', `spec: { template: { spec: ${POD_SPEC} } }`, 'spec.template'],
    [
      'batch/v1',
      'CronJob',
      `spec: { jobTemplate: { spec: { template: { spec: ${POD_SPEC} } } } }`,
      'spec.jobTemplate.spec.template',
    ],
    ['argoproj.io/v1alpha1', 'Rollout', `spec: { template: { spec: ${POD_SPEC} } }`, 'spec.template'],
    [
      'keda.sh/v1alpha1',
      'ScaledJob',
      `spec: { jobTargetRef: { template: { spec: ${POD_SPEC} } } }`,
      'spec.jobTargetRef.template',
    ],
    ['serving.knative.dev/v1', 'Service', `spec: { template: { spec: ${POD_SPEC} } }`, 'spec.template'],
  ])('of %s %s', (apiVersion, kind, spec, path) => {
    const workload = object(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: web }, ${spec} }`);
    expect(podTemplate(workload)?.path.join('.')).toBe(path);
    expect(containers(workload).map(({ name, image }) => [name, image])).toEqual([['web', 'nginx:1.27']]);
    expect(at(workload.root, ...(containers(workload)[0]?.imagePath ?? []))).toMatchObject({ value: 'nginx:1.27' });
  });

  it.each([
    ['a Service', '{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { selector: {} } }'],
    [
      'a Rollout that refers to a Deployment',
      '{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: { name: web }, spec: { workloadRef: { name: web } } }',
    ],
    [
      'a template of something else',
      '{ apiVersion: external-secrets.io/v1, kind: X, metadata: { name: web }, spec: { template: { metadata: {} } } }',
    ],
  ])('has none for %s', (_, yaml) => {
    expect(podTemplate(object(yaml))).toBeUndefined();
    expect(containers(object(yaml))).toEqual([]);
  });
});

describe('containers', () => {
  it('tells init containers and side-cars apart', () => {
    const pod = object(`
      apiVersion: v1
      kind: Pod
      metadata: { name: web }
      spec:
        initContainers: [{ name: setup }, { name: proxy, restartPolicy: Always }]
        containers: [{ name: web }]`);
    expect(containers(pod).map(({ name, init, sidecar }) => ({ name, init, sidecar }))).toEqual([
      { name: 'setup', init: true, sidecar: false },
      { name: 'proxy', init: true, sidecar: true },
      { name: 'web', init: false, sidecar: false },
    ]);
  });
});

const READER = object(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      imagePullSecrets: [{ name: pull }]
      initContainers:
        - { name: setup, envFrom: [{ secretRef: { name: setup-secret, optional: true } }] }
      containers:
        - name: web
          env:
            - { name: HOST, valueFrom: { configMapKeyRef: { name: env-cm, key: host } } }
            - { name: PASSWORD, valueFrom: { secretKeyRef: { name: env-secret, key: password } } }
            - { name: NODE, valueFrom: { fieldRef: { fieldPath: spec.nodeName } } }
          envFrom: [{ configMapRef: { name: all-cm } }]
          volumeMounts:
            - { name: www, mountPath: /etc/www }
            - { name: ini, mountPath: /usr/local/etc/php/php.ini, subPath: php.ini }
            - { name: tls, mountPath: /tls }
            - { name: all, mountPath: /all }
      volumes:
        - { name: www, configMap: { name: www-cm } }
        - { name: ini, configMap: { name: ini-cm } }
        - { name: tls, secret: { secretName: tls-secret, items: [{ key: tls.crt, path: crt }] } }
        - { name: unused, configMap: { name: unused-cm } }
        - name: all
          projected:
            sources: [{ configMap: { name: part-cm } }, { secret: { name: part-secret, optional: true } }]
`);

describe('consumed', () => {
  it('lists what the pods read, and nothing that no container mounts', () => {
    const summary = consumed(READER).map(({ kind, name, how, keys, optional }) => [kind, name, how, keys, optional]);
    expect(summary).toEqual([
      ['Secret', 'setup-secret', 'envFrom', undefined, true],
      ['ConfigMap', 'env-cm', 'env', ['host'], false],
      ['Secret', 'env-secret', 'env', ['password'], false],
      ['ConfigMap', 'all-cm', 'envFrom', undefined, false],
      ['ConfigMap', 'www-cm', 'volume', undefined, false],
      ['ConfigMap', 'ini-cm', 'subPath', ['php.ini'], false],
      ['Secret', 'tls-secret', 'volume', ['tls.crt'], false],
      ['ConfigMap', 'part-cm', 'projected', undefined, false],
      ['Secret', 'part-secret', 'projected', undefined, true],
    ]);
  });

  it('points to the names', () => {
    for (const { name, path } of consumed(READER)) {
      expect(at(READER.root, ...path)).toMatchObject({ kind: 'scalar', value: name });
    }
  });

  it('follows subPath through items', () => {
    const pod = object(`
      apiVersion: v1
      kind: Pod
      metadata: { name: web }
      spec:
        containers: [{ name: web, volumeMounts: [{ name: c, mountPath: /x, subPath: conf.d/a.conf }] }]
        volumes:
          - { name: c, configMap: { name: cm, items: [{ key: a, path: conf.d/a.conf }, { key: b, path: b.conf }] } }`);
    expect(consumed(pod)).toMatchObject([{ name: 'cm', how: 'subPath', keys: ['a'] }]);
  });
});

describe('volumes', () => {
  it('says who mounts each', () => {
    const mounts = volumes(READER).map(({ name, mounts }) => [name, mounts]);
    expect(mounts).toContainEqual(['ini', [{ container: 'web', subPath: 'php.ini' }]]);
    expect(mounts).toContainEqual(['unused', []]);
  });
});

it('dataKeys lists the keys of every kind of data', () => {
  const secret = object(`
    apiVersion: v1
    kind: Secret
    metadata: { name: s }
    data: { a: YQ== }
    stringData: { b: b }`);
  expect([...dataKeys(secret)].map(([key, { path }]) => [key, path.join('.')])).toEqual([
    ['a', 'data.a'],
    ['b', 'stringData.b'],
  ]);
});

describe('serviceSelects', () => {
  const web = object(`
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec: { template: { metadata: { labels: { app: web, tier: front } }, spec: { containers: [] } } }`);

  it('reads the labels of the pods', () => {
    expect([...podLabels(web)]).toEqual([
      ['app', 'web'],
      ['tier', 'front'],
    ]);
  });

  it.each([
    ['a subset of the labels', 'shop', '{ selector: { app: web } }', true],
    ['a unit without namespace', '', '{ selector: { app: web } }', true],
    ['another namespace', 'other', '{ selector: { app: web } }', false],
    ['another value', 'shop', '{ selector: { app: api } }', false],
    ['one label more', 'shop', '{ selector: { app: web, x: y } }', false],
    ['no selector', 'shop', '{ ports: [] }', false],
    ['an empty selector', 'shop', '{ selector: {} }', false],
    ['an external name', 'shop', '{ type: ExternalName, selector: { app: web } }', false],
  ])('%s', (_, namespace, spec, selected) => {
    const service = object(
      `{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: "${namespace}" }, spec: ${spec} }`,
    );
    expect(serviceSelects(service, web)).toBe(selected);
  });
});

describe('imagesOf', () => {
  it.each([
    [
      'a container',
      'apps/v1',
      'Deployment',
      `spec: { template: { spec: ${POD_SPEC} } }`,
      [['nginx:1.27', 'spec.template.spec.containers.0.image', 'web']],
    ],
    [
      'spec.image',
      'k8s.mariadb.com/v1alpha1',
      'MariaDB',
      'spec: { image: "mariadb:11.4.5" }',
      [['mariadb:11.4.5', 'spec.image', 'spec.image']],
    ],
    [
      'imageName',
      'postgresql.cnpg.io/v1',
      'Cluster',
      'spec: { imageName: "ghcr.io/cloudnative-pg/postgresql:16.2" }',
      [['ghcr.io/cloudnative-pg/postgresql:16.2', 'spec.imageName', 'spec.imageName']],
    ],
    [
      'repository and tag apart',
      'example.com/v1',
      'App',
      'spec: { image: { repository: shop/web, tag: 1.2.3 } }',
      [['shop/web:1.2.3', 'spec.image.tag', 'spec.image']],
    ],
    [
      'repository alone',
      'example.com/v1',
      'App',
      'spec: { image: { registry: ghcr.io, repository: shop/web, tag: "" } }',
      [['ghcr.io/shop/web', 'spec.image.repository', 'spec.image']],
    ],
    [
      'a volume from an image',
      'v1',
      'Pod',
      'spec: { volumes: [{ name: v, image: { reference: "a:1" } }] }',
      [['a:1', 'spec.volumes.0.image.reference', 'v']],
    ],
    ['a status', 'v1', 'Pod', 'status: { containerStatuses: [{ name: a, image: b }] }', []],
    ['plain data', 'v1', 'ConfigMap', 'data: { image: nginx }', []],
    ['a schema', 'apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'spec: { image: nginx }', []],
  ])('%s', (_, apiVersion, kind, body, expected) => {
    const found = imagesOf(object(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: web }, ${body} }`));
    expect(found.map(({ text, path, subject }) => [text, path.join('.'), subject])).toEqual(expected);
  });
});
