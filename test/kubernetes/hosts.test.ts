import { describe, expect, it } from 'vitest';
import { externalDnsIgnores, externalDnsNames, hostnames, normalise } from '../../src/kubernetes/hosts.ts';
import { at } from '../../src/yaml/node.ts';
import { object } from '../support/objects.ts';
import * as fc from '../support/properties.ts';

describe('hostnames', () => {
  it.each([
    [
      'networking.k8s.io/v1',
      'Ingress',
      'spec: { rules: [{ host: www.shop.example }, { http: {} }], tls: [{ hosts: [www.shop.example, api.shop.example] }] }',
      ['www.shop.example', 'www.shop.example', 'api.shop.example'],
    ],
    [
      'gateway.networking.k8s.io/v1',
      'HTTPRoute',
      'spec: { hostnames: [a.example, b.example] }',
      ['a.example', 'b.example'],
    ],
    ['gateway.networking.k8s.io/v1', 'GRPCRoute', 'spec: { hostnames: [a.example] }', ['a.example']],
    ['gateway.networking.k8s.io/v1alpha2', 'TLSRoute', 'spec: { hostnames: [a.example] }', ['a.example']],
    [
      'gateway.networking.k8s.io/v1',
      'Gateway',
      'spec: { listeners: [{ name: web, hostname: "*.shop.example" }, { name: any }] }',
      ['*.shop.example'],
    ],
    [
      'traefik.io/v1alpha1',
      'IngressRoute',
      'spec: { routes: [{ match: "Host(`a.example`) && PathPrefix(`/x`) || Host(`b.example`, `c.example`)" }] }',
      ['a.example', 'b.example', 'c.example'],
    ],
    [
      'traefik.containo.us/v1alpha1',
      'IngressRouteTCP',
      'spec: { routes: [{ match: "HostSNI(`db.example`)" }, { match: "HostSNI(`*`)" }] }',
      ['db.example'],
    ],
    [
      'traefik.io/v1alpha1',
      'IngressRoute',
      'spec: { routes: [{ match: "HostRegexp(`.+\\\\.shop\\\\.example`)" }] }',
      [],
    ],
    ['projectcontour.io/v1', 'HTTPProxy', 'spec: { virtualhost: { fqdn: www.shop.example } }', ['www.shop.example']],
    ['route.openshift.io/v1', 'Route', 'spec: { host: www.shop.example }', ['www.shop.example']],
    [
      'networking.istio.io/v1',
      'VirtualService',
      'spec: { hosts: [reviews, reviews.shop.svc.cluster.local, www.shop.example, "*"] }',
      ['www.shop.example'],
    ],
    [
      'networking.istio.io/v1',
      'Gateway',
      'spec: { servers: [{ hosts: [shop/www.shop.example, ./api.shop.example, "*/b.example"] }] }',
      ['www.shop.example', 'api.shop.example', 'b.example'],
    ],
    [
      'cert-manager.io/v1',
      'Certificate',
      'spec: { dnsNames: [shop.example, web.shop.svc], commonName: shop.example }',
      ['shop.example', 'shop.example'],
    ],
    ['apps/v1', 'Deployment', 'spec: { rules: [{ host: www.shop.example }] }', []],
  ])('of %s %s', (apiVersion, kind, body, expected) => {
    const found = hostnames(object(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: web }, ${body} }`));
    expect(found.map(({ host }) => host)).toEqual(expected);
  });

  it('of a DomainMapping is its name', () => {
    const mapping = object(
      '{ apiVersion: serving.knative.dev/v1, kind: DomainMapping, metadata: { name: a.example } }',
    );
    expect(hostnames(mapping)).toEqual([{ host: 'a.example', path: ['metadata', 'name'], wildcard: undefined }]);
  });

  it('includes aliases of ingress-nginx, but no patterns', () => {
    const ingress = object(`
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata:
        name: web
        annotations: { nginx.ingress.kubernetes.io/server-alias: 'shop.example, ~^www\\..+\\.example$' }
      spec: {}`);
    expect(hostnames(ingress).map(({ host }) => host)).toEqual(['shop.example']);
  });

  it.each([
    ['networking.k8s.io/v1', 'Ingress', 'spec: { rules: [{ host: "*.shop.example" }] }', 'one-label'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'spec: { hostnames: ["*.shop.example"] }', 'any-depth'],
    ['cert-manager.io/v1', 'Certificate', 'spec: { dnsNames: ["*.shop.example"] }', 'one-label'],
  ])('%s %s: how deep a wildcard reaches', (apiVersion, kind, body, wildcard) => {
    const [found] = hostnames(object(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: web }, ${body} }`));
    expect(found).toMatchObject({ host: '*.shop.example', wildcard });
  });

  it('points to the text', () => {
    const ingress = object(`
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: { name: web }
      spec: { rules: [{ host: WWW.Shop.Example }], tls: [{ hosts: [a.example, WWW.Shop.Example] }] }`);
    const values = hostnames(ingress).map(({ path }) => at(ingress.root, ...path));
    expect(values).toMatchObject([
      { value: 'WWW.Shop.Example' },
      { value: 'a.example' },
      { value: 'WWW.Shop.Example' },
    ]);
  });

  it('leaves patterns out, since nobody can list what they serve', () => {
    const route = object(
      '{ apiVersion: traefik.io/v1alpha1, kind: IngressRoute, metadata: { name: web }, spec: { routes: [{ match: "HostRegexp(`a.+`)" }] } }',
    );
    expect(hostnames(route)).toEqual([]);
  });
});

