import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

describe('the sample', () => {
  it('is checked', async () => {
    const { stdout, stderr, exitCode } = await shop.run('updates');
    expect(stderr).toBe('');
    await expect(stdout).toMatchFileSnapshot('golden/check.txt');
    expect(exitCode).toBe(0);
  });

  it('is shown every change and left as it is', async () => {
    const before = shop.repository.git('count-objects', '-v');
    const { stdout, exitCode } = await shop.run(
      'updates',
      'ingress-nginx',
      'reloader',
      'hcloud',
      '--apply',
      '--dry-run',
    );
    await expect(stdout.replace(/^index .*$/gm, 'index ...')).toMatchFileSnapshot('golden/dry-run.txt');
    expect(exitCode).toBe(0);
    expect(shop.repository.git('status', '--porcelain')).toBe('');
    expect(shop.repository.git('count-objects', '-v')).toBe(before);
  });

  it('gets a commit for each safe update, which changes versions alone and passes the check', async () => {
    const start = shop.repository.git('rev-parse', 'HEAD');
    const { stdout, exitCode } = await shop.run('updates', '--apply');
    const log = shop.repository.git('log', '--reverse', '--format=%B', `${start}..`);
    const told = `${stdout.replace(/\b[0-9a-f]{8,12}\b/g, 'COMMIT')}\n${log}\n`;
    await expect(told.replaceAll(shop.server.url, 'http://upstream.example')).toMatchFileSnapshot('golden/apply.txt');
    expect(exitCode).toBe(0);
    expect(shop.repository.git('status', '--porcelain')).toBe('');
    expect(await shop.run('--from', start, '--to', 'HEAD')).toMatchObject({ exitCode: 0 });
    const words = shop.repository
      .git('diff', '--word-diff=porcelain', '--word-diff-regex=[A-Za-z0-9.]+', start)
      .split('\n');
    const changed = words.filter(line => /^[-+](?![-+])/.test(line));
    expect(changed.filter(line => !/^[-+]v?\d+(?:\.\d+)+$/.test(line))).toEqual([]);
  });
});
