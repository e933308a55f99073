import { describe, expect, it } from 'vitest';
import { eventOf, vendorOf } from '../../src/ci/detect.ts';
import { branchIn, type Env, type Event, oidIn } from '../../src/ci/event.ts';
import { GitError } from '../../src/git/error.ts';
import * as fc from '../support/properties.ts';

const [A, B, C] = ['a', 'b', 'c'].map(digit => digit.repeat(40));
const ZERO = '0'.repeat(40);

const GITHUB = { GITHUB_ACTIONS: 'true', GITHUB_SHA: C };
const GITLAB = { GITLAB_CI: 'true', CI_COMMIT_SHA: C, CI_DEFAULT_BRANCH: 'main' };
const AZURE = { TF_BUILD: 'True', BUILD_SOURCEVERSION: C };
const BITBUCKET = { BITBUCKET_BUILD_NUMBER: '7', BITBUCKET_COMMIT: C };
const JENKINS = { JENKINS_URL: 'https://ci.example/', GIT_COMMIT: C };

const pullRequest = {
  pull_request: { number: 12, base: { ref: 'main', sha: A }, head: { ref: 'bump', sha: B } },
};
const pushed = (more: object) => ({
  ref: 'refs/heads/main',
  before: A,
  after: C,
  repository: { default_branch: 'main' },
  ...more,
});
const push = (more: Partial<Event>) => ({ kind: 'push', branch: 'main', before: A, head: C, ...more });

