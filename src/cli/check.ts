import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Question } from '../git/sides.ts';
import type { Considered, Request } from '../lint.ts';
import type { Result } from '../report/result.ts';
import { reportText } from '../report/text.ts';
import type { CheckCommand, Report } from './arguments.ts';
import { paletteFor } from './color.ts';
import { exitCodeOf } from './fail-level.ts';
import { EXPLANATIONS, reportFor } from './formats.ts';
import { EXIT, type Io } from './io.ts';
import { folderOf } from './options.ts';
import { progressOn } from './progress.ts';
import { ReportLost } from './refusal.ts';

/** The pipeline as the check knows it: a question in, and what is to be made of it out. */
export type Consider = <Answer>(request: Request, use: (question: Considered) => Promise<Answer>) => Promise<Answer>;

/** Runs the check, prints or writes its reports and returns the exit code, which is the same for each of them. */
export async function check(command: CheckCommand, io: Io, consider: Consider): Promise<number> {
  const cwd = await folderOf(command.cwd, io.cwd);
  if (command.shard !== undefined && command.subject !== undefined) {
    const { printShare } = await import('./shard.ts');
    return printShare(command.subject, command.shard, cwd, io);
  }
  const explained = command.name === 'explain' || command.reports.some(({ format }) => EXPLANATIONS.has(format));
  const progress = progressOn(io, command.quiet);
  const ask = <Answer>(subject: Question, use: (question: Considered) => Promise<Answer>) => {
    const request = {
      subject,
      cwd,
      env: io.env,
      home: io.home,
      config: command.config,
      explained,
      onProgress: progress.show,
    };
    // A commit is told of in the same words on any day.
    return consider(
      subject.kind === 'staged' || subject.kind === 'tree' ? { ...request, now: io.now() } : request,
      use,
    );
  };
  const tell = async (considered: Considered) => {
    const question = { ...considered, result: () => considered.result().finally(progress.clear) };
    return report(command, await question.result(), cwd, io);
  };
  if (command.subject !== undefined) return ask(command.subject, tell);
  const exitCode = await ask({ kind: 'staged' }, async question =>
    question.isAnythingChanged ? tell(question) : undefined,
  );
  return exitCode ?? ask({ kind: 'commit', rev: 'HEAD' }, tell);
}

async function report(command: CheckCommand, result: Result, cwd: string, io: Io): Promise<number> {
  if (command.instead === 'write-baseline') {
    const { writeBaseline } = await import('./write-baseline.ts');
    return writeBaseline(result, cwd, io);
  }
  if (command.instead !== undefined) {
    const { fix } = await import('./fix.ts');
    return fix(result, command, cwd, io);
  }
  const exitCode = exitCodeOf(result, command.failLevel);
  const failed = exitCode !== EXIT.clean;
  const printed = await tell(result, { ...command, failed }, io);
  if (isLasting(command, result)) io.lasts?.({ stdout: printed, stderr: '', exitCode });
  return exitCode;
}

/** Whether the answer is one about the staged content of the folder that it was asked in, and all of it is printed. */
function isLasting({ subject, cwd, config, reports }: CheckCommand, { incomplete }: Result): boolean {
  // What could not be read this time may be there the next time.
  const isAboutStaged = subject?.kind === 'staged' && cwd === undefined && config === undefined;
  return isAboutStaged && incomplete.length === 0 && reports.every(({ file }) => file === undefined);
}

/** How a result is told. */
export interface Telling extends Pick<CheckCommand, 'name' | 'reports' | 'color' | 'quiet'> {
  /** The exit code will be other than 0. */
  readonly failed: boolean;
}

/** Prints or writes each report, and returns what it printed. Throws `ReportLost`. */
export async function tell(result: Result, telling: Telling, io: Io): Promise<string> {
  const printed: string[] = [];
  for (const { format, file } of telling.reports) {
    const text =
      format === 'text'
        ? await textOf(telling, result, file, io)
        : await reportFor(format, result, io, telling.name === 'explain');
    if (file !== undefined) await write(resolve(io.cwd, file), text);
    else {
      io.stdout.write(text);
      printed.push(text);
    }
  }
  return printed.join('');
}

/** A file is read in editors, which show no colours unless these are asked for, and is written in any case. */
async function textOf(
  { name, color, quiet, failed }: Omit<Telling, 'reports'>,
  result: Result,
  file: Report['file'],
  io: Io,
): Promise<string> {
  if (quiet && !failed && file === undefined) return '';
  const palette = paletteFor(file !== undefined && color === 'auto' ? 'never' : color, io);
  const options = { width: io.columns ?? 80, palette, failed };
  if (name === 'check') return reportText(result, options);
  const { explain } = await import('../report/explain.ts');
  return explain(result, options);
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new ReportLost(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