describe('external-dns annotations', () => {
  function annotated(annotations: string) {
    return object(`{ apiVersion: v1, kind: Service, metadata: { name: web, annotations: { ${annotations} } } }`);
  }

  it.each([
    ['external-dns.alpha.kubernetes.io/hostname: "a.example, b.example."', ['a.example', 'b.example']],
    ['external-dns.kubernetes.io/hostname: a.example', ['a.example']],
    ['external-dns.alpha.kubernetes.io/internal-hostname: a.example', ['a.example']],
    ['example.com/hostname: a.example', []],
  ])('%s', (annotations, expected) => {
    expect(externalDnsNames(annotated(annotations)).map(({ host }) => host)).toEqual(expected);
  });

  it.each([
    ['external-dns.alpha.kubernetes.io/controller: none', true],
    ['external-dns.kubernetes.io/controller: dns-controller', false],
    ['external-dns.kubernetes.io/ttl: "60"', false],
  ])('%s keeps it away: %s', (annotations, ignored) => {
    expect(externalDnsIgnores(annotated(annotations))).toBe(ignored);
  });
});

describe('normalise', () => {
  it.each([
    ['WWW.Shop.Example.', 'www.shop.example'],
    ['müller.example', 'xn--mller-kva.example'],
    ['*.müller.example', '*.xn--mller-kva.example'],
    ['xn--mller-kva.example', 'xn--mller-kva.example'],
    ['a--b.example', 'a--b.example'],
  ])('%s is %s', (name, expected) => {
    expect(normalise(name)).toBe(expected);
  });

  it.each([
    '',
    '*',
    'web',
    'localhost',
    'web.shop.svc',
    'web.shop.svc.cluster.local',
    'web.shop.svc.k8s.internal',
    'printer.local',
    '10.0.0.1',
    'a_b.example',
    '-a.example',
    'a..example',
    'www.*.example',
    '**.example',
    'a.example:443',
    'https://a.example',
    '{{ .Values.host }}',
    '$(HOST).example',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(130)}example`,
  ])('%j is no public hostname', name => {
    expect(normalise(name)).toBeUndefined();
  });

  it('answers for any text, and the same again for its answer', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.domain()), text => {
        const once = normalise(text);
        if (once !== undefined) expect(normalise(once)).toBe(once);
      }),
    );
  });
});
