import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stagedState } from '../git/staged-state.ts';
import { cacheFolder } from '../gitops/cache.ts';
import { readOwnFile, writeOwnFile } from '../gitops/own-file.ts';
import type { Answer, Io } from './io.ts';

/** The number changes with what is kept. */
const VERSION = 'deploy-lint answer 2';
/** So long it holds: what it says of times, a soak on staging or the end of an allowance, is no older than this. */
const MINUTES = 10;
/** The hooks that are asked about what is staged. Each has a last answer of its own, and so has the check. */
const HOOKS = ['pre-commit', 'pre-merge-commit', 'commit-msg'];
/** What colours go by. */
const COLOURS = ['NO_COLOR', 'FORCE_COLOR', 'CLICOLOR_FORCE', 'TERM', 'GITHUB_ACTIONS'];

/**
 * The exit code of the command line. Who asks the same of the same content again, as when a message was refused, is told
 * what was told then, before the program is even loaded; otherwise `work` finds the answer, and it is kept where it may
 * be. What a Secret holds is in no report, and so not here.
 */
export async function answerTo(argv: readonly string[], io: Io, work: (io: Io) => Promise<number>): Promise<number> {
  const name = nameFor(argv);
  const heading = name && headingFor(argv, io);
  const folder = heading && cacheFolder({ top: io.cwd, env: io.env });
  if (name === undefined || folder === undefined || heading === undefined) return work(io);
  const kept = read(join(folder, name), heading);
  if (kept !== undefined) {
    io.stdout.write(kept.stdout);
    io.stderr.write(kept.stderr);
    return kept.exitCode;
  }
  let lasting: Answer | undefined;
  const exitCode = await work({
    ...io,
    lasts: answer => {
      lasting = answer;
    },
  });
  // What was staged meanwhile may or may not be what was looked at.
  if (lasting !== undefined && headingFor(argv, io) === heading) await write(folder, name, heading, lasting);
  return exitCode;
}

/** The file of the last answer to the check or to a hook; undefined for what asks nothing about what is staged. */
function nameFor([command = '', hook = '']: readonly string[]): string | undefined {
  if (command === 'hook' && HOOKS.includes(hook)) return `answer-${hook}`;
  return command === '' || command.startsWith('-') ? 'answer' : undefined;
}

/**
 * All that decides an answer about what is staged. Undefined where nothing is kept: in CI, where the cache may be one that
 * a pull request wrote to; and where the program is not the shipped one, which alone tells by its file when it is another.
 */
function headingFor(argv: readonly string[], { home, cwd, env, now, columns, isTTY }: Io): string | undefined {
  if (env.CI !== undefined) return undefined;
  const state = stagedState(cwd, env);
  const program = statSync(join(home, 'dist', 'program.js'), { throwIfNoEntry: false });
  if (state === undefined || program === undefined) return undefined;
  const message = messageFor(argv, cwd);
  const colours = COLOURS.map(name => env[name] ?? null);
  const time = Math.floor(now().getTime() / (MINUTES * 60_000));
  const asked = [program.size, program.ctimeMs, cwd, argv, state, message, colours, columns, isTTY, time];
  return `${VERSION} ${createHash('sha256').update(JSON.stringify(asked)).digest('hex')}`;
}

/** The message that a hook is to read; undefined for what is asked about no message. */
function messageFor([command, hook, file]: readonly string[], cwd: string): string | undefined {
  if (command !== 'hook' || hook !== 'commit-msg' || file === undefined) return undefined;
  try {
    return readFileSync(resolve(cwd, file), 'latin1');
  } catch {
    return undefined;
  }
}

function read(path: string, heading: string): Answer | undefined {
  const content = readOwnFile(path, heading);
  return content && JSON.parse(content.toString('utf8'));
}

async function write(folder: string, name: string, heading: string, answer: Answer): Promise<void> {
  const content = Buffer.from(JSON.stringify(answer));
  await writeOwnFile({ folder, name, heading, content }).catch(() => {
    // It only saves time.
  });
}
