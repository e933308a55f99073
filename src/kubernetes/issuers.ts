import { at, items, type Node, text } from '../yaml/node.ts';
import { annotation, type KubeObject } from './object.ts';

/** The issuer that an Ingress names. */
export interface IssuerName {
  readonly kind: string;
  readonly name: string;
}

/** The issuer of cert-manager that an Ingress or a Gateway asks for its certificates; docs/usage/ingress.md there. */
export function issuerOf(object: KubeObject): IssuerName | undefined {
  const cluster = annotation(object, 'cert-manager.io/cluster-issuer');
  if (cluster !== undefined) return { kind: 'ClusterIssuer', name: cluster };
  const name = annotation(object, 'cert-manager.io/issuer');
  return name === undefined ? undefined : { kind: annotation(object, 'cert-manager.io/issuer-kind') ?? 'Issuer', name };
}

export function isIssuer({ id }: KubeObject): boolean {
  return id.group === 'cert-manager.io' && (id.kind === 'ClusterIssuer' || id.kind === 'Issuer');
}

/**
 * How an ACME issuer proves that a host is its own: the solver that names the host, else the one with the longest zone
 * around it, else the one for all others. Undefined for other issuers, and where labels choose the solver.
 */
export function challengeFor(issuer: KubeObject, host: string): 'http01' | 'dns01' | undefined {
  const solvers = items(at(issuer.root, 'spec', 'acme', 'solvers'));
  if (solvers.some(solver => at(solver, 'selector', 'matchLabels') !== undefined)) return undefined;
  const [best] = solvers
    .map(solver => ({ solver, rank: rankOf(solver, host) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => b.rank - a.rank);
  if (at(best?.solver, 'http01') !== undefined) return 'http01';
  return at(best?.solver, 'dns01') === undefined ? undefined : 'dns01';
}

/** A name outranks every zone, a longer zone a shorter one; below zero where the solver is not for the host. */
function rankOf(solver: Node, host: string): number {
  const selector = at(solver, 'selector');
  const [names, zones] = ['dnsNames', 'dnsZones'].map(key => items(at(selector, key)).map(item => text(item) ?? ''));
  if (names?.includes(host)) return Number.MAX_SAFE_INTEGER;
  const plain = host.replace(/^\*\./, '');
  const around = zones?.filter(zone => plain === zone || plain.endsWith(`.${zone}`)).map(zone => zone.length) ?? [];
  if (around.length > 0) return Math.max(...around);
  return (names?.length ?? 0) + (zones?.length ?? 0) === 0 ? 0 : -1;
}
