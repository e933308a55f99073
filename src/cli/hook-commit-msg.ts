import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { atCommit } from '../gate/at-commit.ts';
import { declaredIn } from '../gate/declared.ts';
import { MESSAGE_FILE, messageInFile, possibleMark } from '../git/message.ts';
import { openSettings } from '../git/settings.ts';
import { answerLines } from '../report/answer.ts';
import { findingBlocks } from '../report/blocks.ts';
import { type Line, print } from '../report/line.ts';
import type { Answer as Objections } from '../report/objection.ts';
import type { Result } from '../report/result.ts';
import { readable } from '../report/text.ts';
import { unitsOf } from '../report/where.ts';
import type { Finding } from '../rule/finding.ts';
import { aboutChange, type HookRun, tell } from './hook-run.ts';
import { type Answer, EXIT, type Io } from './io.ts';
import { UsageError } from './refusal.ts';

/**
 * Judges a message by what is staged. The pre-commit hook told of the change; where it left that to this hook, what it
 * would have told comes first, and what it would have stopped is stopped.
 */
export async function commitMessage(run: HookRun, io: Io): Promise<number> {
  const [file] = run.args;
  if (file === undefined) throw new UsageError('hook commit-msg needs the file of the message');
  const text = await read(file, io.cwd);
  const message = messageInFile(text, await markIn(text, io));
  const result = await run.ask({ kind: 'staged', message });
  const isAboutMessage = ({ span }: Finding) => span.source.file === MESSAGE_FILE;
  const change = { ...result, findings: result.findings.filter(finding => !isAboutMessage(finding)) };
  const first = run.withChange ? aboutChange(change, run, io) : NOTHING;
  if (first.exitCode !== EXIT.clean) return tell(first, result, run, io);
  const answer = atCommit(result, declaredIn(message), file);
  const width = readable(io.columns ?? 80);
  const about = findingBlocks(result.findings.filter(isAboutMessage), unitsOf(result), width);
  const blocks = [...about, ...answerLines(answer, 'not committed', width)];
  // What stands above is the report of the change.
  const lines = blocks.flatMap((block): Line[] => [[], ...block]);
  const second = { stdout: first.stdout, stderr: print(lines, run.palette), exitCode: exitCodeOf(answer, result) };
  return tell(second, result, run, io);
}

const NOTHING: Answer = { stdout: '', stderr: '', exitCode: EXIT.clean };

function exitCodeOf({ stops }: Objections, { incomplete }: Result): number {
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
