import { describe, expect, it } from 'vitest';
import { changedConfigs, keysRead } from '../../src/rule/changed-config.ts';
import { object } from '../support/objects.ts';
import { unit } from '../support/results.ts';

function changed(before: string, after: string) {
  const change = { kind: 'modified', before: object(before), after: object(after), fields: [] } as const;
  const of = unit('shop', 'site', 'production');
  return changedConfigs({ unit: of, before: undefined, after: undefined, changes: [change], facts: [] });
}

function configMap(rest: string, kind = 'ConfigMap') {
  return `{ apiVersion: v1, kind: ${kind}, metadata: { name: env, namespace: shop }, ${rest} }`;
}

function sealed(rest: string) {
  return `{ apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: { name: env, namespace: shop }, spec: { ${rest} } }`;
}

describe('the keys of a changed ConfigMap or Secret', () => {
  it.each([
    ['data: { a: x, b: y }', 'data: { a: x, b: z }', ['b']],
    ['data: { a: x }', 'data: { a: x, b: y }', ['b']],
    ['data: { b: y, a: x }', 'data: {}', ['a', 'b']],
    ['binaryData: { a: eA== }', 'binaryData: { a: eQ== }', ['a']],
  ])('from %s to %s are %j', (before, after, keys) => {
    expect(changed(configMap(before), configMap(after))).toMatchObject([{ keys, certain: true }]);
  });

  it('are those of a Secret as well', () => {
    const [before, after] = [configMap('stringData: { a: x }', 'Secret'), configMap('stringData: { a: y }', 'Secret')];
    expect(changed(before, after)).toMatchObject([{ keys: ['a'], config: { id: { kind: 'Secret' } } }]);
  });

  it('are none where only metadata changes, or the order', () => {
    expect(changed(configMap('data: { a: x, b: y }'), configMap('data: { b: y, a: x }, immutable: false'))).toEqual([]);
  });
});

describe('a SealedSecret', () => {
  it('changes the Secret that is made from it, as far as can be told', () => {
    expect(changed(sealed('encryptedData: { a: Ag1 }'), sealed('encryptedData: { a: Ag2 }'))).toMatchObject([
      { config: { id: { group: '', kind: 'Secret', namespace: 'shop', name: 'env' } }, keys: ['a'], certain: false },
    ]);
  });

  it('names the Secret in its template', () => {
    const template = 'template: { metadata: { name: other } }';
    const [before, after] = [`encryptedData: { a: Ag1 }, ${template}`, `encryptedData: { a: Ag2 }, ${template}`];
    expect(changed(sealed(before), sealed(after))).toMatchObject([{ config: { id: { name: 'other' } } }]);
  });
});

describe('what a reference reads of the change', () => {
  const [change] = changed(configMap('data: { a: x, b: y }'), configMap('data: { a: y, b: z }'));
  const reference = { kind: 'ConfigMap', name: 'env', how: 'env', keys: undefined, optional: false, path: [] } as const;

  it.each([
    [{}, ['a', 'b']],
    [{ keys: ['b', 'c'] }, ['b']],
    [{ name: 'other' }, []],
    [{ kind: 'Secret' as const }, []],
  ])('with %j is %j', (other, keys) => {
    expect(change && keysRead({ ...reference, ...other }, change)).toEqual(keys);
  });
});
