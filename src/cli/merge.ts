import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { reportsOf } from './arguments.ts';
import type { Command } from './command.ts';
import type { Io } from './io.ts';
import { parseOptions } from './options.ts';
import { considered, OPTIONS, review } from './pipeline.ts';
import { UsageError } from './refusal.ts';
import { versionOf } from './version.ts';

const command: Command = {
  help: `deploy-lint merge FILE...: the report of deploy-lint ci, from what its shards have said of the commits

  Every shard has to be there. It runs in the same pipeline as they do, in a clone, and judges what they leave: the range
  as a whole, and each commit that has a finding of its own. The report is the same as without shards.

  --from REV, --to REV, --format FORMAT, --output FILE, --cwd DIR, --color WHEN: as for deploy-lint ci

Exit codes: as for deploy-lint ci; 2 where the files are not the shards of this range
`,
  run: async (argv, io) => {
    const { values, positionals, tokens } = parseOptions(argv, OPTIONS);
    if (positionals.length === 0) throw new UsageError('merge needs the files of the shards');
    const files = await Promise.all(positionals.map(name => read(name, io)));
    const asked = await considered(values, io);
    const { knownFrom } = await import('../share.ts');
    const known = knownFrom(files, asked.about.question, await versionOf(io.home));
    return review(asked, { color: values.color, reports: reportsOf(tokens) }, io, known);
  },
};

export default command;

async function read(name: string, { cwd }: Io): Promise<{ readonly name: string; readonly text: string }> {
  try {
    return { name, text: await readFile(resolve(cwd, name), 'utf8') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`the shard ${name} cannot be read: ${code}`);
  }
}
