import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptAnswers } from '../../src/updates/kept.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'deploy-lint-kept-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const ANSWER = { etag: '"1"', lastModified: undefined, next: undefined, value: ['1.0.0', '1.0.1'] };
const KEY = 'https://charts.example/index.yaml';

function file(): string {
  const folder = join(home, '.cache', 'deploy-lint', 'updates');
  const [name = ''] = readdirSync(folder);
  return join(folder, name);
}

describe('what is kept of answers (F04)', () => {
  it('is read again, by its user alone', async () => {
    const kept = keptAnswers({ HOME: home });
    expect(await kept.read(KEY)).toBeUndefined();
    await kept.write(KEY, ANSWER);
    expect(await kept.read(KEY)).toEqual(ANSWER);
    expect(await kept.read(`${KEY}?other`)).toBeUndefined();
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it.each<[string, (path: string) => void]>([
    ['cut', path => writeFileSync(path, readFileSync(path).subarray(0, -4))],
    ['changed', path => writeFileSync(path, readFileSync(path, 'utf8').replace('1.0.1', '6.6.6'))],
    ['of another version', path => writeFileSync(path, readFileSync(path, 'utf8').replace(/updates \d+/, 'updates 0'))],
    ['garbage', path => writeFileSync(path, 'x')],
    [
      'a link',
      path => {
        renameSync(path, `${home}/elsewhere`);
        symlinkSync(`${home}/elsewhere`, path);
      },
    ],
    ['not readable as text', path => writeFileSync(path, Buffer.from([0xff, 0x0a, 0xfe]))],
  ])('is not read where it is %s', async (_, spoil) => {
    const kept = keptAnswers({ XDG_CACHE_HOME: join(home, '.cache') });
    await kept.write(KEY, ANSWER);
    spoil(file());
    expect(await kept.read(KEY)).toBeUndefined();
  });

  it('is nothing where the environment names no folder, or one that cannot be written', async () => {
    const nowhere = keptAnswers({});
    await nowhere.write(KEY, ANSWER);
    expect(await nowhere.read(KEY)).toBeUndefined();
    writeFileSync(join(home, '.cache'), 'a file');
    const blocked = keptAnswers({ HOME: home });
    await blocked.write(KEY, ANSWER);
    expect(await blocked.read(KEY)).toBeUndefined();
  });

  it('is whole whoever writes at the same time', async () => {
    const kept = keptAnswers({ HOME: home });
    await Promise.all(Array.from({ length: 32 }, (_, i) => kept.write(KEY, { ...ANSWER, value: [String(i)] })));
    expect((await kept.read<string[]>(KEY))?.value).toHaveLength(1);
    expect(readdirSync(join(home, '.cache', 'deploy-lint', 'updates'))).toHaveLength(1);
  });
});
