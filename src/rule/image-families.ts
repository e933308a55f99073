import type { ImageReference } from '../image/reference.ts';

/** The images of one application that are built from one version of its code, and so carry one tag. */
export interface Membership {
  /** The same for the members of one family. */
  readonly family: string;
  /** What tells the member from its siblings: `php_fpm`. */
  readonly role: string;
  /** The name has no role: `shop` beside `shop-worker` is likely, not certain, to be of one code base. */
  readonly plain: boolean;
}

/**
 * Ends of image names that say which part of one code base the image runs. A whole name of this list is somebody's
 * base image, not a part of an application.
 */
const ROLES = 'php_fpm php-fpm fpm php_cli php-cli cli nginx web worker workers cron scheduler consumer queue'.split(
  ' ',
);

/**
 * The family of an image: the first configured one with a glob that matches its repository, or, where none is
 * configured, the images of one registry path whose names differ only in the role at the end.
 */
export function membership(image: ImageReference, configured: readonly (readonly string[])[]): Membership | undefined {
  if (configured.length > 0) {
    const index = configured.findIndex(globs => globs.some(glob => matchesGlob(image.repository, glob)));
    return index < 0 ? undefined : { family: String(index), role: image.name, plain: false };
  }
  if (ROLES.includes(image.name)) return undefined;
  const end = ROLES.find(role => image.name.endsWith(`-${role}`) || image.name.endsWith(`_${role}`));
  if (end === undefined) return { family: image.repository, role: image.name, plain: true };
  return { family: image.repository.slice(0, -end.length - 1), role: end, plain: false };
}

/** `*` stands for any text, slashes included; all else for itself. */
export function matchesGlob(text: string, glob: string): boolean {
  const [head = '', ...rest] = glob.split('*');
  const tail = rest.pop();
  if (tail === undefined) return text === head;
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false;
  let from = head.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return from <= text.length - tail.length;
}
