import { describe, expect, it } from 'vitest';
import { compareQuantities, parseIntOrPercent, parseQuantity, scaled } from '../../src/kubernetes/quantity.ts';
import * as fc from '../support/properties.ts';

describe('parseQuantity', () => {
  it.each([
    ['1', 1_000_000_000n],
    [2, 2_000_000_000n],
    ['500m', 500_000_000n],
    ['0.5', 500_000_000n],
    [0.5, 500_000_000n],
    ['.5', 500_000_000n],
    ['1.', 1_000_000_000n],
    ['-1', -1_000_000_000n],
    ['1k', 10n ** 12n],
    ['1Ki', 1024n * 10n ** 9n],
    ['1.5Gi', 1610612736n * 10n ** 9n],
    ['8E', 8n * 10n ** 27n],
    ['1e3', 10n ** 12n],
    ['1E3', 10n ** 12n],
    ['100e-2', 10n ** 9n],
    ['1n', 1n],
    ['0.1n', 1n],
    ['100u', 100_000n],
  ])('%s', (text, billionths) => {
    expect(parseQuantity(text)).toBe(billionths);
  });

  it.each(['', 'Gi', '1GB', '1 Gi', '1gi', '1K', 'one', '1e', '0x10', '1e999999999', '9'.repeat(101), true, null])(
    'refuses %j',
    value => {
      expect(parseQuantity(value)).toBeUndefined();
    },
  );

  it('compares what is written in different units', () => {
    expect(compareQuantities('1000m', 1)).toBe(0);
    expect(compareQuantities('1G', '1Gi')).toBe(-1);
    expect(compareQuantities('1Ti', '1023Gi')).toBe(1);
    expect(compareQuantities('1Ti', 'much')).toBeUndefined();
  });

  it('orders whole numbers as numbers, whatever their unit', () => {
    const units: [string, bigint][] = [
      ['', 1n],
      ['k', 1000n],
      ['Ki', 1024n],
      ['Gi', 1024n ** 3n],
    ];
    const amounts = fc.tuple(fc.nat(), fc.constantFrom(...units));
    fc.assert(
      fc.property(amounts, amounts, ([a, [unitA, sizeA]], [b, [unitB, sizeB]]) => {
        const difference = BigInt(a) * sizeA - BigInt(b) * sizeB;
        expect(compareQuantities(`${a}${unitA}`, `${b}${unitB}`)).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
      }),
    );
  });
});

describe('parseIntOrPercent', () => {
  it.each([
    [0, { unit: 'pods', value: 0 }],
    [3, { unit: 'pods', value: 3 }],
    ['25%', { unit: 'percent', value: 25 }],
    ['200%', { unit: 'percent', value: 200 }],
  ])('%j', (value, expected) => {
    expect(parseIntOrPercent(value)).toEqual(expected);
  });

  it.each(['1', '-1', -1, 1.5, '25', '25.5%', '%', ' 25%', '', true])('refuses %j', value => {
    expect(parseIntOrPercent(value)).toBeUndefined();
  });

  it('rounds as it is told', () => {
    expect(scaled({ unit: 'percent', value: 25 }, 10, 'up')).toBe(3);
    expect(scaled({ unit: 'percent', value: 25 }, 10, 'down')).toBe(2);
    expect(scaled({ unit: 'percent', value: 29 }, 100, 'up')).toBe(29);
  });
});
