import type { Env, Event, Vendor } from './event.ts';
import { githubEvent, payloadOf } from './github.ts';
import { gitlabEvent } from './gitlab.ts';
import { azureEvent, bitbucketEvent, jenkinsEvent } from './others.ts';

/** A variable that the vendor sets in every run, and nobody else. */
const MARKS: readonly (readonly [Exclude<Vendor, 'plain'>, string])[] = [
  ['github', 'GITHUB_ACTIONS'],
  ['gitlab', 'GITLAB_CI'],
  ['azure', 'TF_BUILD'],
  ['bitbucket', 'BITBUCKET_BUILD_NUMBER'],
  ['jenkins', 'JENKINS_URL'],
];

export function vendorOf(env: Env): Vendor {
  return MARKS.find(([, mark]) => Boolean(env[mark]))?.[0] ?? 'plain';
}

/**
 * What the pipeline runs for.
 *
 * @param payload the text of the file that `GITHUB_EVENT_PATH` names; asked for on GitHub alone
 */
export async function eventOf(env: Env, payload: () => Promise<string>): Promise<Event> {
  const vendor = vendorOf(env);
  switch (vendor) {
    case 'github':
      return githubEvent(env, payloadOf(await payload()));
    case 'gitlab':
      return gitlabEvent(env);
    case 'azure':
      return azureEvent(env);
    case 'bitbucket':
      return bitbucketEvent(env);
    case 'jenkins':
      return jenkinsEvent(env);
    case 'plain':
      return { kind: 'proposal', name: 'HEAD', target: undefined, base: undefined, head: 'HEAD', merged: 'HEAD' };
  }
}
