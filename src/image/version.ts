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
  /** What the version does as well, where `move` is `suffix`. */
  readonly versionMove?: Exclude<Size, 'build'> | 'downgrade';
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
type Calendar = Extract<TagScheme, { scheme: 'calendar' }>;

const SIZES: readonly Size[] = ['major', 'minor', 'patch'];

/** Compares by the tags' own scheme. A tag that is missing reads as `latest`, as a runtime reads it. */
export function compareTags(from: string | undefined, to: string | undefined): TagMove {
  const [fromTag, toTag] = [from ?? 'latest', to ?? 'latest'];
  if (fromTag === toTag) return { move: 'same' };
  const [a, b] = [readTag(fromTag), readTag(toTag)];
  if (b.scheme === 'word') return { move: a.scheme === 'word' ? 'unordered' : 'floating' };
  if (a.scheme === 'word') return { move: b.scheme === 'unknown' ? 'scheme' : 'pinned' };

  const move = compareWithinScheme(a, b);
  if (a.scheme === 'unknown' || b.scheme === 'unknown' || sameFlavour(a, b)) return move;
  // A hash that gains or loses its words is another way of tagging; between words it is another branch or image.
  if (a.scheme === 'hash' && (flavourOf(a) === '' || flavourOf(b) === '')) return { move: 'scheme' };
  const suffix: TagMove = { move: 'suffix', fromSuffix: flavourOf(a), toSuffix: flavourOf(b) };
  return { ...suffix, ...versionBeside(move) };
}

/** The move of the version where the suffix differs as well; its builds cannot be compared then. */
function versionBeside({ move, downgradeSize }: TagMove): Pick<TagMove, 'versionMove'> {
  if (move === 'downgrade' && downgradeSize !== 'build') return { versionMove: move };
  return move === 'major' || move === 'minor' || move === 'patch' ? { versionMove: move } : {};
}

function compareWithinScheme(a: TagScheme, b: TagScheme): TagMove {
  if (a.scheme === 'version' && b.scheme === 'version') return compareVersions(a, b);
  if (a.scheme === 'calendar' && b.scheme === 'calendar') return compareDates(a, b);
  if (a.scheme === 'counter' && b.scheme === 'counter') {
    return directed(compareLists([a.number], [b.number]) || compareBuilds(a, b) || -1, 'build');
  }
  return { move: a.scheme === b.scheme ? 'unordered' : 'scheme' };
}

function compareDates(a: Calendar, b: Calendar): TagMove {
  const index = firstDifference(a.parts, b.parts);
  const size = index < 0 ? 'build' : index <= 1 ? 'minor' : sizeAt(index);
  return { ...directed(compareLists(a.parts, b.parts) || compareBuilds(a, b) || -1, size), calendar: true };
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
 * A tag of one or two parts is an alias that moves within its series, as `1.27` does over `1.27.3`. From three parts on,
 * projects add one for a repair and drop it with the next release (`0.2.15`, `0.2.15.3`, `0.2.16`). Where a flavour
 * follows, the pipeline that adds it gives every tag the same number of parts, so another number is another scheme.
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

  if (common > 2 && a.parts.length !== b.parts.length && index > 0 && skeleton(a.suffix) !== '')
    return { move: 'scheme' };
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

interface Flavoured {
  readonly prefix: string;
  readonly suffix: string;
}

function sameFlavour(a: TagScheme, b: TagScheme): boolean {
  if (a.scheme === 'unknown' || a.scheme === 'word' || a.scheme !== b.scheme) return true;
  return skeleton(a.suffix) === skeleton(b.suffix) && skeleton(a.prefix) === skeleton(b.prefix);
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
