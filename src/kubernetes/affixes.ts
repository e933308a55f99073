/** What a build has put before and behind a name. */
export interface Affixes {
  readonly prefix: string;
  readonly suffix: string;
}

/** What stands around the name in the longer one; undefined where it is no part of it, or all of it. */
export function affixes(name: string, longer: string): Affixes | undefined {
  const place = longer.indexOf(name);
  if (name === '' || place < 0 || longer.length === name.length) return undefined;
  return { prefix: longer.slice(0, place), suffix: longer.slice(place + name.length) };
}

/** The digest that kustomize puts behind the names of what it generates (api/hasher/hasher.go). */
const HASH = /-[2456789bcdfghkmt]{10}$/;

export function hasHash(name: string): boolean {
  return HASH.test(name);
}

/** The name without the digest; the name itself where it has none. */
export function withoutHash(name: string): string {
  return name.replace(HASH, '');
}

/** Two names of one generated ConfigMap or Secret: they differ in the digest alone. */
export function isHashMove(before: string, after: string): boolean {
  return before !== after && hasHash(before) && hasHash(after) && withoutHash(before) === withoutHash(after);
}

export function isHash(suffix: string): boolean {
  return suffix.length === 11 && HASH.test(suffix);
}
