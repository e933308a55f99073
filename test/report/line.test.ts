import { describe, expect, test } from 'vitest';
import { COLOURLESS, count, type Line, lengthOf, list, painted, print, wrap } from '../../src/report/line.ts';
import * as fc from '../support/properties.ts';

function shown(lines: readonly Line[]): string[] {
  return print(lines, COLOURLESS).split('\n').slice(0, -1);
}

describe('breaking lines', () => {
  test.each<[string, number, number, string[]]>([
    ['one two three', 80, 2, ['one two three']],
    ['one two three', 8, 2, ['one two', '  three']],
    ['  one two three', 9, 4, ['  one two', '    three']],
    ['a-path/that/is/longer/than/the/line x', 10, 2, ['a-path/that/is/longer/than/the/line', '  x']],
    ['label  a b c', 9, 7, ['label  a', '       b', '       c']],
    ['', 10, 2, ['']],
  ])('%j in %d columns', (text, width, hang, lines) => {
    expect(shown(wrap([text], width, hang))).toEqual(lines);
  });

  test('loses no word and only a single word is wider than the width', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 12 });
    const piece = fc.array(word).map(words => words.join(' '));
    fc.assert(
      fc.property(fc.array(piece), fc.integer({ min: 10, max: 60 }), fc.nat(8), (pieces, width, hang) => {
        const line = pieces.map((text, i) => (i % 2 === 0 ? text : painted('dim', text)));
        const lines = wrap(line, width, hang);
        expect(shown(lines).join(' ').split(/ +/).join('')).toBe(pieces.join('').split(/ +/).join(''));
        for (const one of lines) if (lengthOf(one) > width) expect(shown([one])[0]?.trim()).not.toContain(' ');
      }),
    );
  });
});

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b', 'c'], 'a, b, c'],
  [['a', 'b', 'c', 'd'], 'a, b and 2 more'],
])('a list of %j', (names, text) => {
  expect(list(names, 3)).toBe(text);
});

test('numbers with their noun', () => {
  expect([count(0, 'error'), count(1, 'error'), count(2, 'error')]).toEqual(['0 errors', '1 error', '2 errors']);
});
