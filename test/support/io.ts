import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';

/** A process that is given nothing, at a fixed moment: 2026-03-16, a Monday. */
export const NO_INPUT = { stdin: async () => '', now: () => new Date('2026-03-16T09:00:00Z') };

/** Runs a command in a world that is as said, and keeps what it prints. */
export async function runMain(argv: readonly string[], world: Pick<Io, 'cwd' | 'env' | 'home'> & Partial<Io>) {
  let stdout = '';
  let stderr = '';
  const exitCode = await main(argv, {
    ...NO_INPUT,
    stdout: { write: text => (stdout += text) },
    stderr: { write: text => (stderr += text) },
    isTTY: false,
    ...world,
  });
  return { stdout, stderr, exitCode };
}
