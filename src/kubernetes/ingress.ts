import { at, items, type Node, type Path, scalar, text } from '../yaml/node.ts';
import { nameParts } from './hosts.ts';
import { annotation, type KubeObject } from './object.ts';

/** A host and path that an Ingress sends to a backend. */
export interface Route {
  /** In lower case; `''` for every host. */
  readonly host: string;
  readonly httpPath: string;
  readonly pathType: string;
  /** What it goes to, as text that is equal for equal backends. */
  readonly backend: string;
  /** The name of the Service that this is; undefined for another resource. */
  readonly service: string | undefined;
  /** Of the path's entry, or of the rule where it has none. */
  readonly path: Path;
}

/** An entry of `spec.tls`. */
export interface TlsEntry {
  readonly hosts: readonly string[];
  readonly secret: string | undefined;
  readonly path: Path;
}

export function isIngress({ id }: KubeObject): boolean {
  return id.kind === 'Ingress' && (id.group === 'networking.k8s.io' || id.group === 'extensions');
}

export function routesOf(ingress: KubeObject): Route[] {
  return items(at(ingress.root, 'spec', 'rules')).flatMap((rule, index) => {
    const host = hostText(text(rule, 'host'));
    return items(at(rule, 'http', 'paths')).map((entry, place): Route => {
      return {
        host,
        httpPath: text(entry, 'path') || '/',
        pathType: text(entry, 'pathType') ?? 'ImplementationSpecific',
        backend: backendOf(entry),
        service: serviceOf(entry),
        path: ['spec', 'rules', index, 'http', 'paths', place],
      };
    });
  });
}

function serviceOf(entry: Node): string | undefined {
  return text(entry, 'backend', 'service', 'name') ?? text(entry, 'backend', 'serviceName');
}

function backendOf(entry: Node): string {
  const backend = at(entry, 'backend');
  const port = at(backend, 'service', 'port');
  return JSON.stringify([
    serviceOf(entry) ?? text(backend, 'resource', 'name'),
    String(scalar(port, 'name') ?? scalar(port, 'number') ?? scalar(backend, 'servicePort')),
  ]);
}

/** The hosts of the rules, each once, with the rule's place; a rule for every host is left out. */
export function ruleHosts(ingress: KubeObject): Map<string, Path> {
  const found = new Map<string, Path>();
  for (const [index, rule] of items(at(ingress.root, 'spec', 'rules')).entries()) {
    const host = hostText(text(rule, 'host'));
    if (host !== '' && !found.has(host)) found.set(host, ['spec', 'rules', index, 'host']);
  }
  return found;
}

export function tlsEntries(ingress: KubeObject): TlsEntry[] {
  return items(at(ingress.root, 'spec', 'tls')).map((entry, index) => {
    const hosts = items(at(entry, 'hosts')).flatMap(item => text(item) ?? []);
    return { hosts: hosts.map(hostText), secret: text(entry, 'secretName'), path: ['spec', 'tls', index] };
  });
}

/** Whether some request reaches the Ingress whatever host it names. */
export function servesEveryHost({ root }: KubeObject): boolean {
  const rules = items(at(root, 'spec', 'rules'));
  const fallback = at(root, 'spec', 'defaultBackend') ?? at(root, 'spec', 'backend');
  return fallback !== undefined || rules.length === 0 || rules.some(rule => (text(rule, 'host') ?? '') === '');
}

/** The class of controllers that serve the Ingress; `''` where it leaves that to the cluster. */
export function ingressClass(ingress: KubeObject): string {
  return text(ingress.root, 'spec', 'ingressClassName') ?? annotation(ingress, 'kubernetes.io/ingress.class') ?? '';
}

/** A wildcard of a certificate or an Ingress takes the place of exactly one label. */
export function coversHost(pattern: string, host: string): boolean {
  if (pattern === host) return true;
  if (!pattern.startsWith('*.') || host.startsWith('*.')) return false;
  return host.slice(host.indexOf('.') + 1) === pattern.slice(2);
}

function hostText(host: string | undefined): string {
  const { wildcard, plain, ascii } = nameParts(host ?? '');
  return (wildcard ? '*.' : '') + (ascii || plain);
}
