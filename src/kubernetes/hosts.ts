import { domainToASCII } from 'node:url';
import { at, items, type Node, type Path, text } from '../yaml/node.ts';
import type { KubeObject } from './object.ts';

/** A public hostname that an object serves or asks for. */
export interface Hostname {
  /** Lower case, in ASCII, without the final dot; with `*.` in front for a wildcard. */
  readonly host: string;
  readonly path: Path;
  /** How deep `*` reaches: Ingress and certificates take one label, the Gateway API and Istio any number. */
  readonly wildcard: 'one-label' | 'any-depth' | undefined;
}

type Depth = 'one-label' | 'any-depth';
type Found = readonly [value: string | undefined, path: Path];
type Reader = (object: KubeObject) => Iterable<Found>;

/** Where each kind has its hostnames, and how far its wildcards reach. */
const READERS: ReadonlyMap<string, readonly [Depth, Reader]> = new Map<string, readonly [Depth, Reader]>([
  ['networking.k8s.io/Ingress', ['one-label', ingress]],
  ['extensions/Ingress', ['one-label', ingress]],
  ['gateway.networking.k8s.io/HTTPRoute', ['any-depth', list('spec', 'hostnames')]],
  ['gateway.networking.k8s.io/GRPCRoute', ['any-depth', list('spec', 'hostnames')]],
  ['gateway.networking.k8s.io/TLSRoute', ['any-depth', list('spec', 'hostnames')]],
  ['gateway.networking.k8s.io/Gateway', ['any-depth', each(['spec', 'listeners'], 'hostname')]],
  ['traefik.io/IngressRoute', ['one-label', traefik]],
  ['traefik.io/IngressRouteTCP', ['one-label', traefik]],
  ['traefik.containo.us/IngressRoute', ['one-label', traefik]],
  ['traefik.containo.us/IngressRouteTCP', ['one-label', traefik]],
  ['projectcontour.io/HTTPProxy', ['one-label', field('spec', 'virtualhost', 'fqdn')]],
  ['route.openshift.io/Route', ['one-label', field('spec', 'host')]],
  ['networking.istio.io/VirtualService', ['any-depth', list('spec', 'hosts')]],
  ['networking.istio.io/Gateway', ['any-depth', istioGateway]],
  ['cert-manager.io/Certificate', ['one-label', certificate]],
  ['serving.knative.dev/DomainMapping', ['one-label', field('metadata', 'name')]],
]);

/**
 * The public hostnames of the object, without names inside the cluster, addresses and templates. A hostname that stands
 * in several places is listed once for each.
 */
export function hostnames(object: KubeObject): Hostname[] {
  const [depth, read] = READERS.get(`${object.id.group}/${object.id.kind}`) ?? [];
  if (depth === undefined || read === undefined) return [];
  return [...read(object)].flatMap(([value, path]) => {
    const host = normalise(value ?? '');
    return host === undefined ? [] : { host, path, wildcard: host.startsWith('*.') ? depth : undefined };
  });
}

const EXTERNAL_DNS = ['external-dns.alpha.kubernetes.io', 'external-dns.kubernetes.io'];

const ASKED = EXTERNAL_DNS.flatMap(prefix => [`${prefix}/hostname`, `${prefix}/internal-hostname`]);

/** The names that the object's annotations ask external-dns for; its prefix changed with version 0.22. */
export function externalDnsNames({ root }: KubeObject): Hostname[] {
  const annotations = at(root, 'metadata', 'annotations');
  // Most objects have none, and this is asked of every object.
  if (annotations === undefined) return [];
  return ASKED.flatMap(key =>
    commaList(text(annotations, key)).flatMap((name): Hostname[] => {
      const host = normalise(name);
      const path = ['metadata', 'annotations', key];
      return host === undefined ? [] : [{ host, path, wildcard: host.startsWith('*.') ? 'any-depth' : undefined }];
    }),
  );
}

/** Whether the object has an annotation that keeps external-dns away from it. */
export function externalDnsIgnores(object: KubeObject): boolean {
  return EXTERNAL_DNS.some(prefix => {
    const controller = text(object.root, 'metadata', 'annotations', `${prefix}/controller`);
    return controller !== undefined && controller !== 'dns-controller';
  });
}

