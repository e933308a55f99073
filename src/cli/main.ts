import { commandOf } from './arguments.ts';
import type { Consider } from './check.ts';
import { COMMANDS } from './commands.ts';
import { EXIT, type Io } from './io.ts';
import { exitCodeOf, runCommand } from './run-command.ts';

/** The command as a function: arguments in, exit code out; the report to stdout, all else to stderr. Never throws. */
export function main(argv: readonly string[], io: Io, consider?: Consider): Promise<number> {
  return exitCodeOf(() => run(argv, io, consider), io);
}

async function run(argv: readonly string[], io: Io, consider: Consider | undefined): Promise<number> {
  const [name = '', ...rest] = argv;
  const entry = COMMANDS.get(name);
  if (entry !== undefined) {
    const { default: command } = await entry.load();
    return runCommand(command, rest, io);
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
