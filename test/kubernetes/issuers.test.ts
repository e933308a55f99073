import { describe, expect, it } from 'vitest';
import { challengeFor, issuerOf } from '../../src/kubernetes/issuers.ts';
import { object } from '../support/objects.ts';

const issuer = (solvers: string) =>
  object(`
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: letsencrypt }
spec: { acme: { solvers: ${solvers} } }
`);

const HTTP = 'http01: { ingress: {} }';
const DNS = 'dns01: { cloudflare: {} }';

describe('how an issuer proves a host', () => {
  it.each([
    ['one solver for all', `[{ ${HTTP} }]`, 'www.shop.example', 'http01'],
    ['a zone', `[{ ${HTTP} }, { selector: { dnsZones: [shop.example] }, ${DNS} }]`, 'www.shop.example', 'dns01'],
    [
      'the zone of a wildcard',
      `[{ ${HTTP} }, { selector: { dnsZones: [shop.example] }, ${DNS} }]`,
      '*.shop.example',
      'dns01',
    ],
    [
      'another zone',
      `[{ ${HTTP} }, { selector: { dnsZones: [other.example] }, ${DNS} }]`,
      'www.shop.example',
      'http01',
    ],
    [
      'a zone that only ends alike',
      `[{ selector: { dnsZones: [shop.example] }, ${DNS} }]`,
      'workshop.example',
      undefined,
    ],
    [
      'the longest zone',
      `[{ selector: { dnsZones: [example] }, ${DNS} }, { selector: { dnsZones: [shop.example] }, ${HTTP} }]`,
      'www.shop.example',
      'http01',
    ],
    [
      'a name before its zone',
      `[{ selector: { dnsZones: [shop.example] }, ${DNS} }, { selector: { dnsNames: [www.shop.example] }, ${HTTP} }]`,
      'www.shop.example',
      'http01',
    ],
    [
      'labels, which are not looked at',
      `[{ selector: { matchLabels: { use: http } }, ${HTTP} }]`,
      'www.shop.example',
      undefined,
    ],
    ['no solver', '[]', 'www.shop.example', undefined],
  ])('%s', (_what, solvers, host, expected) => {
    expect(challengeFor(issuer(solvers), host)).toBe(expected);
  });
});

describe('the issuer that an Ingress names', () => {
  it.each([
    ['cert-manager.io/cluster-issuer: le', { kind: 'ClusterIssuer', name: 'le' }],
    ['cert-manager.io/issuer: le', { kind: 'Issuer', name: 'le' }],
    ['{ cert-manager.io/issuer: le, cert-manager.io/issuer-kind: AWSPCAIssuer }', { kind: 'AWSPCAIssuer', name: 'le' }],
    ['other: le', undefined],
  ])('%s', (annotations, expected) => {
    const block = annotations.startsWith('{') ? annotations : `{ ${annotations} }`;
    const ingress = object(`
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, annotations: ${block} }
`);
    expect(issuerOf(ingress)).toEqual(expected);
  });
});
