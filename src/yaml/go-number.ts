const MAX_UINT64 = 2n ** 64n - 1n;
const MIN_INT64 = -(2n ** 63n);

/**
 * A number as Go writes it that has been through JSON: whole ones that an integer can hold as they are, others as
 * `strconv.FormatFloat(value, 'g', -1, 64)` does.
 */
export function goNumber(value: number): string {
  if (Number.isSafeInteger(value) || isInteger(value)) return String(value);
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** By the digits that JSON has for it, which are the fewest that tell it from its neighbours. */
function isInteger(value: number): boolean {
  if (!Number.isInteger(value) || Math.abs(value) >= 1e21) return false;
  const integer = BigInt(String(value));
  return integer >= MIN_INT64 && integer <= MAX_UINT64;
}
