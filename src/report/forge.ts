import { uriOf } from '../git/path.ts';

/** Where a line of a file can be read; undefined where no address is known. */
export type Forge = (place: {
  readonly file: string;
  readonly line: number;
  readonly side: 'before' | 'after';
}) => string | undefined;

/** The commits of the two sides; undefined for what is not committed. */
export interface Commits {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Addresses of lines as GitHub and GitLab have them, by the variables that their pipelines set. */
export function forgeOf(env: Readonly<Record<string, string | undefined>>, commits: Commits): Forge {
  const root = blobRoot(env);
  return ({ file, line, side }) => {
    const commit = commits[side];
    if (root === undefined || commit === undefined) return undefined;
    return `${root}/${commit}/${uriOf(file)}#L${line}`;
  };
}

function blobRoot(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, CI_PROJECT_URL } = env;
  if (GITHUB_SERVER_URL && GITHUB_REPOSITORY) return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/blob`;
  return CI_PROJECT_URL ? `${CI_PROJECT_URL}/-/blob` : undefined;
}
