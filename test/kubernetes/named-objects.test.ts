import { describe, expect, it } from 'vitest';
import { isOfStatefulSet, isProvided, namedObjects } from '../../src/kubernetes/named-objects.ts';
import { object } from '../support/objects.ts';

const POD = object(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    spec:
      serviceAccountName: web
      volumes:
        - { name: data, persistentVolumeClaim: { claimName: data } }
        - { name: unused, persistentVolumeClaim: { claimName: unused } }
        - { name: extra, configMap: { name: extra, optional: true } }
      containers:
        - name: site
          image: a
          envFrom: [{ configMapRef: { name: settings } }]
          env: [{ name: A, valueFrom: { secretKeyRef: { name: db, key: password } } }]
          volumeMounts: [{ name: data, mountPath: /data }, { name: extra, mountPath: /extra }]
`);

it('names what a pod does not start without, and not what is optional or never mounted', () => {
  expect(
    namedObjects(POD)
      .map(({ kind, name }) => `${kind} ${name}`)
      .sort(),
  ).toEqual(['ConfigMap settings', 'PersistentVolumeClaim data', 'Secret db', 'ServiceAccount web']);
});

describe('what may provide a Secret that is named', () => {
  const wanted = { kind: 'Secret', name: 'db', path: [] } as const;
  const of = (text: string) => object(`{ ${text} }`);

  it.each([
    ['itself', of('apiVersion: v1, kind: Secret, metadata: { name: db, namespace: shop }'), true],
    ['one that names no namespace', of('apiVersion: v1, kind: Secret, metadata: { name: db }'), true],
    ['one of another namespace', of('apiVersion: v1, kind: Secret, metadata: { name: db, namespace: other }'), false],
    [
      'a SealedSecret',
      of('apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: { name: db, namespace: shop }'),
      true,
    ],
    [
      'an operator that is told the name',
      of('apiVersion: example.com/v1, kind: Db, metadata: { name: a, namespace: shop }, spec: { secret: db }'),
      true,
    ],
    [
      'an operator that is told another',
      of('apiVersion: example.com/v1, kind: Db, metadata: { name: a }, spec: { secret: x }'),
      false,
    ],
  ])('%s', (_what, candidate, expected) => {
    expect(isProvided(wanted, POD, [candidate])).toBe(expected);
  });

  it('what is in every namespace', () => {
    const root = { kind: 'ConfigMap', name: 'kube-root-ca.crt', path: [] } as const;
    expect(isProvided(root, POD, [POD])).toBe(true);
  });
});

it('knows the claims that a StatefulSet makes', () => {
  const set = object(
    '{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: db }, spec: { volumeClaimTemplates: [{ metadata: { name: data } }] } }',
  );
  expect(['data-db-0', 'data-db-12', 'data-cache-0', 'db-data-0'].map(name => isOfStatefulSet(name, set))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
