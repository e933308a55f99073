import type { Config } from '../config/config.ts';
import type { DnsRecords } from '../gitops/dns.ts';

/**
 * What rules may know beyond the unit: facts about the whole repository at the side they look at, gathered before any
 * rule runs, so that rules stay pure.
 */
export interface Knowledge {
  readonly config: Config;
  /** The DNS records that the repository states, and whether that list is complete. */
  readonly dns: DnsRecords;
  /** Whether an image tag was seen on the staging sibling of a unit. */
  readonly staging: StagingHistory;
}

/** Evidence that a tag ran on staging before. */
export type StagingEvidence =
  | {
      readonly state: 'met';
      readonly commit: string | undefined;
      readonly date: string | undefined;
      readonly sibling: string;
    }
  | { readonly state: 'unmet'; readonly sibling: string; readonly tags: readonly string[] }
  | { readonly state: 'unknown'; readonly reason: string };

export interface StagingHistory {
  /** `image` is the repository's name as rendered, `tag` the one that moves into the unit with this key. */
  of(unit: string, image: string, tag: string): StagingEvidence;
}
