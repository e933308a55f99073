import { expect, it } from 'vitest';
import { affixes, hasHash, isHash } from '../../src/kubernetes/affixes.ts';

it.each([
  ['web', 'prod-web', { prefix: 'prod-', suffix: '' }],
  ['web', 'web-v2', { prefix: '', suffix: '-v2' }],
  ['web', 'prod-web-v2', { prefix: 'prod-', suffix: '-v2' }],
  ['web', 'web', undefined],
  ['web', 'site', undefined],
  ['', 'site', undefined],
])('what stands around %s in %s', (name, longer, expected) => {
  expect(affixes(name, longer)).toEqual(expected);
});

it.each([
  ['settings-2kgttbd7t6', true],
  ['settings-abcdefghij', false],
  ['settings-2kgttbd7t', false],
  ['settings', false],
])('%s has the hash of kustomize: %s', (name, expected) => {
  expect(hasHash(name)).toBe(expected);
});

it('takes a suffix for a hash only where it is nothing else', () => {
  expect([isHash('-2kgttbd7t6'), isHash('-v2-2kgttbd7t6')]).toEqual([true, false]);
});
