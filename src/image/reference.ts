/** An image reference as a manifest writes it, in its parts. */
export interface ImageReference {
  /** As written, without tag and digest: `registry.example.com/shop/php_fpm`. */
  readonly repository: string;
  /** The last component of the repository: `php_fpm`. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

// The grammar of github.com/distribution/reference, regexp.go and normalize.go.
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const REMOTE = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const DOMAIN = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const BARE_ID = /^[a-f0-9]{64}$/;
const LONGEST_PATH = 255;

/** Lower-case hexadecimal digits of the algorithms that the OCI image specification registers. */
const DIGEST_LENGTH: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

/** The parts of an image reference; undefined for a text that a container runtime would refuse. */
export function parseReference(text: string): ImageReference | undefined {
  const atSign = text.indexOf('@');
  const digest = atSign < 0 ? undefined : text.slice(atSign + 1);
  if (digest !== undefined && !isDigest(digest)) return undefined;

  const named = atSign < 0 ? text : text.slice(0, atSign);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  if (tag !== undefined && !TAG.test(tag)) return undefined;

  const repository = colon < 0 ? named : named.slice(0, colon);
  if (BARE_ID.test(repository)) return undefined;
  const { domain, path } = splitDomain(repository);
  if (path.length > LONGEST_PATH || !REMOTE.test(path)) return undefined;
  if (domain !== undefined && !DOMAIN.test(domain)) return undefined;
  return { repository, name: path.slice(path.lastIndexOf('/') + 1), tag, digest };
}

/** The repository with what a runtime adds: `nginx` is `docker.io/library/nginx`. */
export function fullRepository(reference: ImageReference): string {
  const { domain = 'docker.io', path } = splitDomain(reference.repository);
  const host = domain === 'index.docker.io' ? 'docker.io' : domain;
  return host === 'docker.io' && !path.includes('/') ? `docker.io/library/${path}` : `${host}/${path}`;
}

/** What is pulled, as people say it: the tag, else the digest, else `latest`. */
export function versionOf(reference: ImageReference): string {
  return reference.tag ?? shortDigest(reference) ?? 'latest';
}

/** As much of the digest as people compare: `sha256:3fa8b2c91d07`; undefined where there is none. */
export function shortDigest({ digest }: ImageReference): string | undefined {
  return digest?.slice(0, digest.indexOf(':') + 13);
}

function isDigest(text: string): boolean {
  if (!DIGEST.test(text)) return false;
  const colon = text.indexOf(':');
  const length = DIGEST_LENGTH.get(text.slice(0, colon));
  const hex = text.slice(colon + 1);
  return length === undefined || (hex.length === length && hex === hex.toLowerCase());
}

/** The first component is a host only if it looks like one: it has a dot, a port or a capital, or is `localhost`. */
function splitDomain(repository: string): { domain: string | undefined; path: string } {
  const slash = repository.indexOf('/');
  const first = slash < 0 ? '' : repository.slice(0, slash);
  const isHost = /[.:A-Z]/.test(first) || first === 'localhost';
  return isHost ? { domain: first, path: repository.slice(slash + 1) } : { domain: undefined, path: repository };
}
