import { describe, expect, it } from 'vitest';
import { facts } from '../support/changes.ts';

const ingress = (name: string, ...hosts: string[]) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name} }
spec:
  rules:
${hosts.map(host => `    - { host: ${host}, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web } } }] } }`).join('\n')}
`;

const certificate = (...hosts: string[]) => `
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web }
spec: { secretName: web-tls, dnsNames: [${hosts.join(', ')}] }
`;

describe('hostnames of a unit', () => {
  it('are new where no object served them', () => {
    expect(facts(ingress('web', 'a.shop.example'), ingress('web', 'a.shop.example', 'b.shop.example'))).toEqual([
      'hostname added b.shop.example: - -> b.shop.example',
    ]);
  });

  it('are gone where no object serves them', () => {
    expect(facts(ingress('web', 'a.shop.example', 'b.shop.example'), ingress('web', 'a.shop.example'))).toEqual([
      'hostname removed b.shop.example: b.shop.example -> -',
    ]);
  });

  it('that change are one gone and one new', () => {
    expect(facts(ingress('web', 'a.shop.example'), ingress('web', 'b.shop.example'))).toEqual([
      'hostname added b.shop.example: - -> b.shop.example',
      'hostname removed a.shop.example: a.shop.example -> -',
    ]);
  });

  it('that move from one object to another are neither', () => {
    const before = `${ingress('one', 'a.shop.example', 'b.shop.example')}---${ingress('two', 'c.shop.example')}`;
    const after = `${ingress('one', 'a.shop.example')}---${ingress('two', 'c.shop.example', 'b.shop.example')}`;
    expect(facts(before, after)).toEqual([
      'object modified Ingress one: spec.rules[host=b.shop.example] removed',
      'object modified Ingress two: spec.rules[host=b.shop.example] added',
    ]);
  });

  it('are known where a certificate had them, and gone although it keeps them', () => {
    const before = ingress('web', 'a.shop.example') + certificate('a.shop.example', 'b.shop.example');
    const after = ingress('web', 'a.shop.example', 'b.shop.example') + certificate('a.shop.example', 'b.shop.example');
    expect(facts(before, after)).toEqual(['object modified Ingress web: spec.rules[host=b.shop.example] added']);
    expect(facts(after, before)).toEqual(['hostname removed b.shop.example: b.shop.example -> -']);
  });

  it('do not hide what else changes in the object', () => {
    const after = ingress('web', 'a.shop.example', 'b.shop.example').replace('path: /,', 'path: /shop,');
    expect(facts(ingress('web', 'a.shop.example'), after)).toEqual([
      'object modified Ingress web: spec.rules[host=a.shop.example].http.paths[0].path: / -> /shop',
      'hostname added b.shop.example: - -> b.shop.example',
    ]);
  });
});
