import { externalDnsIgnores } from '../kubernetes/hosts.ts';
import type { KubeObject } from '../kubernetes/object.ts';
import type { Span } from '../yaml/node.ts';

/** A DNS record that a file of the repository states. */
export interface DnsRecord {
  /** Fully qualified, lower case, in ASCII, without the final dot; a leftmost `*` label is a wildcard. */
  readonly name: string;
  /** `A`, `CNAME` …; `LISTED` for a name of a plain list, whose type nobody wrote down. */
  readonly type: string;
  readonly span: Span;
}

/** An external-dns in this repository, which makes records from the objects themselves. */
export interface ExternalDns {
  /** Its `--source` flags: `ingress`, `gateway-httproute`, `crd` … */
  readonly sources: readonly string[];
  /** Its `--domain-filter` flags; empty for every zone. */
  readonly domains: readonly string[];
  /** Flags that narrow what it looks at in a way that cannot be decided here. */
  readonly narrowed: boolean;
  readonly span: Span;
}

export interface DnsRecords {
  readonly records: readonly DnsRecord[];
  /** Zones whose records this repository states. */
  readonly zones: readonly string[];
  readonly externalDns: readonly ExternalDns[];
  /** Why the list may lack records, in words; empty where it is complete. */
  readonly incomplete: readonly string[];
}

/** Whether a hostname resolves by what the repository states. */
export type DnsAnswer =
  | { readonly state: 'covered'; readonly by: string; readonly span: Span | undefined }
  | { readonly state: 'missing'; readonly zone: string }
  | { readonly state: 'unknown'; readonly reason: string };

/** Record types that give a name an address. */
const ADDRESSES = new Set(['A', 'AAAA', 'CNAME', 'ALIAS', 'LISTED']);

/** Domains in which a provider has a record for every name that it gives out, or that is an address written as a name. */
const PROVIDED = [
  ...['amazonaws.com', 'awsglobalaccelerator.com', 'azurewebsites.net', 'cloudapp.azure.com', 'cloudfront.net'],
  ...['nip.io', 'sslip.io', 'traefik.me', 'localhost'],
];

/** Kinds and the external-dns source that reads them; see docs/sources in kubernetes-sigs/external-dns. */
const SOURCES: Readonly<Record<string, string>> = {
  Ingress: 'ingress',
  HTTPRoute: 'gateway-httproute',
  GRPCRoute: 'gateway-grpcroute',
  TLSRoute: 'gateway-tlsroute',
  Service: 'service',
  IngressRoute: 'traefik-proxy',
  HTTPProxy: 'contour-httpproxy',
  Route: 'openshift-route',
  VirtualService: 'istio-virtualservice',
  Gateway: 'istio-gateway',
};

/**
 * Whether the hostname that an object serves has a record. `missing` only where the repository states the records of
 * the host's zone and that list is complete; everything else is `unknown`.
 */
export function answerFor(host: string, object: KubeObject, dns: DnsRecords): DnsAnswer {
  const listed = lookup(host, dns.records);
  if (listed?.state === 'covered') return listed;
  const external = externalAnswer(host, object, dns.externalDns);
  if (external !== undefined) return external;
  const zone = longestZone(host, dns.zones);
  const provider = longestZone(host, PROVIDED);
  if (zone === undefined && provider !== undefined)
    return { state: 'covered', by: `the names of ${provider} have records`, span: undefined };
  if (zone === undefined)
    return { state: 'unknown', reason: `no file here states the DNS records of ${parentOf(host)}` };
  if (listed?.state === 'unknown') return listed;
  const [gap] = dns.incomplete;
  return gap === undefined ? { state: 'missing', zone } : { state: 'unknown', reason: gap };
}

function externalAnswer(host: string, object: KubeObject, controllers: readonly ExternalDns[]): DnsAnswer | undefined {
  const source = SOURCES[object.id.kind];
  if (source === undefined || externalDnsIgnores(object)) return undefined;
  for (const controller of controllers) {
    if (!controller.sources.includes(source)) continue;
    const inDomain = controller.domains.length === 0 || longestZone(host, controller.domains) !== undefined;
    if (!inDomain) continue;
    return controller.narrowed
      ? {
          state: 'unknown',
          reason: 'external-dns may make the record: it runs with a filter that is not evaluated here',
        }
      : { state: 'covered', by: 'external-dns makes the record', span: controller.span };
  }
  return undefined;
}

/**
 * RFC 4592: an exact name, else the wildcard at the closest name that exists. A name that exists, with any type or by
 * having names below it, is never answered by a wildcard.
 */
function lookup(host: string, records: readonly DnsRecord[]): DnsAnswer | undefined {
  const owners = records.filter(record => record.name === host);
  const delegated = records.find(
    record =>
      record.type === 'NS' && (host === record.name || host.endsWith(`.${record.name}`)) && !isApex(record, records),
  );
  if (delegated !== undefined)
    return { state: 'unknown', reason: `${delegated.name} is delegated to other name servers` };
  const owner = owners.find(record => ADDRESSES.has(record.type));
  if (owner !== undefined) return { state: 'covered', by: `${owner.type} ${owner.name}`, span: owner.span };
  if (exists(host, records)) return undefined;
  for (let encloser = parentOf(host); encloser !== ''; encloser = parentOf(encloser)) {
    const wildcard = records.find(record => record.name === `*.${encloser}` && ADDRESSES.has(record.type));
    if (wildcard !== undefined)
      return { state: 'covered', by: `${wildcard.type} ${wildcard.name}`, span: wildcard.span };
    if (exists(encloser, records)) return undefined;
  }
  return undefined;
}

/** NS records at the top of a zone delegate nothing; a zone's top is where its SOA or its other records are. */
function isApex(record: DnsRecord, records: readonly DnsRecord[]): boolean {
  return !records.some(other => other !== record && record.name.endsWith(`.${other.name}`));
}

function exists(name: string, records: readonly DnsRecord[]): boolean {
  return records.some(record => record.name === name || record.name.endsWith(`.${name}`));
}

function parentOf(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1);
}

function longestZone(host: string, zones: readonly string[]): string | undefined {
  const around = zones.filter(zone => host === zone || host.endsWith(`.${zone}`));
  return around.sort((a, b) => b.length - a.length)[0];
}
