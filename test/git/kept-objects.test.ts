import { expect, it } from 'vitest';
import type { GitObject } from '../../src/git/batch.ts';
import { keepObjects } from '../../src/git/kept-objects.ts';

const MEGABYTE = 1024 * 1024;
const oidOf = (number: number) => number.toString(16).padStart(40, '0');

/** Objects of a megabyte each, and how often each was read. */
function source() {
  const reads: string[] = [];
  const get = async (name: string, limit: number): Promise<GitObject | undefined> => {
    reads.push(name);
    const content = limit < MEGABYTE ? undefined : Buffer.alloc(MEGABYTE);
    return { oid: name === 'HEAD' ? oidOf(1) : name, type: 'blob', size: MEGABYTE, content };
  };
  return { kept: keepObjects({ get }), reads };
}

it('reads an object once and gives the same buffer again', async () => {
  const { kept, reads } = source();
  const first = await kept.get(oidOf(1), MEGABYTE);
  expect((await kept.get(oidOf(1), MEGABYTE))?.content).toBe(first?.content);
  expect(reads).toEqual([oidOf(1)]);
});

it('keeps nothing by a name that may mean something else later, and nothing that was too large', async () => {
  const { kept, reads } = source();
  await kept.get('HEAD', MEGABYTE);
  await kept.get('HEAD', MEGABYTE);
  expect((await kept.get(oidOf(2), 10))?.content).toBeUndefined();
  expect((await kept.get(oidOf(2), MEGABYTE))?.content).toBeDefined();
  expect((await kept.get(oidOf(2), 10))?.content).toBeUndefined();
  expect(reads).toEqual(['HEAD', 'HEAD', oidOf(2), oidOf(2), oidOf(2)]);
});

it('lets go of what was not asked for longest', async () => {
  const { kept, reads } = source();
  for (let number = 0; number < 16; number++) await kept.get(oidOf(number), MEGABYTE);
  await kept.get(oidOf(0), MEGABYTE);
  await kept.get(oidOf(16), MEGABYTE);
  reads.length = 0;
  await kept.get(oidOf(0), MEGABYTE);
  await kept.get(oidOf(1), MEGABYTE);
  expect(reads).toEqual([oidOf(1)]);
});
