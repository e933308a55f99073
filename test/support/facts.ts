import type { Fact } from '../../src/change/fact.ts';
import type { Setting } from '../../src/risk/table.ts';
import { Source } from '../../src/yaml/node.ts';

/** A commit that is no revert, in production. */
export const PRODUCTION: Setting = { environment: 'production', folders: [], revert: false };

/** A fact of which only what a test gives is of interest. */
export function factOf(own: Partial<Fact>): Fact {
  return {
    kind: 'image',
    move: 'patch',
    unit: 'shop',
    object: undefined,
    subject: 'x',
    from: undefined,
    to: undefined,
    span: { source: new Source('test.yaml', ''), start: 0, end: 0 },
    side: 'after',
    ...own,
  };
}
