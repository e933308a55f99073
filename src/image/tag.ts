import { isHash, mayBeHash } from './flavour.ts';

/** What a tag's own form says it is. `suffix` and `prefix` are what stands around the part that is compared. */
export type TagScheme =
  | {
      readonly scheme: 'version';
      /** What precedes the numbers, without a `v`: `controller` in `controller-v1.9.0`. */
      readonly prefix: string;
      readonly prefixV: boolean;
      /** As many as the tag has: `1.27` has two. */
      readonly parts: readonly bigint[];
      readonly prerelease: string | undefined;
      readonly suffix: string;
    }
  | {
      /** The numbers are a date, so their size says nothing about what changed. */
      readonly scheme: 'calendar';
      readonly prefix: string;
      readonly parts: readonly bigint[];
      readonly suffix: string;
    }
  /** The number of a build: newer is larger, and that is all it says. */
  | { readonly scheme: 'counter'; readonly prefix: string; readonly number: bigint; readonly suffix: string }
  /**
   * A commit, alone or with words: `sha-1a2b3c4`, `main-1a2b3c4`, `master-20240131-1a2b3c4`. Seven digits or more that are
   * no date count as well: a build's number, or a hash that happens to have no letter.
   */
  | { readonly scheme: 'hash'; readonly prefix: string; readonly suffix: string }
  /** A word whose image changes under it: `latest`, `stable`, the name of a branch or an environment. */
  | { readonly scheme: 'word'; readonly word: string; readonly suffix: string }
  | { readonly scheme: 'unknown' };

/** Names of branches and environments: what follows them is a build of that branch. */
const BRANCHES = new Set(
  'main master develop development dev devel trunk head staging stage qa test prod production'.split(' '),
);

const MOVING_WORDS = new Set([
  ...BRANCHES,
  ...'latest stable unstable edge nightly canary rolling current mainline lts release snapshot next preview'.split(' '),
  ...'testing experimental alpha beta rc live default local'.split(' '),
]);

/** Words that only say that a hash follows. */
const HASH_WORDS = new Set('sha git commit rev g'.split(' '));

/** Above this a lone number is the count of a build, not the major of a version; years are versions again. */
const LARGEST_LONE_MAJOR = 99n;

const DATE = /^(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[t.-]?(\d\d)(\d\d)(\d\d)?z?)?(?![\da-z])/i;
const CALENDAR = /^(20\d\d)[.-](\d\d?)(?:[.-](\d+))?(?:\.(\d+)|t(\d\d)-(\d\d)-(\d\d)z)?(?![\da-z])/i;
const NUMBERS = /^\d+(?:\.\d+)*/;
const PRERELEASE =
  /^[-._~]?((?:alpha|beta|rc|cr|pre|preview|dev|snapshot|nightly|milestone|m|ea|next|canary)(?:[-.]?\d+)*)(?![a-z])|^([ab]\d+)(?![a-z\d])/i;

/** Tells versions, dates, builds, commits and moving words apart by the tag's form alone. */
export function readTag(tag: string): TagScheme {
  if (!/^\d+$/.test(tag) && /^[a-f0-9]{7,64}$/.test(tag)) return { scheme: 'hash', prefix: '', suffix: '' };
  if (/^latest(?![a-z\d])/i.test(tag)) return readWord(tag);
  return readNumbered('', tag) ?? readHash(tag) ?? readPrefixed(tag) ?? readWord(tag);
}

/** A tag, or the rest of it after a prefix, that starts with a number or with `v` and a number. */
function readNumbered(prefix: string, rest: string): TagScheme | undefined {
  const prefixV = /^v\d/i.test(rest);
  const text = prefixV ? rest.slice(1) : rest;
  const calendar = readCalendar(prefix, text);
  if (calendar !== undefined) return calendar;

  const numbers = NUMBERS.exec(text)?.[0];
  if (numbers === undefined) return undefined;
  // `1a2b3c4-alpine` starts with a hash, not with version 1.
  if (!prefixV && isHash(text.split(/[-_.]/, 1)[0] ?? '') && !numbers.includes('.')) return undefined;
  const parts = numbers.split('.').map(BigInt);
  const after = text.slice(numbers.length);
  if (mayBeHash(numbers)) return { scheme: 'hash', prefix, suffix: trimSeparator(after) };
  const [first = 0n] = parts;
  if (parts.length === 1 && !prefixV && first > LARGEST_LONE_MAJOR && (first < 2000n || first > 2099n)) {
    return { scheme: 'counter', prefix, number: first, suffix: trimSeparator(after) };
  }
  const match = PRERELEASE.exec(after);
  const prerelease = match?.[1] ?? match?.[2];
  return {
    scheme: 'version',
    prefix,
    prefixV,
    parts,
    prerelease,
    suffix: trimSeparator(after.slice(match?.[0].length)),
  };
}

function readCalendar(prefix: string, text: string): TagScheme | undefined {
  const match = DATE.exec(text) ?? CALENDAR.exec(text);
  if (match === null) return undefined;
  const parts = match
    .slice(1)
    .filter(part => part !== undefined)
    .map(BigInt);
  return { scheme: 'calendar', prefix, parts, suffix: trimSeparator(text.slice(match[0].length)) };
}

function readHash(tag: string): TagScheme | undefined {
  const words = tag.split(/[-_.]/);
  const [first = ''] = words;
  const place = words.findIndex((word, index) => isCommit(word, words[index - 1] ?? ''));
  if (place < 0) return undefined;
  // A version in front of the hash is worth more than the hash.
  if (place > 0 && /\d+\.\d+/.test(tag.slice(0, tag.indexOf(words[place] ?? '')))) return undefined;
  const prefix = words
    .slice(0, place)
    .filter(word => !HASH_WORDS.has(word.toLowerCase()) && !/^\d+$/.test(word))
    .join('-');
  return {
    scheme: 'hash',
    prefix: BRANCHES.has(first.toLowerCase()) ? first : prefix,
    suffix: words.slice(place + 1).join('-'),
  };
}

function isCommit(word: string, before: string): boolean {
  if (HASH_WORDS.has(before.toLowerCase())) return /^[a-f0-9]{6,64}$/.test(word);
  return word.length >= 7 && isHash(word);
}

/** `controller-v1.9.0`, `jdk17`, `RELEASE.2024-01-31T20-20-33Z`, `build-77`; a build of a branch is like a hash. */
function readPrefixed(tag: string): TagScheme | undefined {
  const match = /^([a-z][a-z_-]*?)([-_.]?)(v?\d.*)$/i.exec(tag);
  if (match === null) return undefined;
  const [, prefix = '', separator = '', rest = ''] = match;
  const read = readNumbered(prefix, rest);
  if (read === undefined) return undefined;
  const dotted = read.scheme === 'version' && read.parts.length > 1;
  if (BRANCHES.has(prefix.toLowerCase()) && !dotted) return { scheme: 'hash', prefix, suffix: '' };
  if (read.scheme === 'version' && !dotted && separator !== '' && !read.prefixV) {
    const [number = 0n] = read.parts;
    return { scheme: 'counter', prefix, number, suffix: read.suffix };
  }
  return read;
}

function readWord(tag: string): TagScheme {
  const [first = ''] = tag.split(/[-_.]/, 1);
  if (!MOVING_WORDS.has(first.toLowerCase())) return { scheme: 'unknown' };
  return { scheme: 'word', word: first, suffix: trimSeparator(tag.slice(first.length)) };
}

function trimSeparator(text: string): string {
  return text.replace(/^[-_.+]/, '');
}
