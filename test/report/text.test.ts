import { describe, expect, test } from 'vitest';
import { PLAIN, reportText } from '../../src/report/text.ts';
import { STORIES } from './stories.ts';

describe('what a person sees', () => {
  test.each(Object.entries(STORIES))('%s', async (name, story) => {
    await expect(reportText(story(), { ...PLAIN, failed: name === 'mistake' })).toMatchFileSnapshot(
      `golden/${name}.txt`,
    );
  });
});
