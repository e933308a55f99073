import { commandOf } from './arguments.ts';
import type { Lint } from './check.ts';
import { HELP } from './help.ts';
import { EXIT, type Io } from './io.ts';
import { refusalOf } from './refusal.ts';

/** The command as a function: arguments in, exit code out; the report to stdout, all else to stderr. Never throws. */
export async function main(argv: readonly string[], io: Io, lint?: Lint): Promise<number> {
  try {
    return await run(argv, io, lint);
  } catch (error) {
    const { text, exitCode } = refusalOf(error, io.env.DEPLOY_LINT_DEBUG === '1');
    io.stderr.write(text);
    return exitCode;
  }
}

/** Commands are loaded when they are called: a hook should not pay for the catalogue. */
async function run(argv: readonly string[], io: Io, lint: Lint | undefined): Promise<number> {
  const command = commandOf(argv);
  switch (command.name) {
    case 'help':
      io.stdout.write(HELP);
      return EXIT.clean;
    case 'version': {
      const { versionOf } = await import('./version.ts');
      io.stdout.write(`${await versionOf(io.home)}\n`);
      return EXIT.clean;
    }
    case 'rules': {
      const { showRules } = await import('./rules.ts');
      return showRules(command.id, command.color, io);
    }
    case 'check':
    case 'explain': {
      const { check } = await import('./check.ts');
      return check(command, io, lint ?? (await import('../lint.ts')).lint);
    }
  }
}
