import { counters, skeleton } from './flavour.ts';
import { fullRepository, type ImageReference } from './reference.ts';
import { readTag, type TagScheme } from './tag.ts';

export type Size = 'major' | 'minor' | 'patch' | 'build';

/** How a tag moves. */
export interface TagMove {
  readonly move:
    | Size
    | 'downgrade'
    /** The words beside the version differ: another flavour, or another customer's image. */
    | 'suffix'
    /** Two hashes or two words: nothing says which is newer. */
    | 'unordered'
    /** A moving tag gave way to a fixed one, and the reverse. */
    | 'pinned'
    | 'floating'
    /** Between schemes: the size is not known. */
    | 'scheme'
    /** Equal, or the same version written in another way. */
    | 'same';
  /** The part that went down, where `move` is `downgrade`. */
  readonly downgradeSize?: Size;
  /** The words beside the version, where `move` is `suffix`. */
  readonly fromSuffix?: string;
  readonly toSuffix?: string;
  /** A minor move below 1.0, which may break as a major does (semver.org, section 4). */
  readonly zeroMajor?: true;
  /** The tags are dates: a new year is no major. */
  readonly calendar?: true;
}

/** How an image moves. */
export interface ImageMove extends Omit<TagMove, 'move'> {
  readonly move: TagMove['move'] | 'repository' | 'digest';
  /** What the tag does as well, where `move` is `repository` or the digest keeps the content. */
  readonly tagMove?: TagMove;
  /** The digest stays, so the same content is pulled whatever the tag says. */
  readonly digestUnchanged?: true;
}

type Version = Extract<TagScheme, { scheme: 'version' }>;

const SIZES: readonly Size[] = ['major', 'minor', 'patch'];

/** Compares by the tags' own scheme. A tag that is missing reads as `latest`, as a runtime reads it. */
export function compareTags(from: string | undefined, to: string | undefined): TagMove {
  const [fromTag, toTag] = [from ?? 'latest', to ?? 'latest'];
  if (fromTag === toTag) return { move: 'same' };
  const [a, b] = [readTag(fromTag), readTag(toTag)];
  if (b.scheme === 'word') return { move: a.scheme === 'word' ? 'unordered' : 'floating' };
  if (a.scheme === 'word') return { move: b.scheme === 'unknown' ? 'scheme' : 'pinned' };

  if (isCommit(a) && isCommit(b)) return compareCommits(a, b);
  if (a.scheme === 'unknown' || b.scheme === 'unknown' || a.scheme === 'digits' || b.scheme === 'digits') {
    return { move: a.scheme === b.scheme ? 'unordered' : 'scheme' };
  }
  if (a.scheme !== b.scheme) return { move: 'scheme' };
  const flavour = compareFlavours(a, b);
  if (flavour !== undefined) return flavour;
  if (a.scheme === 'version' && b.scheme === 'version') return compareVersions(a, b);
  if (a.scheme === 'calendar' && b.scheme === 'calendar') {
    const index = firstDifference(a.parts, b.parts);
    const size = index <= 1 ? 'minor' : sizeAt(index);
    return {
      ...directed(compareLists(a.parts, b.parts) || compareBuilds(a, b), index < 0 ? 'build' : size),
      calendar: true,
    };
  }
  if (a.scheme === 'counter' && b.scheme === 'counter') {
    return directed(compareLists([a.number], [b.number]) || compareBuilds(a, b), 'build');
  }
  return { move: 'unordered' };
}

/** Compares two references to the image of one container. */
export function compareImages(from: ImageReference, to: ImageReference): ImageMove {
  const tagMove = compareTags(from.tag, to.tag);
  if (fullRepository(from) !== fullRepository(to)) {
    return tagMove.move === 'same' ? { move: 'repository' } : { move: 'repository', tagMove };
  }
  if (from.digest === undefined && to.digest === undefined) return tagMove;
  if (from.digest === to.digest) {
    return from.tag === to.tag ? { move: 'same' } : { move: 'same', tagMove, digestUnchanged: true };
  }
  if (from.digest !== undefined && to.digest !== undefined) {
    const tagged = from.tag !== undefined && to.tag !== undefined;
    return tagged && tagMove.move !== 'same' ? tagMove : { move: 'digest' };
  }
  return to.digest === undefined ? digestRemoved(from, to, tagMove) : digestAdded(from, to, tagMove);
}

function digestAdded(from: ImageReference, to: ImageReference, tagMove: TagMove): ImageMove {
  if (to.tag !== undefined && tagMove.move !== 'same') return tagMove;
  if (to.tag !== undefined || isMoving(from.tag)) return { move: 'pinned' };
  return { move: 'scheme' };
}

