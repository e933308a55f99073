import { describe, expect, it } from 'vitest';
import { externalDnsOf, lostHolds, valuesOf } from '../../src/kubernetes/external-dns.ts';
import { object } from '../support/objects.ts';

const runs = (args: string, image = 'registry.k8s.io/external-dns/external-dns:v0.18.0') => {
  const found = externalDnsOf(
    object(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: external-dns }
spec: { template: { spec: { containers: [{ name: external-dns, image: "${image}", args: ${args} }] } } }
`),
  );
  if (found === undefined) throw new Error('no external-dns');
  return found;
};

describe('external-dns by the arguments of its container', () => {
  it('reads flags with and without an equals sign, repeated and with commas', () => {
    const found = runs('[--source=ingress, --source, service, "--domain-filter=a.example,b.example", --once]');
    expect(valuesOf(found, 'source')).toEqual(['ingress', 'service']);
    expect(valuesOf(found, 'domain-filter')).toEqual(['a.example', 'b.example']);
    expect(found.flags.map(({ name }) => name)).toContain('once');
  });

  it.each([
    ['registry.k8s.io/external-dns/external-dns:v0.22.0', 22],
    ['bitnami/external-dns:0.14.2-debian-12-r3', 14],
    ['registry.k8s.io/external-dns/external-dns:latest', undefined],
    ['registry.k8s.io/external-dns/external-dns:v1.0.0', undefined],
  ])('knows the release of %s', (image, minor) => {
    expect(runs('[]', image).minor).toBe(minor);
  });

  it('does not take another program for it', () => {
    expect(
      externalDnsOf(
        object('{ apiVersion: v1, kind: Pod, metadata: { name: a }, spec: { containers: [{ image: dns:1 }] } }'),
      ),
    ).toBeUndefined();
  });
});

describe('what makes external-dns lose hold', () => {
  const [V21, V22] = ['v0.21.0', 'v0.22.0'].map(tag => `registry.k8s.io/external-dns/external-dns:${tag}`);

  it.each([
    ['the same', runs('[--txt-owner-id=a]'), runs('[--txt-owner-id, a]'), []],
    ['an owner where there was the default', runs('[]'), runs('[--txt-owner-id=a]'), ['--txt-owner-id default a']],
    ['the default written out', runs('[]'), runs('[--txt-owner-id=default, --registry=txt]'), []],
    [
      'an owner that takes over',
      runs('[--txt-owner-id=a]'),
      runs('[--txt-owner-id=b, --migrate-from-txt-owner=a]'),
      [],
    ],
    ['a suffix', runs('[]'), runs('[--txt-suffix=-x]'), ['--txt-suffix  -x']],
    ['another registry', runs('[]'), runs('[--registry=noop]'), ['--registry txt noop']],
    ['a value that is filled in', runs('[--txt-owner-id=a]'), runs('["--txt-owner-id=$(CLUSTER)"]'), []],
    [
      'the release with another prefix',
      runs('[]', V21),
      runs('[]', V22),
      ['the prefix of annotations external-dns.alpha.kubernetes.io/ external-dns.kubernetes.io/'],
    ],
    [
      'the same prefix, written out',
      runs('[]', V21),
      runs('[--annotation-prefix=external-dns.alpha.kubernetes.io/]', V22),
      [],
    ],
    ['a release that is not known', runs('[]', V21), runs('[]', 'external-dns:latest'), []],
  ])('%s', (_what, before, after, expected) => {
    expect(lostHolds(before, after).map(({ setting, from, to }) => `${setting} ${from} ${to}`)).toEqual(expected);
  });
});
