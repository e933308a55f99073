import { describe, expect, test } from 'vitest';
import { shortened } from '../../src/change/shortened.ts';
import * as fc from '../support/properties.ts';

describe('long values', () => {
  test.each([
    ['short values stay', ['a', 'b'], ['a', 'b']],
    ['hashes are cut', ['a'.repeat(40), `b${'c'.repeat(39)}`], ['aaaaaaaaaaaa', 'bccccccccccc']],
    ['a digest', [`x@sha256:${'1'.repeat(64)}`, undefined], ['x@sha256:111111111111', undefined]],
    [
      'one that stands alone keeps both ends',
      [undefined, `Secret ${'shop-'.repeat(12)}db: password`],
      [undefined, 'Secret shop-shop-shop-shop-sh...-shop-shop-shop-db: password'],
    ],
    [
      'hashes that begin alike stay whole',
      [`${'a'.repeat(39)}b`, `${'a'.repeat(39)}c`],
      [`${'a'.repeat(39)}b`, `${'a'.repeat(39)}c`],
    ],
  ])('%s', (_name, [from, to], expected) => {
    expect(shortened(from, to)).toEqual(expected);
  });

  test('values that differ still differ when cut', () => {
    const value = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 200 });
    fc.assert(
      fc.property(value, value, (from, to) => {
        const [a, b] = shortened(from, to);
        expect(a === b).toBe(from === to);
      }),
    );
  });
});