function* ingress(object: KubeObject): Generator<Found> {
  yield* each(['spec', 'rules'], 'host')(object);
  for (const [index, item] of items(at(object.root, 'spec', 'tls')).entries()) {
    yield* strings(at(item, 'hosts'), ['spec', 'tls', index, 'hosts']);
  }
  const alias = ['metadata', 'annotations', 'nginx.ingress.kubernetes.io/server-alias'];
  for (const name of commaList(text(object.root, ...alias))) {
    // A leading `~` makes an alias a regular expression.
    if (!name.startsWith('~')) yield [name, alias];
  }
}

function* traefik(object: KubeObject): Generator<Found> {
  for (const [argument, path] of traefikRules(object)) {
    for (const [, name] of argument.matchAll(/[`"']([^`"']*)[`"']/g)) yield [name, path];
  }
  for (const [index, item] of items(at(object.root, 'spec', 'tls', 'domains')).entries()) {
    const path = ['spec', 'tls', 'domains', index];
    yield [text(item, 'main'), [...path, 'main']];
    yield* strings(at(item, 'sans'), [...path, 'sans']);
  }
}

function* traefikRules(object: KubeObject): Generator<readonly [string, Path]> {
  for (const [index, route] of items(at(object.root, 'spec', 'routes')).entries()) {
    const path = ['spec', 'routes', index, 'match'];
    for (const [, argument = ''] of (text(route, 'match') ?? '').matchAll(/\b(?:Host|HostSNI)\(([^)]*)\)/g))
      yield [argument, path];
  }
}

/** Hosts of an Istio Gateway may carry a namespace: `shop/www.example.com`. */
function* istioGateway(object: KubeObject): Generator<Found> {
  for (const [index, server] of items(at(object.root, 'spec', 'servers')).entries()) {
    for (const [host, path] of strings(at(server, 'hosts'), ['spec', 'servers', index, 'hosts'])) {
      yield [host?.slice(host.indexOf('/') + 1), path];
    }
  }
}

function* certificate(object: KubeObject): Generator<Found> {
  yield* list('spec', 'dnsNames')(object);
  yield* field('spec', 'commonName')(object);
}

function list(...path: Path): Reader {
  return object => strings(at(object.root, ...path), path);
}

function field(...path: Path): Reader {
  return object => [[text(object.root, ...path), path]];
}

function each(path: Path, key: string): Reader {
  return object =>
    items(at(object.root, ...path)).map((item, index): Found => [text(item, key), [...path, index, key]]);
}

function* strings(node: Node | undefined, path: Path): Generator<Found> {
  for (const [index, item] of items(node).entries()) yield [text(item), [...path, index]];
}

function commaList(value: string | undefined): string[] {
  return (value ?? '').split(',').map(name => name.trim());
}

/** Names that no public DNS answers: short ones, Services, and the reserved ones of RFC 6761 that stay in the cluster. */
const INTERNAL = /(?:^|\.)(?:svc|local|localhost|internal)$|\.svc\.[^.]+\.[^.]+$/;

/** A name in lower case without the final dot and the wildcard's label, and in ASCII: empty where it has no such form. */
export function nameParts(name: string): { wildcard: boolean; plain: string; ascii: string } {
  const lower = name.trim().toLowerCase().replace(/\.$/, '');
  const wildcard = lower.startsWith('*.');
  const plain = wildcard ? lower.slice(2) : lower;
  return { wildcard, plain, ascii: domainToASCII(plain) };
}

/** One form for each name; undefined for what is no public hostname. */
export function normalise(name: string): string | undefined {
  const { wildcard, ascii } = nameParts(name);
  const labels = ascii.split('.');
  if (labels.length < 2 || ascii.length > 253 || INTERNAL.test(ascii)) return undefined;
  if (!labels.every(label => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label))) return undefined;
  if (/^\d+$/.test(labels.at(-1) ?? '')) return undefined;
  return wildcard ? `*.${ascii}` : ascii;
}
