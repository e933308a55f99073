import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/cli/formats.ts';
import { BAD, DATABASE, GOOD, TAG } from '../gate/shop.ts';
import * as fc from '../support/properties.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';

let shop: Pipeline;
let env: Record<string, string>;
beforeAll(() => {
  shop = createPipeline();
  shop.branch('bump');
  shop.commit('Raise shop to 9.9.9', GOOD);
  shop.commit('Break it', BAD);
  shop.commit('Mend it\n\nDeploy-Risk: low', TAG('staging', '1.5.2'));
  shop.commit('Raise the database', DATABASE('11.4.2'));
  shop.commit('Docs', { 'README.md': 'More.\n' });
  shop.git('revert', '--no-edit', 'HEAD~1');
  env = shop.pullRequest('bump');
});
afterAll(() => shop.cleanup());

async function shards(of: number): Promise<string[]> {
  const files: string[] = [];
  for (let index = 1; index <= of; index++) {
    const { status, stdout, stderr } = await shop.ci(env, { args: ['--shard', `${index}/${of}`] });
    expect([status, stderr]).toEqual([0, '']);
    const file = join(shop.env.HOME ?? '', `shard-${index}-of-${of}.json`);
    writeFileSync(file, stdout);
    files.push(file);
  }
  return files;
}

describe('shards', () => {
  it('make the very report that one run makes, in every format and number', async () => {
    const whole = new Map<string, { status: number; stdout: string }>();
    for (const format of FORMATS) whole.set(format, await shop.ci(env, { args: ['--format', format] }));
    expect(whole.get('text')?.stdout).toContain('6 commits');
    expect(new Set([...whole.values()].map(({ status }) => status)).size).toBe(1);
    const pair = fc.record({
      of: fc.integer({ min: 1, max: 8 }),
      formats: fc.shuffledSubarray([...FORMATS], { minLength: 4 }),
    });
    for (const { of, formats } of fc.sample(pair, { numRuns: 2, seed: 5 })) {
      const files = await shards(of);
      for (const format of formats) {
        const merged = await shop.ci(env, { command: 'merge', args: [...files.toReversed(), '--format', format] });
        const { status, stdout } = whole.get(format) ?? {};
        expect([of, format, merged.status, merged.stdout]).toEqual([of, format, status, stdout]);
      }
    }
  });

  it('hold no text of the repository but the titles of the table', async () => {
    const { stdout } = await shop.ci(env, { args: ['--shard', '1/1'] });
    expect(JSON.parse(stdout).commits).not.toEqual([]);
    expect(stdout).not.toMatch(/registry\.example|11\.4\.2|README/);
  });

  it('that are not all there, twice there, of another range or no shards are refused', async () => {
    const [one = '', two = ''] = await shards(2);
    const merge = (...args: string[]) => shop.ci(env, { command: 'merge', args });
    expect(await merge(one)).toMatchObject({ status: 2, stderr: expect.stringContaining('2 is not') });
    expect(await merge(one, one)).toMatchObject({ status: 2, stdout: '' });
    expect(await merge(one, two, two)).toMatchObject({ status: 2 });
    expect(await merge(env.GITHUB_EVENT_PATH ?? '')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('is no shard'),
    });
    expect(await merge(one, two, '--from', 'bump~2', '--to', 'bump')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('of another range'),
    });
    for (const shard of ['0/2', '3/2', 'x', '1/']) {
      expect(await shop.ci(env, { args: ['--shard', shard] })).toMatchObject({ status: 2 });
    }
  });
});
