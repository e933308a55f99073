import { describe, expect, it } from 'vitest';
import { configSource } from '../../src/kubernetes/config-sources.ts';
import { object } from '../support/objects.ts';

/** `Secret db: password, user`, or `Secret db: ?` where the keys are not known. */
function told(yaml: string): string | undefined {
  const source = configSource(object(yaml));
  if (source === undefined) return undefined;
  return `${source.kind} ${source.name}: ${[...(source.keys() ?? ['?'])].sort().join(', ')}`;
}

const external = (spec: string) =>
  `{ apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: { name: db }, spec: ${spec} }`;
const configMap = (own: string) => `{ apiVersion: v1, kind: ConfigMap, metadata: { name: app${own} }`;

describe('what gives pods a ConfigMap or a Secret', () => {
  it.each([
    ['a ConfigMap', `${configMap('')}, data: { B: b, A: a } }`, 'ConfigMap app: A, B'],
    ['an empty one, which somebody fills in', `${configMap('')} }`, 'ConfigMap app: ?'],
    [
      'one that a controller adds to',
      `${configMap(', labels: { config.openshift.io/inject-trusted-cabundle: "true" }')}, data: { A: a } }`,
      'ConfigMap app: ?',
    ],
    [
      'a token',
      '{ apiVersion: v1, kind: Secret, metadata: { name: t }, type: kubernetes.io/service-account-token, data: { a: YQ== } }',
      'Secret t: ?',
    ],
    [
      'a SealedSecret',
      '{ apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: { name: db }, spec: { encryptedData: { password: x }, template: { data: { url: y } } } }',
      'Secret db: password, url',
    ],
    [
      'a SealedSecret with another name',
      '{ apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: { name: db }, spec: { encryptedData: { a: x }, template: { metadata: { name: other } } } }',
      'Secret other: a',
    ],
    ['an ExternalSecret', external('{ data: [{ secretKey: a }, { secretKey: b }] }'), 'Secret db: a, b'],
    ['its target', external('{ target: { name: app }, data: [{ secretKey: a }] }'), 'Secret app: a'],
    [
      'all that a store has',
      external('{ data: [{ secretKey: a }], dataFrom: [{ extract: { key: b } }] }'),
      'Secret db: ?',
    ],
    ['a template', external('{ data: [{ secretKey: a }], target: { template: { data: { c: d } } } }'), 'Secret db: ?'],
    [
      'a Secret that is there',
      external('{ data: [{ secretKey: a }], target: { creationPolicy: Merge } }'),
      'Secret db: ?',
    ],
    [
      'a Certificate',
      '{ apiVersion: cert-manager.io/v1, kind: Certificate, metadata: { name: web }, spec: { secretName: web-tls } }',
      'Secret web-tls: ?',
    ],
    ['a Service', '{ apiVersion: v1, kind: Service, metadata: { name: web } }', undefined],
  ])('%s', (_what, yaml, expected) => {
    expect(told(yaml)).toBe(expected);
  });
});
