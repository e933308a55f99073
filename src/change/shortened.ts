/** Longest value that is printed whole, in characters. */
const LONGEST = 60;

/** Object ids and digests, of which twelve digits are enough for a person. */
const HASH = /\b(?:[0-9a-f]{64}|[0-9a-f]{40})\b/g;

/**
 * Long values are cut around what differs, so that two values never look alike. One that stands alone keeps its end, by
 * which people tell names apart.
 */
export function shortened(from: string | undefined, to: string | undefined): [string | undefined, string | undefined] {
  const hashes = [from, to].map(value => value?.replace(HASH, hash => hash.slice(0, 12)));
  const [a, b] = hashes[0] === hashes[1] ? [from, to] : hashes;
  if ((a?.length ?? 0) <= LONGEST && (b?.length ?? 0) <= LONGEST) return [a, b];
  if (a === undefined || b === undefined) return [withoutMiddle(a), withoutMiddle(b)];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const start = Math.max(0, same - 10);
  const cut = (value: string) => {
    const end = start + LONGEST - 6;
    return `${start > 0 ? '...' : ''}${value.slice(start, end)}${value.length > end ? '...' : ''}`;
  };
  return [cut(a), cut(b)];
}

function withoutMiddle(value: string | undefined): string | undefined {
  if (value === undefined || value.length <= LONGEST) return value;
  const kept = LONGEST - 3;
  return `${value.slice(0, Math.ceil(kept / 2))}...${value.slice(-Math.floor(kept / 2))}`;
}
