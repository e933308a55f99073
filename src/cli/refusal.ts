import { breakCommands, escapeText } from '../report/escape.ts';
import { EXIT } from './io.ts';

/** The command line asks for something that does not exist or does not go together. */
export class UsageError extends Error {
  readonly exitCode = EXIT.usage;
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** A report could not be written where it was to go. */
export class ReportLost extends Error {
  readonly exitCode = EXIT.incomplete;
}

/** What has to be known before anything else could not be asked. */
export class Unanswered extends Error {
  readonly exitCode = EXIT.incomplete;
}

export interface Refusal {
  readonly text: string;
  readonly exitCode: number;
}

/**
 * An error in words for stderr: one line, and what to do about it. An error that nobody foresaw is a defect and means
 * that nothing was decided: exit 3, and the stack only on request, since it can hold content of the repository.
 */
export function refusalOf(error: unknown, debug: boolean): Refusal {
  const foreseen = foreseenBy(error);
  if (foreseen !== undefined) {
    const hint = foreseen.hint === undefined ? [] : [`  ${foreseen.hint}`];
    return { text: printed([`deploy-lint: ${foreseen.message}`, ...hint]), exitCode: foreseen.exitCode };
  }
  const stack = debug && error instanceof Error ? (error.stack ?? '').split('\n') : [];
  const hint = debug ? [] : ['  This is a defect of deploy-lint. DEPLOY_LINT_DEBUG=1 shows where it happened.'];
  const message = error instanceof Error ? error.message : String(error);
  return { text: printed([`deploy-lint: internal error: ${message}`, ...hint, ...stack]), exitCode: EXIT.incomplete };
}

function foreseenBy(error: unknown): { message: string; hint: string | undefined; exitCode: number } | undefined {
  if (!(error instanceof Error) || !('exitCode' in error) || typeof error.exitCode !== 'number') return undefined;
  const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint : undefined;
  return { message: error.message, hint, exitCode: error.exitCode };
}

function printed(lines: readonly string[]): string {
  return lines.map(line => `${breakCommands(escapeText(line))}\n`).join('');
}
