/** A story of examples/commits: a patch under a header that says what deploy-lint should say to it. */
export interface Story {
  /** The file's name without its end, and the branch's name. */
  readonly name: string;
  /** `07` of `07-hostname-added`. */
  readonly number: string;
  readonly subject: string;
  /** Of the commit message. */
  readonly body: string;
  /** Level of the verdict. */
  readonly expect: string;
  /** Ids of the rules that find something, sorted. */
  readonly finds: readonly string[];
  /** Number of the story that it goes on from; undefined for the sample as it is. */
  readonly after: string | undefined;
  /** It undoes the story that it goes on from, as `git revert` does, and has no patch of its own. */
  readonly isRevert: boolean;
  /** Asked about what is staged, as the hook does; else about the commit. */
  readonly isStaged: boolean;
  /** What the reader should see in it, a line each. */
  readonly why: readonly string[];
  readonly patch: string;
}

/** The folder of the stories. */
export const STORIES: string;

/** All stories in the order of their numbers. Throws where a header lacks something. */
export function readStories(): readonly Story[];

export interface SampleRepository {
  /** Holds the repository and, beside it, what deploy-lint caches. */
  readonly folder: string;
  /** The repository: `main` checked out, and a branch for each story. */
  readonly path: string;
  /** Without anyone's git configuration; for deploy-lint and git. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Builds the sample in an empty folder. Every build has the same commit ids. The stories come after those they go on from. */
export function buildRepository(folder: string, stories: readonly Story[]): SampleRepository;

/** The arguments and the environment with which deploy-lint is asked about a story. */
export function questionOf(
  story: Story,
  repository: SampleRepository,
): { readonly args: readonly string[]; readonly env: SampleRepository['env'] };
