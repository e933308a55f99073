import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Question } from '../git/sides.ts';
import type { Known } from '../lint.ts';
import { reportsOf } from './arguments.ts';
import { check } from './check.ts';
import { COLOR_MODES } from './color.ts';
import type { Command } from './command.ts';
import { FAIL_LEVELS } from './fail-level.ts';
import type { Io } from './io.ts';
import { folderOf, oneOf, parseOptions } from './options.ts';
import { considered, OPTIONS, review } from './pipeline.ts';
import { UsageError } from './refusal.ts';
import { versionOf } from './version.ts';

const command: Command = {
  help: `deploy-lint merge FILE...: the report of deploy-lint ci, from what its shards have said of their parts

  Every shard has to be there. It runs in the same pipeline as they do, in a clone, and judges what they leave: the range
  as a whole, and each commit that has a finding of its own; of a tree the units in which something was found, and those
  that have something in common. The report is the same as without shards.

  --from REV, --to REV, --format FORMAT, --output FILE, --cwd DIR, --color WHEN: as for deploy-lint ci

  --all                      the report of deploy-lint --all instead, from the shards of deploy-lint --all --shard I/N
  --fail-level LEVEL         with --all: as for the check

Exit codes: as for the command whose report it is; 2 where the files are not the shards of this range or tree
`,
  run: async (argv, io) => {
    const { values, positionals, tokens } = parseOptions(argv, {
      ...OPTIONS,
      all: { type: 'boolean' },
      'fail-level': { type: 'string' },
    });
    if (positionals.length === 0) throw new UsageError('merge needs the files of the shards');
    if (values.all !== true && values['fail-level'] !== undefined) {
      throw new UsageError(
        '--fail-level needs --all',
        'What deploy-lint ci stops is in the configuration, under gate.',
      );
    }
    if (values.all && (values.from ?? values.to) !== undefined) {
      throw new UsageError('--all and --from/--to do not go together', 'Each says what to look at; use one of them.');
    }
    const reports = reportsOf(tokens);
    const color = oneOf('--color', values.color, COLOR_MODES, 'auto');
    const failLevel = oneOf('--fail-level', values['fail-level'], FAIL_LEVELS, 'error');
    const files = await Promise.all(positionals.map(name => read(name, io)));
    if (values.all !== true) {
      const asked = await considered(values, io);
      const known = await knownOf(files, asked.about.question, asked.cwd, io);
      return review(asked, { color, reports }, io, known);
    }
    const subject = { kind: 'tree' } as const;
    const known = await knownOf(files, subject, await folderOf(values.cwd, io.cwd), io);
    const { consider } = await import('../lint.ts');
    const whole = {
      name: 'check',
      subject,
      config: undefined,
      quiet: false,
      shard: undefined,
      instead: undefined,
    } as const;
    return check({ ...whole, reports, failLevel, color, cwd: values.cwd }, io, (request, use) =>
      consider({ ...request, known }, use),
    );
  },
};

export default command;

type File = { readonly name: string; readonly text: string };

async function knownOf(files: readonly File[], subject: Question, cwd: string, io: Io): Promise<Known> {
  const { knownFrom } = await import('../share.ts');
  return knownFrom(files, { subject, cwd, env: io.env }, await versionOf(io.home));
}

async function read(name: string, { cwd }: Io): Promise<File> {
  try {
    return { name, text: await readFile(resolve(cwd, name), 'utf8') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`the shard ${name} cannot be read: ${code}`);
  }
}