function digestRemoved(from: ImageReference, to: ImageReference, tagMove: TagMove): ImageMove {
  if (isMoving(to.tag)) return { move: 'floating' };
  if (from.tag === undefined) return { move: 'scheme' };
  return tagMove.move === 'same' ? { move: 'digest' } : tagMove;
}

function isMoving(tag: string | undefined): boolean {
  return tag === undefined || readTag(tag).scheme === 'word';
}

/**
 * A tag of one or two parts is an alias that moves within its series, as `1.27` does over `1.27.3`. Where tags of three
 * parts and more differ in number, a fourth part that is new or gone is a build; for anything else only the first part
 * can be trusted.
 */
function compareVersions(a: Version, b: Version): TagMove {
  const common = Math.min(a.parts.length, b.parts.length);
  const index = firstDifference(a.parts.slice(0, common), b.parts.slice(0, common));
  if (index < 0 && a.parts.length !== b.parts.length) {
    const longer = b.parts.length > a.parts.length;
    if (common <= 2) return { move: longer ? 'pinned' : 'floating' };
    const order = compareLists(a.parts, b.parts);
    return directed(order || (longer ? -1 : 1), 'build');
  }
  if (index < 0) return compareWithinVersion(a, b);

  if (common > 2 && a.parts.length !== b.parts.length && index > 0) return { move: 'scheme' };
  const move = directed(compareLists(a.parts, b.parts), sizeAt(index));
  const zeroMajor = index === 1 && a.parts[0] === 0n && move.move === 'minor';
  return zeroMajor ? { ...move, zeroMajor } : move;
}

function compareWithinVersion(a: Version, b: Version): TagMove {
  const order = comparePrereleases(a.prerelease, b.prerelease);
  if (order !== 0) return directed(order, 'patch');
  return a.suffix === b.suffix ? { move: 'same' } : directed(compareBuilds(a, b) || -1, 'build');
}

/** A release is newer than its pre-releases; among these, numbers count as numbers (semver.org, section 11). */
function comparePrereleases(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const [as, bs] = [a, b].map(text => text.toLowerCase().match(/\d+|[a-z]+/g) ?? []);
  for (const [index, x] of (as ?? []).entries()) {
    const y = bs?.[index];
    if (y === undefined) return 1;
    if (x === y) continue;
    const numeric = /^\d/.test(x) && /^\d/.test(y);
    return numeric ? compareLists([BigInt(x)], [BigInt(y)]) : x < y ? -1 : 1;
  }
  return (as?.length ?? 0) - (bs?.length ?? 0);
}

function isCommit(tag: TagScheme): tag is Extract<TagScheme, { scheme: 'hash' | 'digits' }> {
  return tag.scheme === 'hash' || tag.scheme === 'digits';
}

function compareCommits(a: TagScheme, b: TagScheme): TagMove {
  const flavour = a.scheme === 'hash' && b.scheme === 'hash' ? compareFlavours(a, b) : undefined;
  return flavour ?? { move: 'unordered' };
}

interface Flavoured {
  readonly prefix: string;
  readonly suffix: string;
}

function compareFlavours(a: Flavoured, b: Flavoured): TagMove | undefined {
  const same = skeleton(a.suffix) === skeleton(b.suffix) && skeleton(a.prefix) === skeleton(b.prefix);
  return same ? undefined : { move: 'suffix', fromSuffix: flavourOf(a), toSuffix: flavourOf(b) };
}

function flavourOf({ prefix, suffix }: Flavoured): string {
  return [prefix, suffix].filter(text => text !== '').join('-');
}

function compareBuilds(a: Flavoured, b: Flavoured): number {
  return compareLists(counters(a.suffix), counters(b.suffix));
}

function directed(order: number, size: Size): TagMove {
  return order > 0 ? { move: 'downgrade', downgradeSize: size } : { move: order === 0 ? 'same' : size };
}

function sizeAt(index: number): Size {
  return SIZES[index] ?? 'build';
}

/** Index of the first part that differs, a missing one counting as zero; -1 where none does. */
function firstDifference(a: readonly bigint[], b: readonly bigint[]): number {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index++) if ((a[index] ?? 0n) !== (b[index] ?? 0n)) return index;
  return -1;
}

/** Negative where `a` is older. */
function compareLists(a: readonly bigint[], b: readonly bigint[]): number {
  const index = firstDifference(a, b);
  return index < 0 ? 0 : (a[index] ?? 0n) < (b[index] ?? 0n) ? -1 : 1;
}
