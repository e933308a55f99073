import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { atCommit } from '../gate/at-commit.ts';
import { declaredIn } from '../gate/declared.ts';
import { MESSAGE_FILE, messageInFile, possibleMark } from '../git/message.ts';
import { openSettings } from '../git/settings.ts';
import { answerLines } from '../report/answer.ts';
import { findingBlocks } from '../report/blocks.ts';
import { type Line, print } from '../report/line.ts';
import type { Answer } from '../report/objection.ts';
import type { Result } from '../report/result.ts';
import { readable } from '../report/text.ts';
import { unitsOf } from '../report/where.ts';
import type { HookRun } from './hook.ts';
import { EXIT, type Io } from './io.ts';
import { UsageError } from './refusal.ts';

/** Judges a message by what is staged. The pre-commit hook told of the change; here only the message is told of. */
export async function commitMessage({ args: [file], config, palette, ask }: HookRun, io: Io): Promise<number> {
  if (file === undefined) throw new UsageError('hook commit-msg needs the file of the message');
  const text = await read(file, io.cwd);
  const message = messageInFile(text, await markIn(text, io));
  const result = await ask({ kind: 'staged', message });
  const answer = atCommit(result, declaredIn(message), file);
  const width = readable(io.columns ?? 80);
  const about = result.findings.filter(({ span }) => span.source.file === MESSAGE_FILE);
  const blocks = [...findingBlocks(about, unitsOf(result), width), ...answerLines(answer, 'not committed', width)];
  // What stands above is the report of the pre-commit hook.
  const lines = blocks.flatMap((block): Line[] => [[], ...block]);
  const stderr = print(lines, palette);
  io.stderr.write(stderr);
  const exitCode = exitCodeOf(answer, result);
  if (config === undefined && result.incomplete.length === 0) io.lasts?.({ stdout: '', stderr, exitCode });
  return exitCode;
}

function exitCodeOf({ stops }: Answer, { incomplete }: Result): number {
  if (stops.length > 0) return EXIT.found;
  return incomplete.length > 0 ? EXIT.incomplete : EXIT.clean;
}

/** What comments in the file begin with. git is asked only where it may be another mark than the usual one. */
async function markIn(text: string, { cwd, env }: Io): Promise<string> {
  const possible = possibleMark(text);
  if (possible === undefined) return '#';
  const { get } = await openSettings(cwd, env);
  const set = (await get('core.commentString')) ?? (await get('core.commentChar')) ?? '#';
  return set === 'auto' ? possible : set;
}

async function read(file: string, cwd: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, file), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`the message ${file} cannot be read: ${code}`);
  }
}
