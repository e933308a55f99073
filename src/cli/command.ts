import type { Io } from './io.ts';

/** A command besides the check: a file of its own, which is loaded when the command is called. */
export interface Command {
  /** What `deploy-lint NAME --help` prints. */
  readonly help: string;
  /** Takes what stands after the name and returns the exit code. Throws `UsageError` for what cannot be asked. */
  readonly run: (argv: readonly string[], io: Io) => Promise<number>;
}