describe('what a pipeline runs for', () => {
  it.each<[string, Env, unknown, object]>([
    [
      'GitHub, pull request: base and head from the payload, the sha of the run as the merge to try it',
      { ...GITHUB, GITHUB_EVENT_NAME: 'pull_request' },
      pullRequest,
      { kind: 'proposal', name: 'pull request 12', target: 'main', base: A, head: B, merged: C },
    ],
    [
      'G01 GitHub, pull_request_target: the base from the payload, since the sha is that of the default branch',
      { ...GITHUB, GITHUB_EVENT_NAME: 'pull_request_target' },
      pullRequest,
      { kind: 'proposal', base: A, head: B },
    ],
    [
      'G09 GitHub, merge queue',
      { ...GITHUB, GITHUB_EVENT_NAME: 'merge_group' },
      { merge_group: { base_ref: 'refs/heads/main', base_sha: A, head_sha: C } },
      { kind: 'proposal', name: 'merge queue', target: 'main', base: A, head: C, merged: C },
    ],
    ['GitHub, push', { ...GITHUB, GITHUB_EVENT_NAME: 'push' }, pushed({}), push({ defaultBranch: 'main' })],
    [
      'D07 GitHub, new branch',
      { ...GITHUB, GITHUB_EVENT_NAME: 'push' },
      pushed({ before: ZERO }),
      push({ before: 'new' }),
    ],
    [
      'D07 GitHub, deletion',
      { ...GITHUB, GITHUB_EVENT_NAME: 'push' },
      pushed({ after: ZERO }),
      { kind: 'standing', name: 'deletion of main', head: C },
    ],
    [
      'D07 GitHub, tag',
      { ...GITHUB, GITHUB_EVENT_NAME: 'push' },
      pushed({ ref: 'refs/tags/v1' }),
      { kind: 'standing', name: 'tag', head: C },
    ],
    [
      'GitHub, schedule',
      { ...GITHUB, GITHUB_EVENT_NAME: 'schedule', GITHUB_REF: 'refs/heads/main' },
      { schedule: '0 4 * * *' },
      { kind: 'standing', name: 'schedule', branch: 'main', head: C },
    ],
    [
      'GitHub, by hand',
      { ...GITHUB, GITHUB_EVENT_NAME: 'workflow_dispatch', GITHUB_REF: 'refs/heads/main' },
      { inputs: {} },
      { kind: 'standing', name: 'workflow dispatch', branch: 'main' },
    ],
    [
      'GitLab, merge request',
      {
        ...GITLAB,
        CI_PIPELINE_SOURCE: 'merge_request_event',
        CI_MERGE_REQUEST_IID: '7',
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'live',
        CI_MERGE_REQUEST_DIFF_BASE_SHA: A,
        CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: '',
        CI_MERGE_REQUEST_TARGET_BRANCH_SHA: '',
      },
      undefined,
      { kind: 'proposal', name: 'merge request 7', target: 'live', base: A, head: C, merged: C },
    ],
    [
      'G09 GitLab, merged results and merge trains',
      {
        ...GITLAB,
        CI_MERGE_REQUEST_IID: '7',
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'live',
        CI_MERGE_REQUEST_DIFF_BASE_SHA: 'd'.repeat(40),
        CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: B,
        CI_MERGE_REQUEST_TARGET_BRANCH_SHA: A,
      },
      undefined,
      { kind: 'proposal', base: A, head: B, merged: C },
    ],
    [
      'GitLab, push',
      { ...GITLAB, CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main', CI_COMMIT_BEFORE_SHA: A },
      undefined,
      push({ defaultBranch: 'main' }),
    ],
    [
      'D07 GitLab, new branch',
      { ...GITLAB, CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main', CI_COMMIT_BEFORE_SHA: ZERO },
      undefined,
      push({ before: 'new' }),
    ],
    [
      'GitLab, schedule',
      { ...GITLAB, CI_PIPELINE_SOURCE: 'schedule', CI_COMMIT_BRANCH: 'main', CI_COMMIT_BEFORE_SHA: ZERO },
      undefined,
      { kind: 'standing', name: 'schedule', branch: 'main' },
    ],
    ['GitLab, tag', { ...GITLAB, CI_PIPELINE_SOURCE: 'push', CI_COMMIT_TAG: 'v1' }, undefined, { name: 'tag' }],
    [
      'Jenkins, change request: what is checked out is the truth',
      { ...JENKINS, CHANGE_ID: '3', CHANGE_TARGET: 'main', BRANCH_NAME: 'PR-3' },
      undefined,
      { kind: 'proposal', name: 'change 3', target: 'main', base: undefined, head: undefined, merged: 'HEAD' },
    ],
    [
      'Jenkins, branch: since the last build that went well',
      { ...JENKINS, BRANCH_NAME: 'main', GIT_PREVIOUS_SUCCESSFUL_COMMIT: A },
      undefined,
      push({}),
    ],
    ['Jenkins, first build', { ...JENKINS, GIT_BRANCH: 'origin/main' }, undefined, push({ before: 'unsaid' })],
    ['Jenkins, tag', { ...JENKINS, TAG_NAME: 'v1' }, undefined, { kind: 'standing', name: 'tag' }],
    [
      'Azure, pull request',
      {
        ...AZURE,
        BUILD_REASON: 'PullRequest',
        SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main',
        SYSTEM_PULLREQUEST_SOURCECOMMITID: B,
        SYSTEM_PULLREQUEST_PULLREQUESTID: '5',
      },
      undefined,
      { kind: 'proposal', name: 'pull request 5', target: 'main', base: undefined, head: B, merged: C },
    ],
    [
      'Azure, push: it does not say where the branch was',
      { ...AZURE, BUILD_REASON: 'IndividualCI', BUILD_SOURCEBRANCH: 'refs/heads/main' },
      undefined,
      push({ before: 'unsaid' }),
    ],
    [
      'Azure, schedule',
      { ...AZURE, BUILD_REASON: 'Schedule', BUILD_SOURCEBRANCH: 'refs/heads/main' },
      undefined,
      { kind: 'standing', name: 'schedule', branch: 'main' },
    ],
    [
      'Bitbucket, pull request',
      { ...BITBUCKET, BITBUCKET_PR_ID: '9', BITBUCKET_PR_DESTINATION_BRANCH: 'main', BITBUCKET_BRANCH: 'bump' },
      undefined,
      { kind: 'proposal', name: 'pull request 9', target: 'main', head: C, merged: 'HEAD' },
    ],
    ['Bitbucket, push', { ...BITBUCKET, BITBUCKET_BRANCH: 'main' }, undefined, push({ before: 'unsaid' })],
    ['Bitbucket, tag', { ...BITBUCKET, BITBUCKET_TAG: 'v1' }, undefined, { kind: 'standing', name: 'tag' }],
    ['anywhere else', {}, undefined, { kind: 'proposal', name: 'HEAD', target: undefined, head: 'HEAD' }],
  ])('%s', async (_name, env, payload, expected) => {
    expect(await eventOf(env, async () => JSON.stringify(payload))).toMatchObject(expected);
  });

  it('is asked of the vendor whose marks are there', () => {
    expect([GITHUB, GITLAB, AZURE, BITBUCKET, JENKINS, {}].map(env => vendorOf(env))).toEqual([
      'github',
      'gitlab',
      'azure',
      'bitbucket',
      'jenkins',
      'plain',
    ]);
  });
});

describe('G08 what an event says is hostile', () => {
  it.each([
    '--upload-pack=touch pwned',
    '-x',
    'a b',
    'main\nrefs/heads/other',
    'a..b',
    'a@{1}',
    'main^',
    'main~1',
    ':/text',
    'a\\b',
    'a*',
    '.git',
    'a/.b',
    'x.lock',
    'ends/',
    '/begins',
    '@',
    '',
    'main\u001b[2J',
    'x'.repeat(2000),
  ])('%j is no name of a branch', name => {
    expect(() => branchIn('base.ref', name)).toThrow(GitError);
  });

  it('takes names that git takes', () => {
    expect(
      ['main', 'refs/heads/release/1.2', 'feature/ü-#12', 'dependabot/npm_and_yarn/x-1.0.0'].map(name =>
        branchIn('x', name),
      ),
    ).toEqual(['main', 'release/1.2', 'feature/ü-#12', 'dependabot/npm_and_yarn/x-1.0.0']);
  });

  it('takes nothing but ids of objects for one', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.integer(), fc.object(), fc.constant(`${A}\n`), fc.constant(`${A}^`)),
        value => {
          let oid: unknown;
          try {
            oid = oidIn('sha', value);
          } catch (error) {
            expect(error).toMatchObject({ exitCode: 3, message: expect.not.stringMatching(/\p{Cc}/u) });
            return;
          }
          expect(oid === undefined || /^[0-9a-f]+$/.test(String(oid))).toBe(true);
        },
      ),
    );
  });

  it.each([
    '{',
    '[]',
    'null',
    '{"pull_request":{"__proto__":{"base":{}}}}',
    '{"pull_request":{"base":{"ref":"x; id"}}}',
  ])('a payload of %s ends in words', async payload => {
    const env = { ...GITHUB, GITHUB_EVENT_NAME: 'pull_request' };
    await expect(eventOf(env, async () => payload)).rejects.toBeInstanceOf(GitError);
  });
});
