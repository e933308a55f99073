/** What git cannot do or does not know, in words for the person who runs the check. */
export class GitError extends Error {
  /** What to do about it, in full sentences; undefined where the message says it all. */
  readonly hint: string | undefined;
  /** 2: asked for something that does not exist. 3: it exists and cannot be analysed. */
  readonly exitCode: 2 | 3;

  /** The clone has no such commit, as far as git can tell. */
  readonly isMissing: boolean;

  /** `message` is one line, without a full stop and without control characters. */
  constructor(exitCode: 2 | 3, message: string, hint?: string, isMissing = false) {
    super(message);
    this.exitCode = exitCode;
    this.hint = hint;
    this.isMissing = isMissing;
  }
}
