import type { UnitChange } from '../change/change.ts';
import type { Config } from '../config/config.ts';
import type { Message } from '../git/message.ts';
import type { Allowed } from '../policy/review.ts';
import type { StagingRecord, Verdict } from '../risk/verdict.ts';
import type { Finding } from '../rule/finding.ts';
import type { Span } from '../yaml/node.ts';
import type { Review } from './review.ts';

/** What could not be known, and how to find out. */
export interface Unknown {
  readonly what: string;
  readonly why: string;
  readonly hint: string | undefined;
  readonly span: Span | undefined;
  readonly units: readonly string[];
}

/** A file that was not analysed, and why that does not matter or cannot be helped. */
export interface Skipped {
  readonly path: string;
  readonly reason: string;
}

/** What was looked at, in the words of the one who asked. */
export interface Subject {
  readonly kind: 'staged' | 'commit' | 'range' | 'tree';
  /** Object id of the commit, of the range's head; undefined for what is staged. */
  readonly commit: string | undefined;
  readonly title: string | undefined;
  /** For a range: the merge base. */
  readonly base: string | undefined;
  /** A merge commit names its parents; each was compared. */
  readonly parents: readonly string[];
}

/** What came after a commit in the files that it changed. */
export interface Newer {
  /** The newest first, a few of them. */
  readonly commits: readonly { readonly oid: string; readonly subject: string }[];
  readonly files: readonly string[];
}

/** Everything that a report can show. Reporters lay it out and decide nothing. */
export interface Result {
  readonly subject: Subject;
  /** The policy that judged. */
  readonly config: Config;
  readonly verdict: Verdict;
  readonly units: readonly UnitChange[];
  /** How many objects each unit has that another run looked at and found nothing in, by its key. */
  readonly counted?: ReadonlyMap<string, number | undefined>;
  readonly findings: readonly Finding[];
  /** What the team lives with, by its own word. */
  readonly allowed: readonly Allowed[];
  /** Left out because the baseline has them. */
  readonly baselined: readonly Finding[];
  /** Object id of the commit that this one takes back, proven by its content. */
  readonly reverts?: string | undefined;
  /** For each version that moves in production. Empty for what is staged, which is looked at for speed. */
  readonly staging: readonly StagingRecord[];
  /** What CI makes of it; absent elsewhere. */
  readonly review?: Review | undefined;
  /** Where it was asked for, and where files of the change are other ones by now. */
  readonly newer?: Newer | undefined;
  readonly unknowns: readonly Unknown[];
  /** What was not analysed because of a limit or broken content: the run is incomplete. */
  readonly incomplete: readonly Unknown[];
  readonly files: {
    readonly seen: readonly string[];
    readonly analysed: readonly string[];
    readonly skipped: readonly Skipped[];
  };
  /** For a range: one line a commit, oldest first. */
  readonly commits: readonly {
    readonly commit: string;
    readonly title: string;
    readonly message: Message;
    /** It has more than one parent. */
    readonly isMerge: boolean;
    readonly verdict: Verdict;
    readonly errors: number;
  }[];
}
