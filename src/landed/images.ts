import { fullRepository, parseReference } from '../image/reference.ts';
import type { KubeObject } from '../kubernetes/object.ts';
import { containers } from '../kubernetes/workload.ts';
import { at, items, text } from '../yaml/node.ts';

export interface ImageDifference {
  readonly container: string;
  readonly expected: string;
  /** Undefined where there is no such container. */
  readonly live: string | undefined;
}

/** The containers of the expected object whose image is another one in the live object. Others may be injected. */
export function imageDifferences(expected: KubeObject, live: KubeObject): ImageDifference[] {
  const running = new Map(containers(live).map(({ name, image }) => [name, image]));
  return containers(expected).flatMap(({ name, image }) => {
    const other = running.get(name);
    if (image === undefined || (other !== undefined && sameImage(image, other))) return [];
    return { container: name, expected: image, live: other };
  });
}

/** The containers of a pod that run another tag or digest; a mirror's, or with the digest of the tag, is the same one. */
export function otherVersions(expected: KubeObject, pod: KubeObject): (ImageDifference & { live: string })[] {
  return imageDifferences(expected, pod).flatMap(({ live, ...rest }) =>
    live === undefined || !isOtherVersion(rest.expected, live) ? [] : [{ ...rest, live }],
  );
}

function isOtherVersion(expected: string, live: string): boolean {
  const [one, other] = [parseReference(expected), parseReference(live)];
  if (one?.digest !== undefined && other?.digest !== undefined) return one.digest !== other.digest;
  return one?.tag !== undefined && other?.tag !== undefined && one.tag !== other.tag;
}

/**
 * The containers for which the commit names a digest, and neither the pod nor its node names the same. What the pod names
 * the node has verified; its own image id may be that of one platform of an index, so it only counts where the pod names
 * no digest, as after a webhook that leads to a mirror. (kubernetes, ContainerStatus.imageID)
 */
export function otherContents(
  expected: KubeObject,
  pod: KubeObject,
): { container: string; wanted: string; id: string }[] {
  const named = new Map(containers(pod).map(({ name, image }) => [name, digestOf(image ?? '')]));
  const running = new Map(
    items(at(pod.root, 'status', 'containerStatuses')).map(one => [
      text(one, 'name') ?? '',
      text(one, 'imageID') ?? '',
    ]),
  );
  return containers(expected).flatMap(({ name, image }) => {
    const wanted = digestOf(image ?? '');
    const id = running.get(name) ?? '';
    if (wanted === undefined || named.get(name) === wanted || digestOf(id) === wanted) return [];
    return { container: name, wanted, id };
  });
}

/** Whether two references name the same image, `nginx` and `docker.io/library/nginx:latest` among them. */
function sameImage(a: string, b: string): boolean {
  return a === b || normal(a) === normal(b);
}

function normal(image: string): string {
  const reference = parseReference(image);
  if (reference === undefined) return image;
  const { tag, digest } = reference;
  if (digest !== undefined) return `${fullRepository(reference)}@${digest}`;
  return `${fullRepository(reference)}:${tag ?? 'latest'}`;
}

/** The digest that a reference or a container's image id ends in. */
export function digestOf(image: string): string | undefined {
  return /(?:^|@)(sha256:[0-9a-f]{64})$/.exec(image)?.[1];
}

/** What tells two images apart, so that a line is not longer than it has to be. */
export function shortImages(a: string, b: string): [string, string] {
  const [one, other] = [parseReference(a), parseReference(b)];
  const sameRepository = one !== undefined && other !== undefined && fullRepository(one) === fullRepository(other);
  if (!sameRepository) return [a, b];
  const rest = (image: string, repository: string) => image.slice(repository.length).replace(/^:/, '');
  const told: [string, string] = [rest(a, one.repository), rest(b, other.repository)];
  return told[0] === '' || told[1] === '' ? [a, b] : told;
}
