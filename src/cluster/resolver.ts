import { Resolver } from 'node:dns/promises';

/** What one place says of a name. */
export type DnsAnswer =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  /** The name does not exist; it exists without an address. */
  | { readonly kind: 'nxdomain' | 'nodata' }
  /** Nothing is known: in a clause that the servers' name goes before. */
  | { readonly kind: 'failed'; readonly why: string };

/** What is known of a hostname from three places, since each of them remembers on its own. */
export interface DnsView {
  /** By the servers of its zone; undefined where these are not found. */
  readonly authority: DnsAnswer | undefined;
  /** By resolvers that anyone may ask. */
  readonly open: DnsAnswer;
  /** As this machine resolves it, which may be another answer within a company. */
  readonly here: DnsAnswer;
  /** What the zone's servers say of a name beside it that nobody made. */
  readonly neighbour: DnsAnswer | undefined;
}

export interface DnsServers {
  readonly open: readonly string[];
  /** Undefined for those of this machine. */
  readonly here: readonly string[] | undefined;
  /** The port at which servers of zones listen. */
  readonly port: number;
}

/** Cloudflare's and Google's. */
export const DNS_SERVERS: DnsServers = { open: ['1.1.1.1', '8.8.8.8'], here: undefined, port: 53 };

/** Milliseconds for one try, and tries. */
const PATIENCE = { timeout: 2000, tries: 2 };

/**
 * Asks for a hostname in ASCII, without a wildcard. Never throws.
 *
 * @param label Of a name that nobody has.
 * @param time Milliseconds after which what is not answered has failed.
 */
export async function askDns(host: string, servers: DnsServers, label: string, time: number): Promise<DnsView> {
  const resolvers: Resolver[] = [];
  const resolverAt = (addresses: readonly string[] | undefined): Resolver => {
    const resolver = new Resolver(PATIENCE);
    if (addresses !== undefined) resolver.setServers(addresses);
    resolvers.push(resolver);
    return resolver;
  };
  const over = AbortSignal.timeout(Math.max(0, time));
  over.addEventListener('abort', () => {
    for (const resolver of resolvers) resolver.cancel();
  });
  const open = resolverAt(servers.open);
  const [openAnswer, hereAnswer, addresses] = await Promise.all([
    addressesOf(open, host),
    addressesOf(resolverAt(servers.here), host),
    authorityOf(open, host, servers.port, over),
  ]);
  if (addresses === undefined || over.aborted) {
    return { authority: undefined, open: openAnswer, here: hereAnswer, neighbour: undefined };
  }
  const authority = resolverAt(addresses);
  const beside = `${label}.${host.split('.').slice(1).join('.')}`;
  const [own, neighbour] = await Promise.all([addressesOf(authority, host), addressesOf(authority, beside)]);
  return { authority: own, open: openAnswer, here: hereAnswer, neighbour };
}

/** The servers of the zone that the name is in; undefined where they cannot be found. */
async function authorityOf(
  open: Resolver,
  host: string,
  port: number,
  over: AbortSignal,
): Promise<string[] | undefined> {
  const labels = host.split('.');
  // A zone of one label is a top-level domain, whose servers only know who else to ask.
  for (let from = 0; from < labels.length - 1 && !over.aborted; from++) {
    const names = await open.resolveNs(labels.slice(from).join('.')).catch(() => []);
    if (names.length === 0) continue;
    const found = await Promise.all(names.slice(0, 3).map(name => open.resolve4(name).catch(() => [])));
    const addresses = found.flat().map(address => `${address}:${port}`);
    return addresses.length === 0 ? undefined : addresses;
  }
  return undefined;
}

/** IPv4 and IPv6 together. Only where neither has an address it counts why. */
async function addressesOf(resolver: Resolver, host: string): Promise<DnsAnswer> {
  // With the final dot no search domain is tried.
  const [four, six] = await Promise.all([asked(resolver.resolve4(`${host}.`)), asked(resolver.resolve6(`${host}.`))]);
  if (four.kind === 'addresses' && six.kind === 'addresses') {
    return { kind: 'addresses', addresses: [...four.addresses, ...six.addresses] };
  }
  if (four.kind === 'addresses') return four;
  if (six.kind === 'addresses') return six;
  return four.kind === 'failed' || six.kind !== 'failed' ? four : six;
}

async function asked(answer: Promise<string[]>): Promise<DnsAnswer> {
  try {
    const addresses = (await answer).sort();
    return addresses.length === 0 ? { kind: 'nodata' } : { kind: 'addresses', addresses };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOTFOUND') return { kind: 'nxdomain' };
    if (code === 'ENODATA') return { kind: 'nodata' };
    return { kind: 'failed', why: FAILURES.get(String(code)) ?? `cannot be asked (${code})` };
  }
}

/** What a server says that has no answer, or that it says nothing. (c-ares, ares_query.3) */
const FAILURES: ReadonlyMap<string, string> = new Map([
  ['ESERVFAIL', 'fail (SERVFAIL)'],
  ['EREFUSED', 'refuse to answer (REFUSED)'],
  ['ETIMEOUT', 'do not answer'],
  ['ECANCELLED', 'do not answer'],
  ['ECONNREFUSED', 'cannot be reached'],
]);
