import { describe, expect, it } from 'vitest';
import { coversHost, ingressClass, routesOf, servesEveryHost } from '../../src/kubernetes/ingress.ts';
import { object } from '../support/objects.ts';

const ingress = (spec: string, annotations = '{}') =>
  object(
    `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web, annotations: ${annotations} }, spec: ${spec} }`,
  );

describe('the hosts that a wildcard stands for', () => {
  it.each([
    ['www.shop.example', 'www.shop.example', true],
    ['*.shop.example', 'www.shop.example', true],
    ['*.shop.example', 'a.www.shop.example', false],
    ['*.shop.example', 'shop.example', false],
    ['*.shop.example', '*.shop.example', true],
    ['*.shop.example', '*.www.shop.example', false],
  ])('%s and %s', (pattern, host, expected) => {
    expect(coversHost(pattern, host)).toBe(expected);
  });
});

it('reads routes of the old and the new API alike', () => {
  const now = ingress(
    '{ rules: [{ host: WWW.shop.example, http: { paths: [{ path: /a, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }',
  );
  const old = ingress(
    '{ rules: [{ host: www.shop.example, http: { paths: [{ path: /a, pathType: Prefix, backend: { serviceName: web, servicePort: 80 } }] } }] }',
  );
  expect(routesOf(now)).toEqual(routesOf(old));
  expect(routesOf(now)[0]).toMatchObject({ host: 'www.shop.example', httpPath: '/a' });
});

it.each([
  ['{}', true],
  ['{ rules: [{ host: www.shop.example }] }', false],
  ['{ rules: [{ host: www.shop.example }, {}] }', true],
  ['{ rules: [{ host: www.shop.example }], defaultBackend: {} }', true],
])('%s serves every host: %s', (spec, expected) => {
  expect(servesEveryHost(ingress(spec))).toBe(expected);
});

it.each([
  ['{ ingressClassName: nginx }', '{ kubernetes.io/ingress.class: traefik }', 'nginx'],
  ['{}', '{ kubernetes.io/ingress.class: traefik }', 'traefik'],
  ['{}', '{}', ''],
])('%s with %s is of class %s', (spec, annotations, expected) => {
  expect(ingressClass(ingress(spec, annotations))).toBe(expected);
});
