import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../src/config/config.ts';
import { type FactCache, openCache } from '../../src/gitops/cache.ts';
import { mapRepository } from '../../src/gitops/map.ts';
import { memoryTree } from '../support/memory-tree.ts';
import { application } from './repository.ts';

const TREE = 'a'.repeat(40);
const OTHER = 'b'.repeat(40);
const FACTS = 'f\tx/Chart.yaml\t{"kind":"chart"}\n';

let home: string;

function cacheOf(top = '/srv/shop', env: NodeJS.ProcessEnv = { XDG_CACHE_HOME: home }): FactCache {
  const cache = openCache({ top, env });
  if (cache === undefined) throw new Error('no cache');
  return cache;
}

/** The folder of the only repository in the cache. */
function folder(): string {
  const root = join(home, 'deploy-lint');
  return join(root, readdirSync(root)[0] ?? '');
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'deploy-lint-cache-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('openCache', () => {
  it('gives back what was kept', async () => {
    await cacheOf().write(TREE, FACTS);
    expect(await cacheOf().read(TREE)).toEqual({ treeId: TREE, text: FACTS });
  });

  it('gives the facts of the tree kept last where it has none of this one', async () => {
    await cacheOf().write(TREE, FACTS);
    expect(await cacheOf().read(OTHER)).toEqual({ treeId: TREE, text: FACTS });
  });

  it('keeps repositories apart', async () => {
    await cacheOf('/srv/shop').write(TREE, FACTS);
    expect(await cacheOf('/srv/other').read(TREE)).toBeUndefined();
  });

  it('keeps only the newest few trees', async () => {
    for (const [index, digit] of [...'012345'].entries()) {
      await cacheOf().write(digit.repeat(40), FACTS);
      utimesSync(join(folder(), digit.repeat(40)), index, index);
    }
    expect(readdirSync(folder()).map(name => name[0])).toEqual(['2', '3', '4', '5']);
  });

  it('lies below the home where no folder for caches is named', async () => {
    await cacheOf('/srv/shop', { HOME: home }).write(TREE, FACTS);
    expect(readdirSync(join(home, '.cache'))).toEqual(['deploy-lint']);
  });

  it.each([
    ['nothing', {}],
    ['an empty home', { HOME: '' }],
    ['a relative folder', { XDG_CACHE_HOME: 'cache' }],
  ])('is none where the environment names %s', (_what, env) => {
    expect(openCache({ top: '/srv/shop', env })).toBeUndefined();
  });

  it('F04: writes for the user alone, under the final name only when whole', async () => {
    await cacheOf().write(TREE, FACTS);
    expect(statSync(join(folder(), TREE)).mode & 0o777).toBe(0o600);
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder())).toEqual([TREE]);
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, -1)],
    ['changed', (text: string) => text.replace('chart', 'chars')],
    ['longer', (text: string) => `${text}f\ty/Chart.yaml\t{"kind":"chart"}\n`],
    ['of another version', (text: string) => text.replace(/facts \d+/, 'facts 0')],
    ['of another tree', (text: string) => text.replace(TREE, OTHER)],
    ['empty', () => ''],
    ['no file of ours', () => 'hello'],
  ])('F04: ignores a file that is %s', async (_what, spoil) => {
    await cacheOf().write(TREE, FACTS);
    const file = join(folder(), TREE);
    writeFileSync(file, spoil(readFileSync(file, 'latin1')), 'latin1');
    expect(await cacheOf().read(TREE)).toBeUndefined();
  });

  it('F04: ignores a link', async () => {
    await cacheOf().write(TREE, FACTS);
    const file = join(folder(), TREE);
    writeFileSync(join(home, 'elsewhere'), readFileSync(file));
    rmSync(file);
    symlinkSync(join(home, 'elsewhere'), file);
    expect(await cacheOf().read(TREE)).toBeUndefined();
  });

  it('never writes a name that is no tree id', async () => {
    await cacheOf().write('../../escape', FACTS);
    await cacheOf().write(TREE, FACTS);
    expect(readdirSync(folder())).toEqual([TREE]);
    expect(readdirSync(home)).toEqual(['deploy-lint']);
  });

  it('F01: is silent where the folder cannot be written', async () => {
    writeFileSync(join(home, 'deploy-lint'), 'a file in the way');
    await cacheOf().write(TREE, FACTS);
    expect(await cacheOf().read(TREE)).toBeUndefined();
  });

  it('F04: 32 writers and readers at once see whole files or none', async () => {
    const texts = Array.from({ length: 16 }, (_, index) => FACTS.repeat(500 + index));
    const seen = await Promise.all(
      texts.flatMap(text => [
        cacheOf()
          .write(TREE, text)
          .then(() => undefined),
        cacheOf().read(TREE),
      ]),
    );
    for (const kept of seen) if (kept !== undefined) expect(texts).toContain(kept.text);
    expect(texts).toContain((await cacheOf().read(TREE))?.text);
  });

  it('F04: holds no value of a Secret, a ConfigMap or a chart', async () => {
    const tree = memoryTree({
      'a/kustomization.yaml': 'resources: [s.yaml]\nsecretGenerator: [{name: s, literals: [password=hunter2]}]\n',
      'a/s.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {token: hunter2}\n',
      'app.yaml': application(
        'shop',
        'chart',
        'helm: {values: "password: hunter2", parameters: [{name: p, value: hunter2}]}',
      ),
    });
    await mapRepository({ tree, config: DEFAULTS, cache: cacheOf() });
    const kept = readFileSync(join(folder(), tree.id), 'latin1');
    expect(kept).toContain('/s.yaml');
    expect(kept).not.toContain('hunter2');
  });
});
