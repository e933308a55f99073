import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildProgram, type Program } from '../support/program.ts';
import { BAD, createShop, DATABASE, GOOD, SAID_BAD, type Shop } from './shop.ts';

let program: Program;
let shop: Shop;
beforeAll(async () => {
  program = await buildProgram();
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

describe('the commit-msg hook', () => {
  const high = (message: string) => {
    shop.write(DATABASE('11.4.2'));
    return shop.run(['commit', '--all', '-m', message]);
  };

  it('asks for the acknowledgement of a high risk, and says how to give it', () => {
    const { status, said } = high('Raise the database');
    expect(status).toBe(1);
    expect(said).toContain('which the message does not acknowledge');
    expect(said).toContain('    Deploy-Risk: high\n');
    expect(said).toContain('git commit --edit --file .git/COMMIT_EDITMSG');
  });

  it('goes on as it says', () => {
    high('Raise the database');
    const editor = `sh -c 'printf "\\nDeploy-Risk: high\\n" >> "$1"' --`;
    const env = { GIT_EDITOR: editor };
    expect(shop.run(['commit', '--all', '--edit', '--file', '.git/COMMIT_EDITMSG'], { env })).toMatchObject({
      status: 0,
    });
    expect(shop.git('log', '-1', '--format=%(trailers)')).toBe('Deploy-Risk: high\n');
  });

  it('says first where the message declares less', () => {
    const { status, words } = high('Raise the database\n\nDeploy-Risk: low');
    expect(status).toBe(1);
    expect(words).toContain('stopped the message says low risk, and what is staged is high risk (MariaDB major)');
  });

  it('reads trailers as git does, and tells of what is nearly one', () => {
    const { status, said } = high('Raise the database\n\nDeploy Risk: high');
    expect(status).toBe(1);
    expect(said).toContain('"Deploy Risk: high" is not read: the key is Deploy-Risk');
  });

  it.each([
    ['line ends of Windows', [], 'Raise the database\r\n\r\nDeploy-Risk: high\r\n'],
    ['another comment character', ['core.commentChar', ';'], 'Raise the database\n\nDeploy-Risk: high\n'],
    ['the change below the scissors', ['commit.verbose', 'true'], 'Raise the database\n\nDeploy-Risk: high\n'],
    ['no clean-up', ['commit.cleanup', 'verbatim'], 'Raise the database\n\nDeploy-Risk: high\n'],
    ['scissors alone', ['commit.cleanup', 'scissors'], 'Raise the database\n\nDeploy-Risk: high\n'],
  ])('reads a message from an editor with %s', (_, [name, value], message) => {
    shop.write(DATABASE('11.4.2'));
    const file = join(shop.env.HOME ?? '', 'message');
    writeFileSync(file, message);
    if (name !== undefined && value !== undefined) shop.git('config', name, value);
    // As who writes above what git shows in the editor.
    const env = { GIT_EDITOR: `sh -c 'cat ${file} "$1" > "$1.new" && mv "$1.new" "$1"' --` };
    const { status, said } = shop.run(['commit', '--all'], { env });
    expect([status, said]).toEqual([0, expect.not.stringContaining('stopped')]);
    expect(shop.git('log', '-1', '--format=%(trailers:key=Deploy-Risk,valueonly)').trim()).toBe('high');
  });

  it('lets a message alone be amended', () => {
    expect(high('Raise the database\n\nDeploy-Risk: high')).toMatchObject({ status: 0 });
    expect(shop.run(['commit', '--amend', '-m', 'Raise the database of the shop\n\nDeploy-Risk: high'])).toMatchObject({
      status: 0,
      said: expect.not.stringContaining('note'),
    });
  });

  it('lets an error through that the policy lets a message acknowledge, and asks for the reason', () => {
    shop.write({ '.deploy-lint.yaml': `gate: { acknowledge: [high, ${SAID_BAD}] }\n` });
    shop.git('add', '--all');
    expect(shop.run(['commit', '-m', 'Set the policy'])).toMatchObject({ status: 0 });
    // The policy that judges a push is the one that the remote has.
    shop.run(['push', 'origin', 'main']);
    shop.write(BAD);
    expect(shop.run(['commit', '--all', '-m', 'Bump'])).toMatchObject({
      status: 1,
      said: expect.stringContaining(`Deploy-Lint-Ack: ${SAID_BAD} - why it is meant`),
    });
    // kustomize refuses the build, which is a risk of its own.
    const meant = `Bump\n\nDeploy-Risk: high\nDeploy-Lint-Ack: ${SAID_BAD} - the tag is 1.1 there`;
    expect(shop.run(['commit', '--all', '-m', meant])).toMatchObject({ status: 0 });
    expect(shop.run(['push', 'origin', 'main'])).toMatchObject({ status: 0 });
  });

  it('finds its place in a linked worktree, where the file of the message is elsewhere', () => {
    const linked = join(shop.env.HOME ?? '', 'a linked one');
    shop.git('worktree', 'add', '--quiet', '-b', 'other', linked, 'main');
    shop.git('-C', linked, 'rm', '--quiet', '--cached', 'shop/base/database.yaml');
    const { status, said } = shop.run(['commit', '-m', 'x'], { cwd: linked });
    expect(status).toBe(1);
    expect(said).toMatch(/tag-|stopped|not committed/);
  });
});

describe('a commit', () => {
  it.each([
    ['good', GOOD],
    ['bad', BAD],
    ['of high risk', DATABASE('11.4.2')],
  ])('that is %s is told of in the same words with and without an editor', (_, files) => {
    shop.write(files);
    shop.git('add', '--all');
    const head = shop.git('rev-parse', 'HEAD');
    const without = shop.run(['commit', '--quiet', '-m', '[App: web] Change']);
    shop.git('reset', '--quiet', '--soft', head);
    const env = { GIT_EDITOR: `sh -c 'echo "[App: web] Change" > "$1"' --` };
    expect(shop.run(['commit', '--quiet'], { env })).toEqual(without);
  });
});
