import { commandOf } from './arguments.ts';
import type { Consider } from './check.ts';
import { COMMANDS } from './commands.ts';
import { EXIT, type Io } from './io.ts';
import { refusalOf } from './refusal.ts';

/** The command as a function: arguments in, exit code out; the report to stdout, all else to stderr. Never throws. */
export async function main(argv: readonly string[], io: Io, consider?: Consider): Promise<number> {
  try {
    return await run(argv, io, consider);
  } catch (error) {
    const { text, exitCode } = refusalOf(error, io.env.DEPLOY_LINT_DEBUG === '1');
    io.stderr.write(text);
    return exitCode;
  }
}

async function run(argv: readonly string[], io: Io, consider: Consider | undefined): Promise<number> {
  const [name = '', ...rest] = argv;
  const entry = COMMANDS.get(name);
  if (entry !== undefined) {
    const { default: command } = await entry.load();
    if (!asksForHelp(rest)) return command.run(rest, io);
    io.stdout.write(command.help);
    return EXIT.clean;
  }
  const asked = commandOf(argv);
  switch (asked.name) {
    case 'help': {
      const { HELP } = await import('./help.ts');
      io.stdout.write(HELP);
      return EXIT.clean;
    }
    case 'version': {
      const { versionOf } = await import('./version.ts');
      io.stdout.write(`${await versionOf(io.home)}\n`);
      return EXIT.clean;
    }
    case 'check':
    case 'explain': {
      const { check } = await import('./check.ts');
      return check(asked, io, consider ?? (await import('../lint.ts')).consider);
    }
  }
}

function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).some(arg => arg === '--help' || arg === '-h');
}
