import type { Span } from '../yaml/node.ts';

/** A DNS record that a file of the repository states. */
export interface DnsRecord {
  /** Fully qualified, lower case, in ASCII, without the final dot; a leftmost `*` label is a wildcard. */
  readonly name: string;
  readonly type: string;
  readonly span: Span;
}

export interface DnsRecords {
  readonly records: readonly DnsRecord[];
  /** Why the list may lack records, in words; empty where it is complete. */
  readonly incomplete: readonly string[];
}

/** Whether a hostname resolves by what the repository states. */
export type DnsAnswer =
  | { readonly state: 'covered'; readonly by: string; readonly span: Span | undefined }
  | { readonly state: 'missing'; readonly zone: string }
  | { readonly state: 'unknown'; readonly reason: string };
