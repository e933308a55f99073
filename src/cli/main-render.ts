import type { Io } from './io.ts';
import command from './render.ts';
import { exitCodeOf, runCommand } from './run-command.ts';

/** `deploy-lint render` by itself, as `main` would run it: a program of a third of the size, loaded in a third of the time. */
export function main([, ...argv]: readonly string[], io: Io): Promise<number> {
  return exitCodeOf(() => runCommand(command, argv, io), io);
}
