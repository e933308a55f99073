import { hardErrors } from '../gate/gate.ts';
import type { Question } from '../git/sides.ts';
import type { Palette } from '../report/line.ts';
import type { Result } from '../report/result.ts';
import { reportText } from '../report/text.ts';
import { type Answer, EXIT, type Io } from './io.ts';

/** What the hooks share. */
export interface HookRun {
  /** What git gives the hook. */
  readonly args: readonly string[];
  /** The commit-msg hook stands in for the pre-commit hook too. */
  readonly withChange: boolean;
  /** Undefined for that of the tree before the change. */
  readonly config: string | undefined;
  readonly palette: Palette;
  readonly ask: (subject: Question) => Promise<Result>;
}

/** What is told of a change whatever its message says, and whether that stops it. */
export function aboutChange(result: Result, { palette }: HookRun, { columns = 80 }: Io): Answer {
  const exitCode = exitCodeOf(result);
  return {
    stdout: reportText(result, { width: columns, palette, failed: exitCode !== EXIT.clean }),
    stderr: '',
    exitCode,
  };
}

/** Prints an answer, which lasts unless something could not be read, and may be the next time. Gives the exit code. */
export function tell(answer: Answer, { incomplete }: Result, { config }: HookRun, io: Io): number {
  io.stdout.write(answer.stdout);
  io.stderr.write(answer.stderr);
  if (config === undefined && incomplete.length === 0) io.lasts?.(answer);
  return answer.exitCode;
}

function exitCodeOf({ incomplete, findings, config }: Result): number {
  if (incomplete.length > 0) return EXIT.incomplete;
  return hardErrors(findings, config).length > 0 ? EXIT.found : EXIT.clean;
}
