import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publicDay } from './public-day.mjs';
import { corpusBeside } from './read-corpus.ts';

const CHECKOUT = join(import.meta.dirname, '../..');
const isThere = corpusBeside(CHECKOUT).repositories.length > 0;

describe('the first day in a public repository', () => {
  it.skipIf(!isThere)(
    `is as docs/first-day.md tells it${isThere ? '' : ' (there is no corpus beside this checkout)'}`,
    { timeout: 300_000 },
    async () => {
      const page = readFileSync(join(CHECKOUT, 'docs/first-day.md'), 'utf8');
      expect(page).toContain(await publicDay(CHECKOUT));
    },
  );
});
