import { writeFileSync } from 'node:fs';
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
