import { describe, expect, it } from 'vitest';
import { nearestOf } from '../../src/config/nearest.ts';

describe('nearestOf', () => {
  it.each([
    ['a letter more', 'imagess', ['images', 'names'], 'images'],
    ['a letter less', 'prd', ['dev', 'prod'], 'prod'],
    ['two letters that changed places', 'prdo', ['dev', 'prod'], 'prod'],
    ['large letters for small ones', 'Presync', ['PostSync', 'PreSync'], 'PreSync'],
    [
      'three slips in a long word',
      'terminationGracePeriodsSecond',
      ['terminationGracePeriodSeconds'],
      'terminationGracePeriodSeconds',
    ],
    ['the nearer of two', 'newTagg', ['newName', 'newTag'], 'newTag'],
  ])('proposes for %s', (_what, word, known, meant) => {
    expect(nearestOf(word, known)).toBe(meant);
  });

  it.each([
    ['two of three letters differ', 'foo', ['hook']],
    ['every letter differs', 'a', ['b', 'c']],
    ['one is longer by far', 'env', ['environments']],
    ['nothing is known', 'images', []],
  ])('proposes nothing where %s', (_what, word, known) => {
    expect(nearestOf(word, known)).toBeUndefined();
  });
});
