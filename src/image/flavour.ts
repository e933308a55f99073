/**
 * The words of a tag beside its version: `fpm-alpine3.19`, or the customer an image is built for. Numbers that belong to
 * a base system or to a build move with every release; all else names a different image.
 */

/**
 * Words whose number counts releases of a base system or builds: `alpine3`, `rke2r1`, `ls123`. A number after any other
 * word is taken as part of a name (`shop1`, `shop2`), unless it has a dot.
 */
const NUMBERED = new Set(
  (
    'alpine debian deb ubuntu el ubi rhel centos fedora ol amzn al rocky windows ltsc cu ' +
    'r rev revision release rel build b bld p patch u update hotfix ls k3s rke2r rancher gke eks eksbuild do dfsg v'
  ).split(' '),
);

/** Runtimes: another number is another runtime, with a dot or without. */
const RUNTIMES = new Set(
  (
    'php node nodejs jdk jre java openjdk python py ruby go golang perl otp erlang elixir scala spark hadoop cuda dotnet ' +
    'pg postgres mysql'
  ).split(' '),
);

/** Releases of a base system that are named, by the system. */
const CODENAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    debian: 'stretch buster bullseye bookworm trixie forky sid',
    ubuntu: 'xenial bionic focal jammy noble',
  }).flatMap(([system, names]) => names.split(' ').map(name => [name, system] as const)),
);

/** Words that say how finished a build is, not what it is of. */
const STAGES = new Set(['dirty', 'alpha', 'beta', 'rc']);

const HASH = /^g?[a-f0-9]{6,64}$/;
const NUMBER = /^v?\d+(?:\.\d+)*$/;
const DATE = /^20\d{6}(?:\d{4}(?:\d\d)?)?$/;

/** A part of a tag that is a commit's hash; words such as `facade` have no digit, and `g` alone marks one of digits. */
export function isHash(segment: string): boolean {
  return HASH.test(segment) && /\d/.test(segment) && /[a-g]/.test(segment);
}

/** Digits that may be a hash without a letter as well as a number: about one hash of seven digits in thirty. */
export function mayBeHash(digits: string): boolean {
  return /^\d{7,64}$/.test(digits) && !DATE.test(digits);
}

/** The flavour without what moves from release to release; two tags of one image have the same. */
export function skeleton(suffix: string): string {
  return segments(suffix)
    .filter(segment => !isHash(segment) && !NUMBER.test(segment) && !STAGES.has(segment))
    .map(withoutCounter)
    .join('-');
}

/** The numbers that a skeleton leaves out, in order: they tell a newer build from an older one. */
export function counters(suffix: string): bigint[] {
  return segments(suffix)
    .filter(segment => !isHash(segment) && !mayBeHash(segment))
    .flatMap(segment => [...segment.matchAll(/\d+/g)])
    .map(match => BigInt(match[0]));
}

/** `alpine3.19` is one segment: a dot between digits does not separate. */
function segments(suffix: string): string[] {
  return suffix
    .toLowerCase()
    .split(/[-_+]|(?<!\d)\.|\.(?!\d)/)
    .filter(segment => segment !== '');
}

function withoutCounter(segment: string): string {
  const match = /^(\D*?)(\d+(?:\.\d+)*)$/.exec(segment) ?? /^(rke2r|k3s)(\d+)$/.exec(segment);
  const [, word = segment, number = ''] = match ?? [];
  if (number !== '' && RUNTIMES.has(word)) return segment;
  if (number !== '' && !NUMBERED.has(word) && !number.includes('.')) return segment;
  return CODENAMES.get(word) ?? word;
}
