import { at, equal, type Node, type SeqNode, scalar } from '../yaml/node.ts';

/** An item of a list on both sides, by index; undefined on the side that lacks it. */
export interface Pair {
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/**
 * The field that names an item, by the list it is in. From the `x-kubernetes-patch-merge-key` and
 * `x-kubernetes-list-map-keys` of the API's own schema, and, for lists of custom resources, from their documentation.
 */
const KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['volumeMounts', ['mountPath']],
  ['volumeDevices', ['devicePath']],
  ['ports', ['containerPort', 'port', 'name']],
  ['hostAliases', ['ip']],
  ['topologySpreadConstraints', ['topologyKey']],
  ['conditions', ['type']],
  ['addresses', ['value']],
  ['rules', ['host']],
  ['tls', ['secretName']],
  ['listeners', ['name']],
]);

/** Names of items where the list says nothing else. */
const COMMON_KEYS = ['name', 'key', 'id'];

/** Lists of scalars whose order has no meaning. */
const SETS = new Set(
  (
    'finalizers accessModes dnsNames hosts hostnames verbs apiGroups resources resourceNames nonResourceURLs add drop ' +
    'except loadBalancerSourceRanges namespaces categories shortNames sourceRepos sourceNamespaces syncOptions'
  ).split(' '),
);

/** Above this many comparisons the middle of two lists is paired by place. */
const MOST_COMPARISONS = 1_000_000;

/**
 * Pairs the items of a list: by the field that names them where each has it once, as a set where order has no meaning,
 * and else by the longest common subsequence, with what stands between two common items paired by place.
 *
 * @param name Key of the list in its parent.
 */
export function align(before: SeqNode, after: SeqNode, name: string): Pair[] {
  const named = pairByKey(before, after, name);
  if (named !== undefined) return named;
  const isSet = SETS.has(name) && [...before.items, ...after.items].every(item => item.kind === 'scalar');
  if (isSet) return pairByName(before.items.map(setName), after.items.map(setName));
  return pairBySequence(before.items, after.items);
}

function setName(item: Node, index: number, all: readonly Node[]): string {
  const repeated = all.findIndex(other => equal(other, item)) !== index;
  return `${String(scalar(item))}${repeated ? ` ${index}` : ''}`;
}

function pairByKey(before: SeqNode, after: SeqNode, name: string): Pair[] | undefined {
  for (const key of [...(KEYS.get(name) ?? []), ...COMMON_KEYS]) {
    const [a, b] = [namesOf(before, key), namesOf(after, key)];
    if (a !== undefined && b !== undefined) return pairByName(a, b);
  }
  return undefined;
}

/** The names of all items, or undefined where one has none or shares it. A port counts with its protocol. */
function namesOf(list: SeqNode, key: string): string[] | undefined {
  const names: string[] = [];
  for (const item of list.items) {
    const value = scalar(at(item, key));
    if (value === undefined || value === null) return undefined;
    names.push(`${String(value)} ${String(scalar(item, 'protocol') ?? 'TCP')}`);
  }
  return new Set(names).size === names.length ? names : undefined;
}

function pairByName(before: readonly string[], after: readonly string[]): Pair[] {
  const left = new Map(before.map((name, index) => [name, index]));
  const pairs: Pair[] = after.map((name, index) => {
    const found = left.get(name);
    left.delete(name);
    return { before: found, after: index };
  });
  return [...pairs, ...[...left.values()].map(index => ({ before: index, after: undefined }))];
}

function pairBySequence(before: readonly Node[], after: readonly Node[]): Pair[] {
  const pairs: Pair[] = [];
  let start = 0;
  while (start < Math.min(before.length, after.length) && equal(before[start], after[start])) {
    pairs.push({ before: start, after: start++ });
  }
  let tail = 0;
  const longest = Math.min(before.length, after.length) - start;
  while (tail < longest && equal(before[before.length - 1 - tail], after[after.length - 1 - tail])) tail++;

  const [beforeEnd, afterEnd] = [before.length - tail, after.length - tail];
  let [b, a] = [start, start];
  for (const common of commonItems(before.slice(start, beforeEnd), after.slice(start, afterEnd))) {
    pairs.push(...pairByPlace(b, start + common.before, a, start + common.after));
    [b, a] = [start + common.before, start + common.after];
    pairs.push({ before: b++, after: a++ });
  }
  pairs.push(...pairByPlace(b, beforeEnd, a, afterEnd));
  for (let index = 0; index < tail; index++) pairs.push({ before: beforeEnd + index, after: afterEnd + index });
  return pairs;
}

function pairByPlace(before: number, beforeEnd: number, after: number, afterEnd: number): Pair[] {
  const pairs: Pair[] = [];
  for (let [b, a] = [before, after]; b < beforeEnd || a < afterEnd; b++, a++) {
    pairs.push({ before: b < beforeEnd ? b : undefined, after: a < afterEnd ? a : undefined });
  }
  return pairs;
}

/** The longest common subsequence, by index on both sides. */
function commonItems(before: readonly Node[], after: readonly Node[]): { before: number; after: number }[] {
  const width = after.length + 1;
  if (before.length * after.length > MOST_COMPARISONS) return [];
  const lengths = new Uint32Array((before.length + 1) * width);
  const length = (b: number, a: number) => lengths[b * width + a] ?? 0;
  for (let b = before.length - 1; b >= 0; b--) {
    for (let a = after.length - 1; a >= 0; a--) {
      lengths[b * width + a] = equal(before[b], after[a])
        ? length(b + 1, a + 1) + 1
        : Math.max(length(b + 1, a), length(b, a + 1));
    }
  }
  const common: { before: number; after: number }[] = [];
  for (let [b, a] = [0, 0]; b < before.length && a < after.length; ) {
    if (equal(before[b], after[a])) common.push({ before: b++, after: a++ });
    else if (length(b + 1, a) >= length(b, a + 1)) b++;
    else a++;
  }
  return common;
}
