import { describe, expect, test } from 'vitest';
import { explain } from '../../src/report/explain.ts';
import { PLAIN } from '../../src/report/text.ts';
import { EXPLAINED } from './explained.ts';

describe('what a reviewer sees', () => {
  test.each(Object.entries(EXPLAINED))('%s', async (name, story) => {
    await expect(explain(story(), PLAIN)).toMatchFileSnapshot(`golden/${name}.txt`);
  });
});
