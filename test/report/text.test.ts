import { describe, expect, test } from 'vitest';
import { PLAIN, reportText } from '../../src/report/text.ts';
import * as make from '../support/results.ts';
import { STORIES } from './stories.ts';

describe('what a person sees', () => {
  test.each(Object.entries(STORIES))('%s', async (name, story) => {
    await expect(reportText(story(), { ...PLAIN, failed: name === 'mistake' })).toMatchFileSnapshot(
      `golden/${name}.txt`,
    );
  });

  test.each(['mistake', 'risk-with-obligations', 'one-base-many-units'])('%s on a wide terminal', async name => {
    const text = reportText(STORIES[name]?.() ?? make.result(), { ...PLAIN, width: 200, failed: name === 'mistake' });
    await expect(text).toMatchFileSnapshot(`golden/${name}-wide.txt`);
  });
});
