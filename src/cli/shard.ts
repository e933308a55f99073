import type { Question } from '../git/sides.ts';
import { type Shard, shareOf } from '../share.ts';
import { EXIT, type Io } from './io.ts';
import { versionOf } from './version.ts';

/** Prints what a shard says of its part of a question, for `deploy-lint merge`. */
export async function printShare(subject: Question, shard: Shard, cwd: string, io: Io): Promise<number> {
  const request = { subject, cwd, env: io.env, home: io.home, config: undefined, now: io.now() };
  io.stdout.write(`${JSON.stringify(await shareOf(request, shard, await versionOf(io.home)))}\n`);
  return EXIT.clean;
}
