import type { DnsAnswer, DnsView } from '../cluster/resolver.ts';
import { landed, rolling, type Signal, stuck, unknownSignal } from './signal.ts';

/** Whether a new hostname has come into the DNS. That it leads to the right place a name alone does not show. */
export function judgeName({ authority, open, here, neighbour }: DnsView): Signal {
  const [own, public_, local] = [addresses(authority), addresses(open), addresses(here)];
  if (authority === undefined) {
    if (public_ !== undefined) return landed(`resolves to ${told(public_)}`);
    if (open.kind === 'failed') return unknownSignal(`public resolvers ${open.why}`, true);
    return local === undefined
      ? unknownSignal('the servers of its zone cannot be found', true)
      : unknownSignal(`resolves here to ${told(local)}, and in the public DNS not at all`);
  }
  if (own !== undefined) {
    if (public_ !== undefined) {
      return landed(`resolves to ${told(public_)}${isWildcard(own, neighbour) ? ', by a wildcard' : ''}`);
    }
    return open.kind === 'failed'
      ? unknownSignal(`public resolvers ${open.why}`, true)
      : rolling(`its zone has ${told(own)}, and public resolvers remember that there was nothing`);
  }
  if (authority.kind === 'failed') return unknownSignal(`the servers of its zone ${authority.why}`, true);
  if (local !== undefined) return unknownSignal(`resolves here to ${told(local)}, and in its public zone not at all`);
  return authority.kind === 'nxdomain'
    ? stuck('its zone has no such name (NXDOMAIN)', 'Add its DNS record, or see why external-dns has not.')
    : stuck('its zone has the name without an address (NODATA)', 'Add an A, AAAA or CNAME record for it.');
}

/** A name that nobody made has the same addresses. */
function isWildcard(own: readonly string[], neighbour: DnsAnswer | undefined): boolean {
  const beside = addresses(neighbour);
  return beside !== undefined && beside.join() === own.join();
}

function addresses(answer: DnsAnswer | undefined): readonly string[] | undefined {
  return answer?.kind === 'addresses' ? answer.addresses : undefined;
}

function told(found: readonly string[]): string {
  return found.length > 2 ? `${found.slice(0, 2).join(', ')} and ${found.length - 2} more` : found.join(', ');
}
