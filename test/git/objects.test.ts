import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Git, locateGit } from '../../src/git/locate.ts';
import { Objects } from '../../src/git/objects.ts';
import { TIMEOUT } from '../../src/git/time-limit.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createRepository();
  repository.commit('one', { 'a.yaml': 'a' });
});
afterEach(() => {
  vi.useRealTimers();
  repository.cleanup();
});

const realGit = (): Git => locateGit(repository.path, repository.env);

/** A git that is this shell script. */
function fakeGit(script: string): Git {
  const program = join(repository.env.HOME ?? '', 'fake-git');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  return { ...realGit(), program };
}

const LIMIT = 1000;

describe('Objects', () => {
  it('reads what a name stands for', async () => {
    const objects = new Objects(realGit());
    const oid = repository.git('rev-parse', 'HEAD:a.yaml');
    const found = await Promise.all([oid, 'HEAD:a.yaml', 'HEAD:gone.yaml'].map(name => objects.get(name, LIMIT)));
    const blob = { oid, type: 'blob', size: 1, content: Buffer.from('a') };
    expect(found).toEqual([blob, blob, undefined]);
    await objects.close();
  });

  it('answers what was asked before it closes', async () => {
    const objects = new Objects(realGit());
    const asked = objects.get('HEAD', LIMIT);
    await objects.close();
    expect(await asked).toMatchObject({ type: 'commit' });
  });

  it('refuses what is asked after it closed', async () => {
    const objects = new Objects(realGit());
    await objects.close();
    await expect(objects.get('HEAD', LIMIT)).rejects.toMatchObject({ exitCode: 3 });
  });

  it('leaves nothing that keeps the program from its end', async () => {
    const processes = () => process.getActiveResourcesInfo().filter(name => name.includes('Process')).length;
    const before = processes();
    // Timers of the test's own runner come and go as well.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const objects = new Objects(realGit());
    await objects.get('HEAD', LIMIT);
    await objects.close();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    // node lets go of a process a moment after it ended; one of an earlier test may have been on its way out.
    await vi.waitFor(() => expect(processes()).toBeLessThanOrEqual(before));
  });

  it.each([
    ['dies at once', 'echo "fatal: no luck" >&2; exit 1', 'git cat-file ended early: no luck'],
    ['dies at a request', 'read line; kill -KILL $$', 'git cat-file ended early: '],
    ['ends without an answer', 'exit 0', 'git cat-file ended early: '],
    ['ends within an answer', `echo ${'0'.repeat(40)} blob 9; echo abc; exit 0`, 'git cat-file ended early: '],
    ['answers something else', 'echo hello; cat', 'git cat-file gave an answer of an unknown form'],
  ])('D09 fails every request where git %s', async (_, script, message) => {
    const objects = new Objects(fakeGit(script));
    const results = await Promise.allSettled(['a', 'b', 'c'].map(name => objects.get(name, LIMIT)));
    expect(results).toEqual(results.map(() => ({ status: 'rejected', reason: expect.objectContaining({ message }) })));
    await expect(objects.get('d', LIMIT)).rejects.toMatchObject({ exitCode: 3, message });
    await objects.close();
  });

  it('D09 takes an answer that came while the program was busy for longer than git may take', async () => {
    const answered = join(repository.path, 'answered');
    const answer = `printf '${'0'.repeat(40)} blob 3\\nabc\\n'`;
    // Node reads what has come in after its timers, and this is to go on as one of them does.
    await setTimeout(0);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const objects = new Objects(fakeGit(`read line; ${answer}; touch '${answered}'; read line`));
    const object = objects.get('a', LIMIT);
    await Promise.resolve();
    while (!existsSync(answered)) spawnSync('true');
    vi.advanceTimersByTime(TIMEOUT);
    vi.useRealTimers();
    expect((await object)?.content?.toString()).toBe('abc');
    await objects.close();
  });

  it('D12 fails every request where git does not start', async () => {
    const objects = new Objects({ ...realGit(), program: join(repository.path, 'gone') });
    await expect(objects.get('HEAD', LIMIT)).rejects.toMatchObject({ exitCode: 3 });
    await objects.close();
  });
});
