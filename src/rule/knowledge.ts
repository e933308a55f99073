import type { Config } from '../config/config.ts';
import type { DnsRecords } from '../gitops/dns.ts';
import type { ServedApis } from '../gitops/gather-apis.ts';
import type { Schemas } from '../gitops/schemas.ts';
import type { StagingHistory } from '../gitops/staging.ts';
import type { LookedAt, Surroundings } from '../gitops/surroundings.ts';
import type { KubeObject } from '../kubernetes/object.ts';

/**
 * What rules may know beyond the unit: facts about the whole repository, gathered before any
 * rule runs, so that rules stay pure.
 */
export interface Knowledge {
  readonly config: Config;
  /** The DNS records that the repository states, and whether that list is complete. */
  readonly dns: DnsRecords;
  /** The issuers of cert-manager that the repository declares; empty unless a new host asks for a certificate. */
  readonly issuers: readonly KubeObject[];
  /** Whether an image tag was seen on the staging sibling of a unit. */
  readonly staging: StagingHistory;
  /** Which API versions the cluster serves, as far as the repository tells. */
  readonly apis: ServedApis;
  /** What the kinds of the objects in question are made of. */
  readonly schemas: Schemas;
  /** The side that is looked at: for a rule about what stands, each in turn; otherwise the one after the commit. */
  readonly here: Surroundings;
  readonly before: Surroundings;
  /** Units that the commit does not touch and that may have what it adds. Empty where every unit is looked at. */
  readonly neighbours: readonly LookedAt[];
  /** The paths that the commit changes. Empty where every unit is looked at. */
  readonly changed: ReadonlySet<string>;
  /** The units of the clients that were there before; empty unless the commit brings one more. */
  readonly clients: readonly LookedAt[];
}
