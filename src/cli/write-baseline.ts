import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openRepository } from '../git/repository.ts';
import { BASELINE_FILE, printBaseline } from '../policy/baseline.ts';
import { count } from '../report/line.ts';
import type { Result } from '../report/result.ts';
import { EXIT, type Io } from './io.ts';

/** Writes what stands in the tree to the baseline in the root of the working directory. It counts once it is committed. */
export async function writeBaseline(result: Result, cwd: string, io: Io): Promise<number> {
  const repository = await openRepository({ cwd, env: io.env });
  await repository.close();
  const known = [...result.findings, ...result.baselined];
  await writeFile(join(repository.top, BASELINE_FILE), printBaseline(known));
  io.stdout.write(
    `${count(known.length, 'finding')} in ${BASELINE_FILE}: commit it, and only what comes later is reported\n`,
  );
  return result.incomplete.length > 0 ? EXIT.incomplete : EXIT.clean;
}
