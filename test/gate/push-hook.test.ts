import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildProgram, type Program } from '../support/program.ts';
import { BAD, createShop, DATABASE, GOOD, SAID_BAD, type Shop, TAG } from './shop.ts';

let program: Program;
let shop: Shop;
beforeAll(() => {
  program = buildProgram();
});
afterAll(() => program.cleanup());
beforeEach(() => {
  shop = createShop(program.path);
});
afterEach(() => shop.cleanup());

/** Commits past the hooks. */
function commit(message: string, files: Record<string, string>): string {
  shop.write(files);
  shop.git('add', '--all');
  shop.git('commit', '--quiet', '--no-verify', '--allow-empty', '--message', message);
  return shop.git('rev-parse', 'HEAD');
}

const push = (...args: string[]) => shop.run(['push', 'origin', ...args]);
const remote = (ref: string) => shop.git('ls-remote', 'origin', ref).slice(0, 40);

describe('the pre-push hook', () => {
  it('D07 lets a good push through in one line', () => {
    commit('Bump', GOOD);
    expect(push('main')).toMatchObject({
      status: 0,
      said: expect.stringMatching(/^deploy-lint {2}low {2}main: 1 commit$/m),
    });
  });

  it('G04 stops what was committed past the hooks', () => {
    const before = remote('main');
    commit('Bump', BAD);
    const { status, said } = push('main');
    expect(status).toBe(1);
    expect(said).toContain(`1 error: ${SAID_BAD}`);
    expect(said).toContain('main is not pushed');
    expect(remote('main')).toBe(before);
  });

  it('judges the range as a whole: a mistake that a later commit mends is none', () => {
    commit('Bump', BAD);
    commit('Mend', GOOD);
    expect(push('main')).toMatchObject({ status: 0, said: expect.stringContaining('main: 2 commits') });
  });

  it('wants a high risk acknowledged by the commit that brings it', () => {
    const brought = commit('Raise the database', DATABASE('11.4.2'));
    commit('Bump', GOOD);
    const { status, said } = push('main');
    expect(status).toBe(1);
    expect(said).toContain(`${brought.slice(0, 8)} Raise the database: high risk (MariaDB major)`);
    expect(said).toContain(`git rebase --interactive ${brought.slice(0, 8)}^`);
    shop.git('reset', '--quiet', '--hard', 'HEAD~2');
    commit('Raise the database\n\nDeploy-Risk: high', DATABASE('11.4.2'));
    expect(push('main')).toMatchObject({ status: 0 });
  });

  it('D07 leaves branches that do not deploy and tags alone', () => {
    shop.branch('feature');
    commit('Bump', BAD);
    shop.git('tag', 'light');
    shop.git('tag', '--annotate', '--message', 'heavy', 'heavy');
    expect(push('feature', 'light', 'heavy')).toMatchObject({
      status: 0,
      said: expect.not.stringMatching(/^deploy-lint/m),
    });
  });

  it('D07 judges a new branch that deploys by what the remote does not have', () => {
    commit('Name the branches', { '.deploy-lint.yaml': 'gate: { branches: ["main", "live/*"] }\n' });
    expect(push('main')).toMatchObject({ status: 0 });
    shop.branch('live/eu');
    expect(push('live/eu')).toMatchObject({ status: 0, said: expect.stringContaining('live/eu: 0 commits') });
    commit('Bump', BAD);
    expect(push('live/eu:live/us')).toMatchObject({
      status: 1,
      said: expect.stringContaining('live/us is not pushed'),
    });
  });

  it('D07 judges several refs, and stops for one of them', () => {
    commit('Name the branches', { '.deploy-lint.yaml': 'gate: { branches: ["main", "live"] }\n' });
    push('main', 'main:live');
    commit('Bump', GOOD);
    shop.branch('bad');
    commit('Bump more', BAD);
    const { status, said } = push('main', 'bad:live');
    expect(status).toBe(1);
    expect(said).toContain('main: 1 commit');
    expect(said).toContain('live is not pushed');
  });

  it('D07 judges a force push by what the branch becomes, and names what it loses', () => {
    const good = commit('Raise the database\n\nDeploy-Risk: high', DATABASE('11.4.2'));
    push('main');
    shop.git('reset', '--quiet', '--hard', 'HEAD~1');
    commit('Something else', TAG('prod', '1.5.0'));
    const { status, said } = push('--force', 'main');
    expect(said).toContain(`main loses commits: ${good.slice(0, 8)} Raise the database`);
    expect(said).toContain('high risk');
    expect(status).toBe(1);
  });

  it('D07 stops the deletion of a branch that Applications follow, and of no other', () => {
    shop.git('push', '--quiet', '--no-verify', 'origin', 'main:other');
    shop.run(['config', 'receive.denyDeleteCurrent', 'ignore'], { cwd: join(shop.env.HOME ?? '', 'remote') });
    expect(push(':other')).toMatchObject({ status: 0 });
    expect(push(':main')).toMatchObject({
      status: 1,
      said: expect.stringContaining('main is deleted, and what follows it'),
    });
  });

  it('D07 has nothing to say where nothing is pushed', () => {
    expect(push('main')).toMatchObject({ status: 0, said: 'Everything up-to-date\n' });
  });

  it('D07 takes the first push to an empty remote for a tree that stands', () => {
    shop.git('init', '--quiet', '--bare', '../empty');
    shop.git('remote', 'add', 'second', join(shop.env.HOME ?? '', 'empty'));
    expect(shop.run(['push', 'second', 'main'])).toMatchObject({
      status: 0,
      said: expect.stringContaining('main: new, 3 units as they stand'),
    });
    commit('Bump', BAD);
    shop.git('init', '--quiet', '--bare', '../third');
    shop.git('remote', 'add', 'third', join(shop.env.HOME ?? '', 'third'));
    expect(shop.run(['push', 'third', 'main'])).toMatchObject({ status: 1, said: expect.stringContaining(SAID_BAD) });
  });

  it('D07 G07 does not call a push clean whose base the clone does not have', () => {
    const clone = join(shop.env.HOME ?? '', 'clone');
    shop.git('clone', '--quiet', '--no-local', join(shop.env.HOME ?? '', 'remote'), clone);
    commit('Bump', GOOD);
    push('main');
    shop.git('-C', clone, 'config', 'core.hooksPath', shop.git('config', 'core.hooksPath'));
    shop.git('-C', clone, 'commit', '--quiet', '--no-verify', '--allow-empty', '--message', 'Elsewhere');
    const { status, said } = shop.run(['push', '--force', 'origin', 'main'], { cwd: clone });
    expect(status).toBe(1);
    expect(said).toMatch(/commit [0-9a-f]{40} is not in this clone/);
  });

  it('waits for the calendar', () => {
    const now = new Date();
    const year = now.getUTCFullYear();
    const freeze = `{ from: ${year - 1}-01-01, to: ${year + 1}-12-31, reason: peak season }`;
    commit('Freeze', { '.deploy-lint.yaml': `calendar: { timeZone: UTC, freeze: [${freeze}] }\n` });
    expect(push('main')).toMatchObject({ status: 0 });
    commit('Bump', GOOD);
    expect(push('main')).toMatchObject({
      status: 1,
      words: expect.stringContaining(`the freeze until ${year + 1}-12-31 (peak season)`),
    });
  });
});
