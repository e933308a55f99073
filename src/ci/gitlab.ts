import { branchIn, type Env, type Event, neededOid, numberIn, oidIn } from './event.ts';

/** What GitLab CI runs for: docs.gitlab.com/ci/variables/predefined_variables. */
export function gitlabEvent(env: Env): Event {
  const head = neededOid('CI_COMMIT_SHA', env.CI_COMMIT_SHA);
  if (env.CI_MERGE_REQUEST_IID !== undefined) {
    return {
      kind: 'proposal',
      name: `merge request${numberIn(env.CI_MERGE_REQUEST_IID)}`,
      target: branchIn('CI_MERGE_REQUEST_TARGET_BRANCH_NAME', env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME),
      // The two are there in a pipeline for merged results alone, and a merge train is one.
      base:
        oidIn('CI_MERGE_REQUEST_TARGET_BRANCH_SHA', env.CI_MERGE_REQUEST_TARGET_BRANCH_SHA) ??
        neededOid('CI_MERGE_REQUEST_DIFF_BASE_SHA', env.CI_MERGE_REQUEST_DIFF_BASE_SHA),
      head: oidIn('CI_MERGE_REQUEST_SOURCE_BRANCH_SHA', env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA) ?? head,
      merged: head,
    };
  }
  if (env.CI_COMMIT_TAG !== undefined) return { kind: 'standing', name: 'tag', branch: undefined, head };
  const branch = branchIn('CI_COMMIT_BRANCH', env.CI_COMMIT_BRANCH);
  const source = env.CI_PIPELINE_SOURCE ?? '';
  if (source !== 'push') return { kind: 'standing', name: SOURCES.get(source) ?? 'pipeline', branch, head };
  return {
    kind: 'push',
    branch,
    before: oidIn('CI_COMMIT_BEFORE_SHA', env.CI_COMMIT_BEFORE_SHA) ?? 'new',
    head,
    defaultBranch:
      env.CI_DEFAULT_BRANCH === undefined ? undefined : branchIn('CI_DEFAULT_BRANCH', env.CI_DEFAULT_BRANCH),
  };
}

/** docs.gitlab.com/ci/jobs/job_rules, "CI_PIPELINE_SOURCE predefined variable". */
const SOURCES = new Map([
  ['schedule', 'schedule'],
  ['web', 'run by hand'],
  ['api', 'run by the API'],
  ['trigger', 'run by a trigger'],
]);
