import type { Command } from './command.ts';
import { EXIT, type Io } from './io.ts';
import { refusalOf } from './refusal.ts';

/** The exit code of a run; an error that it ends with is said on stderr. Never throws. */
export async function exitCodeOf(run: () => Promise<number>, io: Io): Promise<number> {
  try {
    return await run();
  } catch (error) {
    const { text, exitCode } = refusalOf(error, io.env.DEPLOY_LINT_DEBUG === '1');
    io.stderr.write(text);
    return exitCode;
  }
}

/** Runs a command with what stands behind its name, or prints its help where that is asked for. */
export async function runCommand({ help, run }: Command, argv: readonly string[], io: Io): Promise<number> {
  if (!asksForHelp(argv)) return run(argv, io);
  io.stdout.write(help);
  return EXIT.clean;
}

function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).some(arg => arg === '--help' || arg === '-h');
}
