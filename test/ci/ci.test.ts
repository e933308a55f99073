import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BAD, DATABASE, GOOD, SAID_BAD, TAG } from '../gate/shop.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';

let shop: Pipeline;
beforeEach(() => {
  shop = createPipeline();
});
afterEach(() => shop.cleanup());

describe('a pull request on GitHub', () => {
  it('passes where nothing is wrong, and says so in every place that GitHub reads', async () => {
    const { status, stdout, outputs, summary } = await shop.ci(shop.pullRequest(shop.propose(['Bump', GOOD])));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^pull request 12 into main: 1 commit\n/);
    expect(stdout).toMatch(/deploy-lint: low, 0 remarks\n$/);
    expect(outputs).toEqual({
      risk: 'low',
      passes: 'true',
      autoMergeable: 'true',
      autoMergeBars: '',
      labels: 'deploy-risk/low',
    });
    expect(summary).toMatch(/^\*\*LOW\*\* `[0-9a-f]{8}\.\.[0-9a-f]{8}` pull request 12 into main\n/);
  });

  it('G07 reports where nothing deploys, so that it can be required', async () => {
    const { status, stdout, outputs } = await shop.ci(
      shop.pullRequest(shop.propose(['Docs', { 'README.md': 'More.\n' }])),
    );
    expect(status).toBe(0);
    expect(stdout).toContain('nothing that deploys changed (1 file: README.md)');
    expect(stdout).toContain('pull request 12 into main passes (1 file: 0 analysed, 1 left out)');
    expect(outputs).toMatchObject({ risk: 'none', passes: 'true' });
  });

  it('judges what is there after the merge, and the commits that come, not the merge that GitHub tried', async () => {
    const head = shop.propose(['Raise production\n\nDeploy-Risk: medium', TAG('prod', '2.0.0')]);
    shop.land('Raise staging', TAG('staging', '2.0.0'));
    const { stdout, status } = await shop.ci(shop.pullRequest(head));
    expect(stdout).toContain('main: 1 commit');
    expect(stdout).not.toContain('Merge');
    expect(stdout).toMatch(/\[x\] staging first|on staging +2\.0\.0/);
    expect(status).toBe(0);
  });

  it('G09 falls back on the merge base where the head itself is checked out', async () => {
    const head = shop.propose(['Bump', BAD]);
    shop.land('Something else', { 'README.md': 'Other.\n' });
    const env = shop.pullRequest(head);
    shop.git('checkout', '--quiet', head);
    const { status, stdout } = await shop.ci({ ...env, GITHUB_SHA: 'f'.repeat(40) });
    expect(status).toBe(1);
    expect(stdout).toContain(SAID_BAD);
    expect(stdout).not.toContain('README.md');
  });

  it('G04 stops what was committed past the hooks', async () => {
    const { status, stdout, outputs, summary } = await shop.ci(shop.pullRequest(shop.propose(['Bump', BAD])));
    expect(status).toBe(1);
    expect(stdout).toContain(`stopped  1 error: ${SAID_BAD}`);
    expect(stdout).toContain(
      'pull request 12 into main does not pass (1 file: 1 analysed, 0 left out)\n::error file=shop/staging/kustomization.yaml,',
    );
    expect(outputs).toMatchObject({ passes: 'false', autoMergeable: 'false', autoMergeBars: 'stopped,errors,risk' });
    expect(summary).toContain('### What stops it');
  });

  it('wants a high risk acknowledged by the commit that brings it', async () => {
    const files = DATABASE('11.4.2');
    expect(await shop.ci(shop.pullRequest(shop.propose(['Raise the database', files])))).toMatchObject({
      status: 1,
      words: expect.stringContaining('high risk (MariaDB major), which its message does not'),
      outputs: { labels: 'deploy-risk/high,deploy-lint/stopped,deploy-lint/staging-first' },
    });
    const env = shop.pullRequest(shop.propose(['Raise the database\n\nDeploy-Risk: high', files]));
    expect(await shop.ci(env)).toMatchObject({ status: 0, outputs: { passes: 'true', autoMergeable: 'false' } });
  });

  it('G09 into a branch that does not deploy is stopped by mistakes alone', async () => {
    shop.git('push', '--quiet', 'origin', 'main:next');
    const raise = shop.propose(['Raise the database', DATABASE('11.4.2')]);
    expect(await shop.ci(shop.pullRequest(raise, 'next'))).toMatchObject({
      status: 0,
      words: expect.stringContaining('next does not deploy, so only mistakes count'),
    });
    expect(await shop.ci(shop.pullRequest(shop.propose(['Bump', BAD]), 'next'))).toMatchObject({ status: 1 });
  });

  it('is held by the calendar of today, with the next day named', async () => {
    shop.land('Freeze', {
      '.deploy-lint.yaml':
        'calendar: { timeZone: UTC, freeze: [{ from: 2026-12-20, to: 2027-01-07, reason: peak }] }\n',
    });
    const env = shop.pullRequest(shop.propose(['Bump', GOOD]));
    expect(await shop.ci(env, { now: new Date('2026-12-24T12:00:00Z') })).toMatchObject({
      status: 1,
      words: expect.stringContaining('now is the freeze until 2027-01-07 (peak) It can go out from Fri 2027-01-08'),
    });
    expect(await shop.ci(env, { now: new Date('2026-12-01T12:00:00Z') })).toMatchObject({ status: 0 });
  });

  it('D07 G07 of a shallow clone is exit 3 with the line to add', async () => {
    const env = shop.pullRequest(shop.propose(['Bump', GOOD]));
    shop.git('push', '--quiet', 'origin', 'HEAD:refs/heads/merged');
    for (const depth of ['1', '2']) {
      const cwd = shop.clone('--depth', depth, '--branch', 'merged');
      const { status, stdout, stderr } = await shop.ci(env, { cwd });
      expect([status, stdout]).toEqual(depth === '2' ? [0, expect.anything()] : [3, '']);
      if (depth === '1') expect(stderr).toContain('with: { fetch-depth: 0 }');
      shop.remove('../clone');
    }
  });

  it('G07 D09 of a file whose content is with Git LFS, or in a submodule, is never green', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`;
    const lfs = await shop.ci(shop.pullRequest(shop.propose(['Bump', { 'shop/base/web.yaml': pointer }])));
    expect(lfs).toMatchObject({
      status: 3,
      outputs: { passes: 'false', autoMergeBars: expect.stringContaining('incomplete') },
    });
    expect(lfs.stdout).toContain('shop/base/web.yaml');
    shop.git('checkout', '--quiet', '--force', '-B', 'bump', 'origin/main');
    shop.git('rm', '-r', '--quiet', 'shop/staging');
    shop.git('update-index', '--add', '--cacheinfo', `160000,${'b'.repeat(40)},shop/staging`);
    shop.git('commit', '--quiet', '--message', 'Move staging elsewhere');
    const { status, words } = await shop.ci(shop.pullRequest('bump'));
    expect(status).not.toBe(0);
    expect(words).toContain('shop/staging');
  });

  it('G09 of more files than the API of GitHub tells is judged whole', async () => {
    shop.propose(['Bump', BAD]);
    const oid = shop.git('rev-parse', 'HEAD:README.md');
    const input = Array.from({ length: 3100 }, (_, i) => `100644 ${oid}\tnotes/${i}.md\n`).join('');
    shop.run(['update-index', '--index-info'], { input });
    shop.git('commit', '--quiet', '--amend', '--no-edit');
    const { status, stdout } = await shop.ci(shop.pullRequest('bump'));
    expect(status).toBe(1);
    expect(stdout).toContain('does not pass (3101 files: 1 analysed, 3100 left out)');
    expect(stdout).toContain(SAID_BAD);
  });

  it('G09 is judged by the ids of its event, whatever became of the branches since', async () => {
    const env = shop.pullRequest(shop.propose(['Bump', BAD]));
    // The branch was renamed on the remote, and the proposal was mended after the run that is run again.
    shop.git('push', '--quiet', 'origin', 'origin/main:refs/heads/trunk');
    shop.git('update-ref', '-d', 'refs/remotes/origin/main');
    shop.git('branch', '--force', 'bump', 'main');
    const { status, stdout } = await shop.ci(env);
    expect(status).toBe(1);
    expect(stdout).toContain(SAID_BAD);
  });

  it('D07 never takes the cut of a shallow clone for the beginning of a pull request', async () => {
    const env = shop.pullRequest(shop.propose(['Bump', BAD], ['Mend', GOOD], ['More', TAG('prod', '1.5.1')]));
    shop.git('push', '--quiet', 'origin', 'HEAD:refs/heads/merged');
    const { status, stderr } = await shop.ci(env, { cwd: shop.clone('--depth', '3', '--branch', 'merged') });
    expect(status).toBe(3);
    expect(stderr).toContain('fetch-depth: 0');
  });
});

describe('other events on GitHub', () => {
  const pushed = (before: string, after: string, ref = 'refs/heads/main') =>
    shop.github('push', after, { ref, before, after, repository: { default_branch: 'main' } });

  it('G09 judges each commit of the merge queue', async () => {
    const base = shop.git('rev-parse', 'HEAD');
    const head = shop.commit('Bump', GOOD);
    const payload = { merge_group: { base_ref: 'refs/heads/main', base_sha: base, head_sha: head } };
    const { status, stdout } = await shop.ci(shop.github('merge_group', head, payload));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^merge queue into main: 1 commit\n/);
  });

  it('D07 judges a push from where the branch was, by force too', async () => {
    const before = shop.land('Bump', GOOD);
    shop.git('reset', '--quiet', '--hard', 'HEAD~1');
    const after = shop.commit('Other', BAD);
    const { status, stdout } = await shop.ci(pushed(before, after));
    expect(status).toBe(1);
    expect(stdout).toMatch(/^push to main: 1 commit\n/);
    expect(stdout).toContain('1.5.1 -> 1.10');
  });

  it('D07 says how to get a commit that was pushed over', async () => {
    const gone = 'd'.repeat(40);
    const { status, stderr } = await shop.ci(pushed(gone, shop.git('rev-parse', 'HEAD')));
    expect(status).toBe(3);
    expect(stderr).toContain(`commit ${gone} is not in this clone`);
    expect(stderr).toContain(`git fetch origin ${gone}`);
  });

  it('D07 compares a new branch with the default one', async () => {
    const after = shop.commit('Bump', BAD);
    const env = pushed('0'.repeat(40), after, 'refs/heads/bump');
    expect(await shop.ci(env)).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^new branch bump: 1 commit/),
    });
  });

  it('D07 takes the first push of all, a tag and a schedule for a tree that stands', async () => {
    const after = shop.commit('Bump', BAD);
    const tag = pushed('0'.repeat(40), after, 'refs/tags/v1');
    const schedule = { ...shop.github('schedule', after, {}), GITHUB_REF: 'refs/heads/main' };
    for (const env of [pushed('0'.repeat(40), after), tag, schedule]) {
      const { status, stdout, outputs } = await shop.ci(env);
      expect([status, outputs.autoMergeBars]).toEqual([1, 'stopped,errors,not-a-proposal']);
      expect(stdout).toContain(SAID_BAD);
    }
  });

  it('judges allowances of the tree by today', async () => {
    const allowed =
      'newTag: 1.10 # deploy-lint: allow tag-is-a-number until 2026-03-20 - until the registry is mended\n';
    const after = shop.land('Allow', {
      'shop/staging/kustomization.yaml': `resources: [../base]\nimages:\n  - name: registry.example/shop\n    ${allowed}`,
    });
    const env = { ...shop.github('schedule', after, {}), GITHUB_REF: 'refs/heads/main' };
    expect(await shop.ci(env)).toMatchObject({ status: 0 });
    expect(await shop.ci(env, { now: new Date('2026-03-21T00:00:00Z') })).toMatchObject({ status: 1 });
  });
});
