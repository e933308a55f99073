/**
 * The words of a tag beside its version: `fpm-alpine3.19`, or the customer an image is built for. Numbers that belong to
 * a base system or to a build move with every release; all else names a different image.
 */

/**
 * Words whose number counts releases of a base system, a runtime or a build: `alpine3`, `jdk17`, `rke2r1`, `ls123`. A
 * number after any other word is taken as part of a name (`shop1`, `shop2`), unless it has a dot.
 */
const NUMBERED = new Set(
  (
    'alpine debian deb ubuntu el ubi rhel centos fedora ol amzn al rocky windows ltsc cu ' +
    'php node nodejs jdk jre java openjdk python py ruby go perl otp erlang scala spark hadoop cuda cudnn ' +
    'r rev revision release rel build b bld p patch u update hotfix ls k3s rke2r rancher gke eks eksbuild do dfsg'
  ).split(' '),
);

const HASH = /^g?[a-f0-9]{6,64}$/;

/** A part of a suffix that is a commit's hash; words such as `facade` have no digit. */
export function isHash(segment: string): boolean {
  return HASH.test(segment) && /\d/.test(segment) && /[a-f]/.test(segment);
}

/** The flavour without what moves from release to release; two tags of one image have the same. */
export function skeleton(suffix: string): string {
  return segments(suffix)
    .filter(segment => !isHash(segment) && !/^\d+$/.test(segment))
    .map(withoutCounter)
    .join('-');
}

/** The numbers that a skeleton leaves out, in order: they tell a newer build from an older one. */
export function counters(suffix: string): bigint[] {
  return segments(suffix)
    .filter(segment => !isHash(segment))
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
  const match = /^(\D.*?)(\d+(?:\.\d+)*)$/.exec(segment);
  const [, word = '', number = ''] = match ?? [];
  return NUMBERED.has(word) || number.includes('.') ? word : segment;
}
