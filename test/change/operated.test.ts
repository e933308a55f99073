import { expect, it } from 'vitest';
import { facts } from '../support/changes.ts';

const object = (apiVersion: string, kind: string, spec: string) =>
  `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: shop, namespace: shop}, spec: ${spec}}`;

it.each([
  [
    'grafana.integreatly.org/v1beta1',
    'Grafana',
    '{version: 12.4.6}',
    '{version: 13.1.1}',
    ['component major Grafana shop: 12.4.6 -> 13.1.1'],
  ],
  [
    'monitoring.coreos.com/v1',
    'Prometheus',
    '{version: v3.4.0}',
    '{version: v3.5.0}',
    ['component minor Prometheus shop: v3.4.0 -> v3.5.0'],
  ],
  [
    'operators.coreos.com/v1alpha1',
    'Subscription',
    '{startingCSV: metallb-operator.v4.20.1, channel: stable}',
    '{startingCSV: metallb-operator.v4.21.0, channel: stable}',
    ['component minor Subscription shop: metallb-operator.v4.20.1 -> metallb-operator.v4.21.0'],
  ],
  [
    'operators.coreos.com/v1alpha1',
    'Subscription',
    '{channel: stable-4.20}',
    '{channel: stable-4.21}',
    ['component unknown Subscription shop: channel: stable-4.20 -> stable-4.21'],
  ],
  [
    'example.com/v1',
    'Grafana',
    '{version: 1.0.0}',
    '{version: 2.0.0}',
    ['object modified Grafana shop: spec.version: 1.0.0 -> 2.0.0'],
  ],
])('what an operator runs: %s %s', (apiVersion, kind, before, after, expected) => {
  expect(facts(object(apiVersion, kind, before), object(apiVersion, kind, after))).toEqual(expected);
});
