import { describe, expect, it } from 'vitest';
import { facts } from '../support/changes.ts';

const config = (name: string, namespace = 'shop', theme = 'dark') => `
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }
data: { THEME: ${theme} }
`;

const claim = (name: string) => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name} }
spec: { accessModes: [ReadWriteOnce] }
`;

const service = (name: string) => `
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: ${name} }
`;

describe('D05 an object that goes under one name and comes under another', () => {
  it.each([
    [
      'another name, also in its labels',
      config('settings'),
      config('options'),
      ['object moved ConfigMap: settings -> options'],
    ],
    [
      'another namespace',
      config('settings'),
      config('settings', 'shop-prod'),
      ['object moved ConfigMap settings: namespace: shop -> shop-prod'],
    ],
    [
      'other content as well',
      config('settings'),
      config('options', 'shop', 'light'),
      ['object added ConfigMap options', 'object removed ConfigMap settings'],
    ],
    [
      'two of one content, one of which stays away',
      `${config('a')}---${config('b')}`,
      config('c'),
      ['object moved ConfigMap: a -> c', 'object removed ConfigMap b'],
    ],
    [
      'data does not come along',
      claim('data'),
      claim('files'),
      [
        'object added PersistentVolumeClaim files',
        'state removed PersistentVolumeClaim data: the data of the volume goes with it, unless its reclaim policy retains it',
      ],
    ],
    [
      'an API of the cluster',
      service('v1.metrics'),
      service('v1.other'),
      ['object added APIService v1.other', 'object removed APIService v1.metrics'],
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(facts(before, after)).toEqual(expected);
  });
});
