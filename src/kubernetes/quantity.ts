import type { Scalar } from '../yaml/node.ts';

const QUANTITY = /^([+-]?)(\d*)(?:\.(\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?\d+)?$/;

const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

const DECIMAL: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);

/** Beyond this many digits a text is no amount of anything, and powers of ten would cost time. */
const LARGEST_EXPONENT = 100;

/**
 * A quantity such as `500m`, `1.5Gi` or `1e3` in billionths, the smallest that the API server keeps: smaller ones round
 * up. Undefined for what it would refuse (apimachinery, pkg/api/resource/quantity.go).
 */
export function parseQuantity(value: Scalar | undefined): bigint | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  const match = QUANTITY.exec(String(value));
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', suffix = ''] = match;
  if (whole + fraction === '' || whole.length + fraction.length > LARGEST_EXPONENT) return undefined;

  const binary = BINARY.indexOf(suffix) + 1;
  const exponent = binary > 0 ? 0 : (DECIMAL.get(suffix) ?? Number(suffix.slice(1)));
  if (Math.abs(exponent) > LARGEST_EXPONENT) return undefined;
  const digits = BigInt(whole + fraction) * 1024n ** BigInt(binary);
  const shift = exponent + 9 - fraction.length;
  const billionths = shift >= 0 ? digits * 10n ** BigInt(shift) : divideUp(digits, 10n ** BigInt(-shift));
  return sign === '-' ? -billionths : billionths;
}

/** Negative where `a` is less; undefined where one is no quantity. */
export function compareQuantities(a: Scalar | undefined, b: Scalar | undefined): number | undefined {
  const [x, y] = [parseQuantity(a), parseQuantity(b)];
  if (x === undefined || y === undefined) return undefined;
  return x < y ? -1 : x > y ? 1 : 0;
}

/** A count of pods or a share of them. */
export type IntOrPercent =
  | { readonly unit: 'pods'; readonly value: number }
  | { readonly unit: 'percent'; readonly value: number };

/** Undefined for what the API server refuses: a quoted `"1"` without `%`, a fraction, a negative number. */
export function parseIntOrPercent(value: Scalar | undefined): IntOrPercent | undefined {
  if (typeof value === 'number') {
    return Number.isInteger(value) && value >= 0 ? { unit: 'pods', value } : undefined;
  }
  return typeof value === 'string' && /^\d{1,9}%$/.test(value)
    ? { unit: 'percent', value: Number(value.slice(0, -1)) }
    : undefined;
}

/** The number of pods that the share is of `total`. */
export function scaled(amount: IntOrPercent, total: number, rounding: 'up' | 'down'): number {
  if (amount.unit === 'pods') return amount.value;
  const exact = (amount.value * total) / 100;
  return rounding === 'up' ? Math.ceil(exact) : Math.floor(exact);
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
