import { describe, expect, it } from 'vitest';
import { externalDnsChartOf, externalDnsOf, lostHolds, valuesOf } from '../../src/kubernetes/external-dns.ts';
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

describe('external-dns by its chart in an Application', () => {
  const chart = (version: string, helm: string, repository = 'https://kubernetes-sigs.github.io/external-dns') =>
    externalDnsChartOf(
      object(`
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: external-dns }
spec: { source: { repoURL: "${repository}", chart: external-dns, targetRevision: "${version}", helm: ${helm} } }
`),
    );

  it('reads values as flags, and more flags from extraArgs', () => {
    const helm = '{ valuesObject: { policy: sync, txtOwnerId: a, extraArgs: ["--migrate-from-txt-owner=b"] } }';
    const flags = chart('1.21.1', helm)?.flags.map(({ name, value }) => `${name} ${value}`);
    expect(flags).toEqual(['policy sync', 'txt-owner-id a', 'migrate-from-txt-owner b']);
  });

  it.each([
    ['1.21.1', 21],
    ['1.15.0', 15],
    // Until then the chart and the program had numbers of their own.
    ['1.14.5', undefined],
    ['1.*', undefined],
  ])('knows the release of chart %s', (version, minor) => {
    expect(chart(version, '{ valuesObject: {} }')?.minor).toBe(minor);
  });

  it.each([
    ['values in a text', '{ values: "policy: sync" }', undefined],
    ['values in a file', '{ valueFiles: [a.yaml], valuesObject: {} }', undefined],
    ['another chart of the name', '{}', 'https://charts.bitnami.com/bitnami'],
  ])('does not read %s', (_what, helm, repository) => {
    expect(chart('1.21.1', helm, repository)).toBeUndefined();
  });

  it('loses hold of annotations where the chart crosses a release', () => {
    const [before, after] = [chart('1.21.1', '{}'), chart('1.22.0', '{}')];
    const lost = before && after && lostHolds(before, after).map(({ what, path }) => `${what} ${path.join('.')}`);
    expect(lost).toEqual(['annotations spec.source.targetRevision']);
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
