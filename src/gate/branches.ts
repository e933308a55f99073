import { matchesGlob } from '../rule/image-families.ts';

/** What is known of which branches Argo CD applies. */
export interface Deploying {
  /** Globs of the configuration; empty where it names none. */
  readonly configured: readonly string[];
  /** What the repository's own Applications follow: branches, tags, `HEAD`. */
  readonly followed: readonly string[];
  /** Of the remote; undefined where the clone does not know it. */
  readonly defaultBranch: string | undefined;
}

/** The default branch of nearly every repository, where the clone does not know its own. */
const USUAL = ['main', 'master'];

/** Whether what is pushed to the branch gets applied: by the configuration, the Applications, or the default branch. */
export function deploys(branch: string, { configured, followed, defaultBranch }: Deploying): boolean {
  if (configured.length > 0) return configured.some(glob => matchesGlob(branch, glob));
  const isDefault = defaultBranch === undefined ? USUAL.includes(branch) : branch === defaultBranch;
  if (isDefault && (followed.length === 0 || followed.includes('HEAD'))) return true;
  return followed.some(revision => revision.replace(/^refs\/heads\//, '') === branch);
}
