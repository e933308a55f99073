import { DEFAULTS } from '../../src/config/config.ts';
import type { Knowledge } from '../../src/rule/knowledge.ts';

/** What rules may know, where a test says nothing else: the defaults, no DNS records, and no word about staging. */
export function knowledge(known: Partial<Knowledge> = {}): Knowledge {
  return {
    config: DEFAULTS,
    dns: { records: [], zones: [], externalDns: [], incomplete: [] },
    staging: { of: () => ({ state: 'unknown', reason: 'nothing is known of staging here' }) },
    ...known,
  };
}
