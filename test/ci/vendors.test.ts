import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BAD, GOOD, SAID_BAD, TAG } from '../gate/shop.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';

let shop: Pipeline;
beforeEach(() => {
  shop = createPipeline();
});
afterEach(() => shop.cleanup());

describe('other vendors', () => {
  /** The head and the target as ids, with the head checked out. */
  function proposed(): { head: string; base: string } {
    const head = shop.git('rev-parse', shop.propose(['Bump', BAD]));
    const base = shop.land('Something else', { 'README.md': 'Other.\n' });
    shop.git('checkout', '--quiet', head);
    return { head, base };
  }

  it.each<[string, (ids: { head: string; base: string }) => Record<string, string>, boolean]>([
    [
      'gitlab',
      ({ head }) => ({
        GITLAB_CI: 'true',
        CI_COMMIT_SHA: head,
        CI_MERGE_REQUEST_IID: '12',
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
        CI_MERGE_REQUEST_DIFF_BASE_SHA: shop.git('merge-base', head, 'origin/main'),
      }),
      false,
    ],
    [
      'gitlab, merged results',
      ({ head, base }) => ({
        GITLAB_CI: 'true',
        CI_COMMIT_SHA: shop.git('rev-parse', 'HEAD'),
        CI_MERGE_REQUEST_IID: '12',
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
        CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: head,
        CI_MERGE_REQUEST_TARGET_BRANCH_SHA: base,
      }),
      true,
    ],
    ['jenkins, the head', () => ({ JENKINS_URL: 'x', CHANGE_ID: '12', CHANGE_TARGET: 'main' }), false],
    ['jenkins, merged', () => ({ JENKINS_URL: 'x', CHANGE_ID: '12', CHANGE_TARGET: 'main' }), true],
    [
      'azure',
      ({ head }) => ({
        TF_BUILD: 'True',
        BUILD_SOURCEVERSION: shop.git('rev-parse', 'HEAD'),
        SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main',
        SYSTEM_PULLREQUEST_SOURCECOMMITID: head,
        SYSTEM_PULLREQUEST_PULLREQUESTID: '12',
      }),
      true,
    ],
    [
      'bitbucket',
      ({ head, base }) => ({
        BITBUCKET_BUILD_NUMBER: '1',
        BITBUCKET_COMMIT: head,
        BITBUCKET_PR_ID: '12',
        BITBUCKET_PR_DESTINATION_BRANCH: 'main',
        BITBUCKET_PR_DESTINATION_COMMIT: base.slice(0, 12),
      }),
      true,
    ],
    ['plain', () => ({}), false],
  ])('%s: the same range', async (_name, variables, isMerged) => {
    const ids = proposed();
    if (isMerged) {
      shop.git('checkout', '--quiet', ids.base);
      shop.merge(ids.head);
    }
    const { status, stdout } = await shop.ci(variables(ids));
    expect(status).toBe(1);
    expect(stdout).toMatch(/^\S.* into main: 1 commit\n/);
    expect(stdout).toContain(SAID_BAD);
    expect(stdout).not.toMatch(/README|Something else|Merge/);
  });

  it.each([
    [
      'gitlab',
      { GITLAB_CI: 'true', CI_MERGE_REQUEST_IID: '1', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' },
      'GIT_DEPTH: 0',
    ],
    ['azure', { TF_BUILD: 'True', SYSTEM_PULLREQUEST_TARGETBRANCH: 'main' }, 'fetchDepth: 0'],
    ['bitbucket', { BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_PR_DESTINATION_BRANCH: 'main' }, 'depth: full'],
    ['jenkins', { JENKINS_URL: 'x', CHANGE_TARGET: 'main' }, '+refs/heads/*:refs/remotes/origin/*'],
  ])('D07 %s: a shallow clone is exit 3 with the line to add', async (_name, env, line) => {
    const base = shop.git('rev-parse', 'HEAD');
    const head = shop.git('rev-parse', shop.propose(['Bump', GOOD], ['More', TAG('prod', '1.5.1')]));
    shop.git('push', '--quiet', 'origin', 'bump');
    const cwd = shop.clone('--depth', '1', '--branch', 'bump');
    const ids = {
      CI_COMMIT_SHA: head,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      BUILD_SOURCEVERSION: head,
      BITBUCKET_COMMIT: head,
    };
    const { status, stdout, stderr } = await shop.ci({ ...ids, ...env }, { cwd });
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toContain(line);
  });

  it('D07 anywhere else: a clone that knows no other branch asks for it, and one that lacks it says so', async () => {
    shop.git('push', '--quiet', 'origin', `${shop.propose(['Bump', GOOD], ['More', TAG('prod', '1.5.1')])}:bump`);
    const cwd = shop.clone('--depth', '1', '--branch', 'bump');
    const unnamed = await shop.ci({}, { cwd });
    expect([unnamed.status, unnamed.stdout]).toEqual([2, '']);
    expect(unnamed.stderr).toContain('deploy-lint ci --from origin/BRANCH');
    const lacking = await shop.ci({}, { cwd, args: ['--from', shop.git('rev-parse', 'main')] });
    expect([lacking.status, lacking.stdout]).toEqual([3, '']);
    expect(lacking.stderr).toContain('git fetch --unshallow');
  });

  it('G07 does not call it clean where the target itself is checked out', async () => {
    const { status, stdout, stderr } = await shop.ci({ JENKINS_URL: 'x', CHANGE_ID: '12', CHANGE_TARGET: 'main' });
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toContain('change 12 into main');
  });

  it('judges the newest commit where nobody says where the branch was', async () => {
    const head = shop.land('Bump', BAD);
    const env = { TF_BUILD: 'True', BUILD_SOURCEVERSION: head, BUILD_SOURCEBRANCH: 'refs/heads/main' };
    expect(await shop.ci(env)).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^newest commit of main: 1 commit\n/),
    });
    expect(await shop.ci({})).toMatchObject({ status: 1, stdout: expect.stringMatching(/^newest commit of main/) });
  });

  it('takes the revisions that a person names before all else', async () => {
    shop.propose(['Bump', BAD]);
    const { status, stdout } = await shop.ci(shop.github('schedule', 'x', {}), { args: ['--from', 'origin/main'] });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^HEAD into main: 1 commit\n/);
    expect(stdout).toContain(SAID_BAD);
    expect((await shop.ci({}, { args: ['--from', 'HEAD~1'] })).stdout).toMatch(/^HEAD~1\.\.HEAD: 1 commit\n/);
  });
});
