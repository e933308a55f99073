interface Versioned {
  readonly version: string | undefined;
}

/**
 * Pairs what two sides state by name: equal versions first, so that of several under one name only those that moved
 * are left to pair in order.
 */
export function pairVersions<T extends Versioned>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (item: T) => string,
): [T | undefined, T | undefined][] {
  const left = new Map<string, T[]>();
  for (const old of before) left.set(nameOf(old), [...(left.get(nameOf(old)) ?? []), old]);
  const take = (item: T, matches: (old: T) => boolean): T | undefined => {
    const candidates = left.get(nameOf(item)) ?? [];
    const index = candidates.findIndex(matches);
    return index < 0 ? undefined : candidates.splice(index, 1)[0];
  };
  const exact = after.map(now => ({ now, old: take(now, old => old.version === now.version) }));
  const pairs = exact.map(({ now, old }): [T | undefined, T] => [old ?? take(now, () => true), now]);
  return [...pairs, ...[...left.values()].flat().map((old): [T, undefined] => [old, undefined])];
}
