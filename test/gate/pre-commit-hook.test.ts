import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildProgram, type Program } from '../support/program.ts';
import { BAD, createShop, DATABASE, GOOD, SAID_BAD, type Shop } from './shop.ts';

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

const FILE = 'shop/staging/kustomization.yaml';

/** What must not change when a commit is refused. */
function fingerprint(): unknown {
  const file = (path: string) => [
    statSync(join(shop.path, path)).mtimeMs,
    readFileSync(join(shop.path, path), 'latin1'),
  ];
  return [
    shop.git('for-each-ref'),
    shop.git('rev-parse', 'HEAD'),
    shop.git('ls-files', '--stage'),
    shop.git('stash', 'list'),
    file('.git/config'),
    file(FILE),
  ];
}

describe('the pre-commit hook', () => {
  it('D01 lets a good commit through in one line', () => {
    shop.write(GOOD);
    const { status, said } = shop.run(['commit', '--all', '--message', 'Bump']);
    expect(status).toBe(0);
    expect(said).toContain(
      'deploy-lint  low  shop-staging: shop 1.5.0 -> 1.5.1 (patch)  staging/kustomization.yaml:2\n',
    );
  });

  it.each<[string, string[], string?]>([
    ['commit', ['commit', '-m', 'Bump']],
    ['commit --all', ['commit', '--all', '-m', 'Bump']],
    ['commit FILE', ['commit', '-m', 'Bump', FILE]],
    ['commit --include FILE', ['commit', '-m', 'Bump', '--include', FILE]],
    ['commit --patch', ['commit', '--patch', '-m', 'Bump'], 'y\n'],
    ['commit --amend', ['commit', '--amend', '--all', '-m', 'Bump']],
  ])('D01 stops a bad %s and leaves the repository as it was', (name, args, input) => {
    shop.write(BAD);
    if (name === 'commit') shop.git('add', '--all');
    const before = fingerprint();
    const { status, said } = shop.run(args, input === undefined ? {} : { input });
    expect(said).toContain(SAID_BAD);
    expect(said).toContain('not committed');
    expect(status).toBe(1);
    // git writes the index of what it was told to commit by itself.
    if (name === 'commit') expect(fingerprint()).toEqual(before);
  });

  it('D01 works in a folder below, in a linked worktree and with git -C', () => {
    shop.write(BAD);
    expect(shop.run(['commit', '--all', '-m', 'x'], { cwd: join(shop.path, 'shop') })).toMatchObject({ status: 1 });
    expect(shop.run(['-C', shop.path, 'commit', '--all', '-m', 'x'], { cwd: '/' })).toMatchObject({ status: 1 });
    const linked = join(shop.env.HOME ?? '', 'linked');
    shop.git('worktree', 'add', '--quiet', '-b', 'other', linked, 'main');
    shop.git('-C', linked, 'rm', '--quiet', '--cached', 'README.md');
    const { status, said } = shop.run(['commit', '-m', 'x'], { cwd: linked });
    expect(said).toContain('nothing that deploys changed (1 file: README.md)');
    expect(status).toBe(0);
  });

  it('D01 works in a submodule, and in the repository that has it', () => {
    const remote = join(shop.env.HOME ?? '', 'remote');
    shop.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', remote, 'lib');
    const lib = join(shop.path, 'lib');
    shop.git('-C', lib, 'config', 'core.hooksPath', shop.git('config', 'core.hooksPath'));
    shop.write(Object.fromEntries(Object.entries(BAD).map(([path, text]) => [`lib/${path}`, text])));
    const refused = shop.run(['commit', '--all', '-m', 'x'], { cwd: lib });
    expect(refused).toMatchObject({ status: 1, said: expect.stringContaining(SAID_BAD) });
    expect(refused.words).toContain('not committed');
    // The repository around it has another index, with the submodule alone.
    expect(shop.run(['commit', '-m', 'Add the shop as it is'])).toMatchObject({
      status: 0,
      words: expect.stringContaining('nothing that deploys changed (2 files: .gitmodules, lib)'),
    });
  });

  it('D01 lets through what git makes of commits that are there, and what has nothing in it', () => {
    shop.branch('other');
    shop.write(BAD);
    shop.git('add', '--all');
    shop.git('commit', '--quiet', '--no-verify', '--message', 'Bump');
    shop.git('checkout', '--quiet', 'main');
    // git asks no pre-commit hook about a commit that it takes over; CI and the push do.
    expect(shop.run(['cherry-pick', 'other'])).toMatchObject({ status: 0 });
    expect(shop.run(['revert', '--no-edit', 'HEAD'])).toMatchObject({ status: 0 });
    expect(shop.run(['rebase', '--force-rebase', 'HEAD~1'])).toMatchObject({ status: 0 });
    expect(shop.run(['commit', '--allow-empty', '-m', 'Nothing'])).toMatchObject({
      status: 0,
      said: expect.stringContaining('nothing is staged'),
    });
    shop.write(GOOD);
    expect(shop.run(['stash'])).toMatchObject({ status: 0, said: expect.not.stringContaining('deploy-lint') });
  });

  it('D01 judges a merge, with and without conflicts', () => {
    shop.branch('bad');
    shop.run(['commit', '--no-verify', '--allow-empty', '-m', 'x']);
    shop.write(BAD);
    shop.git('commit', '--quiet', '--no-verify', '--all', '-m', 'Bad');
    shop.git('checkout', '--quiet', 'main');
    shop.git('commit', '--quiet', '--no-verify', '--allow-empty', '-m', 'Elsewhere');
    expect(shop.run(['merge', '--no-edit', 'bad'])).toMatchObject({
      status: 1,
      said: expect.stringContaining(SAID_BAD),
    });
    shop.git('merge', '--abort');
    shop.write(GOOD);
    shop.git('commit', '--quiet', '--no-verify', '--all', '-m', 'Good');
    shop.run(['merge', '--no-edit', 'bad']);
    shop.write(BAD);
    expect(shop.run(['commit', '--all', '--no-edit'])).toMatchObject({
      status: 1,
      said: expect.stringContaining(SAID_BAD),
    });
    shop.write(GOOD);
    shop.git('add', '--all');
    expect(shop.run(['commit', '--no-edit'])).toMatchObject({ status: 0 });
  });

  it('D02 judges what is staged, and never the working directory', () => {
    shop.write(BAD);
    shop.git('add', '--all');
    shop.write(GOOD);
    expect(shop.run(['commit', '-m', 'x'])).toMatchObject({ status: 1, said: expect.stringContaining(SAID_BAD) });
    shop.git('add', '--all');
    shop.write(BAD);
    expect(shop.run(['commit', '-m', 'x'])).toMatchObject({ status: 0 });
  });

  it('D02 follows GIT_INDEX_FILE', () => {
    const index = join(shop.env.HOME ?? '', 'index');
    const env = { GIT_INDEX_FILE: index };
    shop.run(['read-tree', 'HEAD'], { env });
    shop.write(BAD);
    shop.run(['add', '--all'], { env });
    shop.write(GOOD);
    expect(shop.run(['commit', '-m', 'x'], { env })).toMatchObject({ status: 1 });
    expect(shop.run(['commit', '--all', '-m', 'x'])).toMatchObject({ status: 0 });
  });

  it('D03 judges the first commit of a branch without history, and a detached HEAD', () => {
    shop.git('checkout', '--quiet', '--orphan', 'fresh');
    shop.write(BAD);
    expect(shop.run(['commit', '--all', '-m', 'x'])).toMatchObject({
      status: 1,
      said: expect.stringContaining(SAID_BAD),
    });
    shop.git('checkout', '--quiet', '--force', '--detach', 'main');
    shop.write(BAD);
    expect(shop.run(['commit', '--all', '-m', 'x'])).toMatchObject({ status: 1 });
  });

  it('D03 works with ids of SHA-256', () => {
    const other = createShop(program.path, { objectFormat: 'sha256' });
    other.write(BAD);
    expect(other.run(['commit', '--all', '-m', 'x'])).toMatchObject({ status: 1 });
    other.write(GOOD);
    expect(other.run(['commit', '--all', '-m', 'x'])).toMatchObject({ status: 0 });
    expect(other.run(['push', 'origin', 'main'])).toMatchObject({ status: 0 });
    other.cleanup();
  });

  it('does not ask for an acknowledgement before there is a message', () => {
    shop.write(DATABASE('11.4.2'));
    const { said } = shop.run(['commit', '--all', '-m', 'x']);
    expect(said.indexOf('HIGH')).toBeLessThan(said.indexOf('which the message does not acknowledge'));
  });

  it('G01 takes the policy from before the change', () => {
    shop.write({ ...BAD, '.deploy-lint.yaml': `rules: { ${SAID_BAD}: off }\n` });
    shop.git('add', '--all');
    expect(shop.run(['commit', '-m', 'x'])).toMatchObject({ status: 1, said: expect.stringContaining(SAID_BAD) });
  });

  it('G03 refuses a configuration with a command or an address in it', () => {
    for (const text of ['extends: https://evil.example/policy.yaml', 'command: touch pwned', 'plugins: [./rule.js]']) {
      shop.write({ '.deploy-lint.yaml': `${text}\n` });
      shop.git('add', '--all');
      expect(shop.run(['commit', '-m', 'x'])).toMatchObject({
        status: 1,
        said: expect.stringContaining('there is no setting'),
      });
    }
  });
});
