import type { ComponentSource } from '../gitops/components.ts';
import { fullRepository, parseReference } from '../image/reference.ts';
import { type Release, SourceError } from './release.ts';

/** Where a component is published, checked: everything in it may stand in a URL. */
export type Origin =
  | { readonly kind: 'git'; readonly url: URL }
  | { readonly kind: 'helm'; readonly index: URL; readonly chart: string }
  /** `repository` is the path on the host; charts are kept as images are. */
  | { readonly kind: 'registry'; readonly host: string; readonly repository: string; readonly of: 'image' | 'chart' }
  | { readonly kind: 'github'; readonly api: URL; readonly repository: string }
  | { readonly kind: 'gitlab'; readonly api: URL; readonly project: string }
  | { readonly kind: 'terraform'; readonly host: URL; readonly address: string }
  | { readonly kind: 'artifacthub'; readonly api: URL; readonly package: string };

/** `owner/name`, and more levels where the place has them. */
const NAME = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;

const KINDS: Readonly<Record<string, (source: ComponentSource) => Origin>> = {
  git: source => ({ kind: 'git', url: urlOf(required(source, 'url'), ['https:', 'http:', 'git:']) }),
  helm: helmOrigin,
  oci: registryOrigin,
  docker: registryOrigin,
  github: source => ({
    kind: 'github',
    api: urlOf(field(source, 'url') ?? 'https://api.github.com'),
    repository: nameOf(required(source, 'repo').replace(/^https:\/\/github\.com\//, ''), 2, 2),
  }),
  gitlab: source => ({
    kind: 'gitlab',
    api: urlOf(field(source, 'url') ?? 'https://gitlab.com'),
    project: nameOf(required(source, 'repo'), 2, 20),
  }),
  terraform: source => ({
    kind: 'terraform',
    host: urlOf(field(source, 'url') ?? 'https://registry.terraform.io'),
    address: nameOf(required(source, 'repo'), 2, 3),
  }),
  artifacthub: source => ({
    kind: 'artifacthub',
    api: urlOf(field(source, 'url') ?? 'https://artifacthub.io'),
    package: nameOf(required(source, 'repo'), 2, 2),
  }),
};

const SOURCE_TYPES = Object.keys(KINDS);

/** Throws `SourceError` where the entry does not say where to look, or with characters that have no place in a URL. */
export function originOf(source: ComponentSource): Origin {
  const type = source.type ?? guessedType(source);
  const read = type !== undefined && Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (read === undefined) {
    throw new SourceError(
      `its source has ${type === undefined ? 'no type' : `the type ${type}`}, which is one of ${SOURCE_TYPES.join(', ')}`,
    );
  }
  return read(source);
}

/** A chart is told by its name, a registry or a git repository by its address. */
function guessedType(source: ComponentSource): string | undefined {
  const url = field(source, 'url') ?? '';
  if (url.startsWith('oci://')) return 'oci';
  if (source.fields.has('chart')) return 'helm';
  if (/^(?:https|git):\/\/.*\.git$|^git:|^https:\/\/github\.com\//.test(url)) return 'git';
  return undefined;
}

function helmOrigin(source: ComponentSource): Origin {
  const url = required(source, 'url');
  if (url.startsWith('oci://')) return registryOrigin(source);
  const base = urlOf(url);
  base.pathname = `${base.pathname.replace(/\/$/, '')}/index.yaml`;
  return { kind: 'helm', index: base, chart: nameOf(required(source, 'chart'), 1, 3) };
}

/** `repo: ghcr.io/org/name`, or `url: oci://ghcr.io/org/charts` with `chart: name`. */
function registryOrigin(source: ComponentSource): Origin {
  const chart = field(source, 'chart');
  const given = field(source, 'repo') ?? field(source, 'image') ?? required(source, 'url');
  const address = `${given.replace(/^oci:\/\//, '').replace(/\/$/, '')}${chart === undefined ? '' : `/${chart}`}`;
  const reference = parseReference(address);
  if (reference === undefined || reference.tag !== undefined || reference.digest !== undefined) {
    throw new SourceError(`${address} is no repository of a registry`);
  }
  const full = fullRepository(reference);
  const slash = full.indexOf('/');
  const of = source.type === 'docker' ? 'image' : 'chart';
  return { kind: 'registry', host: full.slice(0, slash), repository: full.slice(slash + 1), of };
}

function field({ fields }: ComponentSource, name: string): string | undefined {
  return fields.get(name);
}

function required(source: ComponentSource, name: string): string {
  const value = field(source, name);
  if (value === undefined) throw new SourceError(`its source has no ${name}`);
  return value;
}

function nameOf(text: string, least: number, most: number): string {
  const levels = text.split('/').length;
  if (!NAME.test(text) || text.includes('..') || levels < least || levels > most) {
    throw new SourceError(`${text} is no name of a source of this type`);
  }
  return text;
}

/** A password in the file would be in the repository as well. */
function urlOf(text: string, protocols: readonly string[] = ['https:', 'http:']): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !protocols.includes(url.protocol) || url.hostname === '') {
    throw new SourceError(`${text} is no address that starts with ${protocols.map(name => `${name}//`).join(' or ')}`);
  }
  if (url.username !== '' || url.password !== '') throw new SourceError('its address holds credentials');
  return url;
}

/** Where people look at it. */
export function addressOf(origin: Origin): string {
  switch (origin.kind) {
    case 'git':
      return origin.url.href;
    case 'helm':
      return `${origin.index.href.replace(/\/index\.yaml$/, '')} ${origin.chart}`;
    case 'registry':
      return `${origin.host}/${origin.repository}`;
    case 'github':
      return `${origin.api.host === 'api.github.com' ? 'github.com' : origin.api.host}/${origin.repository}`;
    case 'gitlab':
      return `${origin.api.host}/${origin.project}`;
    case 'terraform':
      return `${origin.host.host}/${origin.address}`;
    case 'artifacthub':
      return `${origin.api.host} ${origin.package}`;
  }
}

/** Where the notes of a release are, as far as the address of the source tells; undefined where it does not. */
export function notesOf(origin: Origin, { tag, version, home }: Release): string | undefined {
  const part = encodeURIComponent(tag);
  switch (origin.kind) {
    case 'github': {
      const web = origin.api.host === 'api.github.com' ? 'https://github.com' : origin.api.origin;
      return `${web}/${origin.repository}/releases/tag/${part}`;
    }
    case 'gitlab':
      return `${origin.api.href.replace(/\/$/, '')}/${origin.project}/-/releases/${part}`;
    case 'git':
      return origin.url.host === 'github.com'
        ? `${origin.url.href.replace(/\.git$/, '')}/releases/tag/${part}`
        : origin.url.href;
    case 'terraform': {
      const what = origin.address.split('/').length === 3 ? 'modules' : 'providers';
      return `${origin.host.origin}/${what}/${origin.address}/${encodeURIComponent(version)}`;
    }
    case 'artifacthub':
      return `${origin.api.origin}/packages/helm/${origin.package}/${part}`;
    case 'helm':
      return home;
    case 'registry':
      return undefined;
  }
}
