import { branchIn, type Env, type Event, neededOid, numberIn, oidIn } from './event.ts';

/**
 * What Jenkins runs for: the variables of a multibranch project (jenkins.io, "Pipeline: Multibranch", and the job's own
 * "Global Variables Reference") and of the git plugin (plugins.jenkins.io/git, "Environment Variables").
 */
export function jenkinsEvent(env: Env): Event {
  const head = oidIn('GIT_COMMIT', env.GIT_COMMIT);
  if (env.CHANGE_TARGET !== undefined) {
    return {
      kind: 'proposal',
      name: `change${numberIn(env.CHANGE_ID)}`,
      target: branchIn('CHANGE_TARGET', env.CHANGE_TARGET),
      base: undefined,
      head: undefined,
      // GIT_COMMIT is the source's commit or the merge, as the project is set up; what is checked out is the truth.
      merged: 'HEAD',
    };
  }
  if (env.TAG_NAME !== undefined) return { kind: 'standing', name: 'tag', branch: undefined, head: head ?? 'HEAD' };
  const branch = branchIn('BRANCH_NAME', env.BRANCH_NAME ?? env.GIT_BRANCH?.replace(/^origin\//, ''));
  // The last one that went well: what a failed build judged is judged again with what came after it.
  const before = oidIn('GIT_PREVIOUS_SUCCESSFUL_COMMIT', env.GIT_PREVIOUS_SUCCESSFUL_COMMIT);
  const defaultBranch = env.BRANCH_IS_PRIMARY === 'true' ? branch : undefined;
  return { kind: 'push', branch, before: before ?? 'unsaid', head: head ?? 'HEAD', defaultBranch };
}

/** What Azure Pipelines runs for: learn.microsoft.com, "Use predefined variables", System.PullRequest and Build. */
export function azureEvent(env: Env): Event {
  const head = neededOid('BUILD_SOURCEVERSION', env.BUILD_SOURCEVERSION);
  if (env.SYSTEM_PULLREQUEST_TARGETBRANCH !== undefined) {
    return {
      kind: 'proposal',
      name: `pull request${numberIn(env.SYSTEM_PULLREQUEST_PULLREQUESTNUMBER ?? env.SYSTEM_PULLREQUEST_PULLREQUESTID)}`,
      target: branchIn('SYSTEM_PULLREQUEST_TARGETBRANCH', env.SYSTEM_PULLREQUEST_TARGETBRANCH),
      base: undefined,
      head: oidIn('SYSTEM_PULLREQUEST_SOURCECOMMITID', env.SYSTEM_PULLREQUEST_SOURCECOMMITID),
      merged: head,
    };
  }
  const ref = env.BUILD_SOURCEBRANCH ?? '';
  if (ref.startsWith('refs/tags/')) return { kind: 'standing', name: 'tag', branch: undefined, head };
  const branch = branchIn('BUILD_SOURCEBRANCH', ref);
  const name = REASONS.get(env.BUILD_REASON ?? '');
  if (name !== undefined) return { kind: 'standing', name, branch, head };
  return { kind: 'push', branch, before: 'unsaid', head, defaultBranch: undefined };
}

const REASONS = new Map([
  ['Schedule', 'schedule'],
  ['Manual', 'run by hand'],
  ['ResourceTrigger', 'run by a trigger'],
  ['BuildCompletion', 'run by a trigger'],
]);

/** What Bitbucket Pipelines runs for: support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets. */
export function bitbucketEvent(env: Env): Event {
  const head = neededOid('BITBUCKET_COMMIT', env.BITBUCKET_COMMIT);
  if (env.BITBUCKET_PR_DESTINATION_BRANCH !== undefined) {
    return {
      kind: 'proposal',
      name: `pull request${numberIn(env.BITBUCKET_PR_ID)}`,
      target: branchIn('BITBUCKET_PR_DESTINATION_BRANCH', env.BITBUCKET_PR_DESTINATION_BRANCH),
      base: oidIn('BITBUCKET_PR_DESTINATION_COMMIT', env.BITBUCKET_PR_DESTINATION_COMMIT),
      head,
      // The destination is merged into the source before the pipeline runs.
      merged: 'HEAD',
    };
  }
  if (env.BITBUCKET_TAG !== undefined) return { kind: 'standing', name: 'tag', branch: undefined, head };
  if (env.BITBUCKET_BRANCH === undefined) return { kind: 'standing', name: 'run by hand', branch: undefined, head };
  const branch = branchIn('BITBUCKET_BRANCH', env.BITBUCKET_BRANCH);
  return { kind: 'push', branch, before: 'unsaid', head, defaultBranch: undefined };
}
