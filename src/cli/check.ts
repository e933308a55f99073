import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Question } from '../git/sides.ts';
import { explain } from '../report/explain.ts';
import { reportJson } from '../report/json.ts';
import type { Result } from '../report/result.ts';
import { reportText } from '../report/text.ts';
import type { CheckCommand } from './arguments.ts';
import { paletteFor } from './color.ts';
import { exitCodeOf } from './fail-level.ts';
import { EXIT, type Io } from './io.ts';
import { UsageError } from './refusal.ts';
import { versionOf } from './version.ts';

/** The pipeline as the commands know it: a question in, everything that a report can show out. */
export type Lint = (request: {
  readonly subject: Question;
  readonly cwd: string;
  readonly env: Io['env'];
  /** From the command line; undefined for the one that the repository holds. */
  readonly config: string | undefined;
}) => Promise<Result>;

/** Runs the check, prints its report and returns the exit code. */
export async function check(command: CheckCommand, io: Io, lint: Lint): Promise<number> {
  const cwd = await folderOf(command.cwd, io.cwd);
  const ask = (subject: Question) => lint({ subject, cwd, env: io.env, config: command.config });
  const result = command.subject === undefined ? await stagedOrNewest(ask) : await ask(command.subject);
  const exitCode = exitCodeOf(result, command.failLevel);
  if (!command.quiet || command.format === 'json' || exitCode !== EXIT.clean) {
    io.stdout.write(await reportOf(command, result, exitCode !== EXIT.clean, io));
  }
  return exitCode;
}

async function reportOf(command: CheckCommand, result: Result, failed: boolean, io: Io): Promise<string> {
  if (command.format === 'json') return reportJson(result, await versionOf(io.home));
  const options = { width: io.columns ?? 80, palette: paletteFor(command.color, io), failed };
  return command.name === 'explain' ? explain(result, options) : reportText(result, options);
}

async function stagedOrNewest(ask: (subject: Question) => Promise<Result>): Promise<Result> {
  const staged = await ask({ kind: 'staged' });
  return staged.files.seen.length > 0 ? staged : ask({ kind: 'commit', rev: 'HEAD' });
}

/** The folder to start in, absolute. Throws `UsageError` where there is none. */
export async function folderOf(folder: string | undefined, cwd: string): Promise<string> {
  if (folder === undefined) return cwd;
  const path = resolve(cwd, folder);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() !== true) throw new UsageError(`--cwd ${folder} is no folder`);
  return path;
}
