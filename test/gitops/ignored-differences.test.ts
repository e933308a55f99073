import { describe, expect, it } from 'vitest';
import { handlingOf } from '../../src/gitops/ignored-differences.ts';
import { object } from '../support/objects.ts';

const WEB = object('{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: shop } }');
const RESPECT = '[RespectIgnoreDifferences=true]';

const handling = (ignored: string, options = '[]') =>
  handlingOf(
    object(`
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop }
spec: { ignoreDifferences: ${ignored}, syncPolicy: { syncOptions: ${options} } }
`).root,
    WEB,
    '/spec/replicas',
  );

describe('a field that Argo CD may ignore', () => {
  it.each([
    ['[]', RESPECT, 'compared'],
    ['[{ group: apps, kind: Deployment, jsonPointers: [/spec/replicas] }]', '[]', 'written'],
    ['[{ group: apps, kind: Deployment, jsonPointers: [/spec/replicas] }]', RESPECT, 'left'],
    ['[{ group: "*", kind: "*", jqPathExpressions: [.spec.replicas] }]', RESPECT, 'left'],
    [
      '[{ group: apps, kind: Deployment, name: web, namespace: shop, jsonPointers: [/spec/replicas] }]',
      RESPECT,
      'left',
    ],
    ['[{ group: apps, kind: Deployment, name: api, jsonPointers: [/spec/replicas] }]', RESPECT, 'compared'],
    ['[{ group: apps, kind: Deployment, namespace: other, jsonPointers: [/spec/replicas] }]', RESPECT, 'compared'],
    ['[{ kind: Deployment, jsonPointers: [/spec/replicas] }]', RESPECT, 'compared'],
    ['[{ group: apps, kind: Deployment, jsonPointers: [/spec/template] }]', RESPECT, 'compared'],
  ])('%s with %s is %s', (ignored, options, expected) => {
    expect(handling(ignored, options)).toBe(expected);
  });

  it('is compared where no manifest is known', () => {
    expect(handlingOf(undefined, WEB, '/spec/replicas')).toBe('compared');
  });
});
