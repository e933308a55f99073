#!/usr/bin/env node
import { dirname } from 'node:path';
import { answerTo } from './cli/kept-answer.ts';
import { refusalOf, Unanswered } from './cli/refusal.ts';

// The only file that touches `process`. Until there is an answer it is "incomplete", whatever happens on the way.
process.exitCode = 3;
let exitCode: number | undefined;
let broken = false;

function fail(error: unknown): void {
  broken = true;
  process.stderr.write(refusalOf(error, process.env.DEPLOY_LINT_DEBUG === '1').text);
}

process.on('unhandledRejection', fail);
process.on('uncaughtException', fail);
// A reader such as `head` may leave early: what was decided stays decided. A full disk loses the report.
process.stdout.on('error', error => {
  if (!('code' in error && error.code === 'EPIPE')) fail(error);
});
process.stderr.on('error', () => {
  // There is nowhere left to say it; the exit code tells.
});
process.on('exit', () => {
  if (exitCode === undefined && !broken) process.stderr.write('deploy-lint: ended without an answer\n');
  process.exitCode = broken ? 3 : (exitCode ?? 3);
});

/** A terminal may stand in a folder that was deleted. */
function folderHere(): string {
  try {
    return process.cwd();
  } catch {
    throw new Unanswered('the folder that this runs in is gone');
  }
}

async function run(): Promise<void> {
  const argv = process.argv.slice(2);
  const io = {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: async () => Buffer.concat(await process.stdin.toArray()).toString(),
    now: () => new Date(),
    cwd: folderHere(),
    env: process.env,
    home: dirname(import.meta.dirname),
    columns: process.stdout.columns,
    rows: process.stdout.rows,
    isTTY: process.stdout.isTTY === true,
  };
  exitCode = await answerTo(argv, io, async all => {
    const { main } = argv[0] === 'render' ? await import('./cli/main-render.ts') : await import('./cli/main.ts');
    return main(argv, all);
  });
}

run().catch(fail);
