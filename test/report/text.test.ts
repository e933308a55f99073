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

  test('three files at most where nothing came of them', () => {
    const seen = Array.from({ length: 40 }, (_, i) => `docs/${i}.md`);
    const result = make.result({ files: { seen, analysed: [], skipped: [] } });
    expect(reportText(result, PLAIN)).toMatch(/\(40 files: docs\/0.md, docs\/1.md and 38\s+more\)/);
  });

  test('manifests that nothing looked at, before other files', () => {
    const quiet = STORIES['quiet-pass']?.() ?? make.result();
    const paths = ['Dockerfile', 'Makefile', 'a.sh', '.github/workflows/test.yaml', 'web/base/worker.yaml'];
    const skipped = paths.map(path => ({ path, reason: 'nothing deploys it' }));
    const text = reportText({ ...quiet, files: { ...quiet.files, skipped } }, PLAIN);
    expect(text).toMatch(
      / {2}skipped {2}web\/base\/worker.yaml: nothing deploys it\n {2}skipped {2}Dockerfile, Makefile and 2 more: /,
    );
  });

  test('which commit the change takes back', () => {
    const result = {
      ...make.result(),
      ...STORIES['quiet-pass']?.(),
      reverts: '4ad7381f0c2e1d9b8a7f6e5d4c3b2a1908f7e6d5',
    };
    expect(reportText(result, PLAIN)).toMatch(/^deploy-lint {2}low {2}takes 4ad7381f back: wecare\/adveshop4 /);
  });

  test.each(['mistake', 'risk-with-obligations', 'one-base-many-units'])('%s on a wide terminal', async name => {
    const text = reportText(STORIES[name]?.() ?? make.result(), { ...PLAIN, width: 200, failed: name === 'mistake' });
    await expect(text).toMatchFileSnapshot(`golden/${name}-wide.txt`);
  });
});
