import { reportsOf } from './arguments.ts';
import type { Command } from './command.ts';
import { EXIT } from './io.ts';
import { parseOptions, refuseRest } from './options.ts';
import { considered, OPTIONS, review } from './pipeline.ts';
import { UsageError } from './refusal.ts';
import { versionOf } from './version.ts';

const command: Command = {
  help: `deploy-lint ci: what a pipeline has under review, judged by the policy of the branch that it goes into

  It knows GitHub Actions, GitLab CI, Jenkins, Azure Pipelines and Bitbucket Pipelines by their variables; anywhere else
  it compares HEAD with the remote's default branch. On GitHub it also writes annotations, the step's summary, and the
  outputs risk, passes, autoMergeable, autoMergeBars and labels.

  --from REV                 the branch or commit that it goes into, instead of what the pipeline says
  --to REV                   what goes into it (default HEAD)
  --format FORMAT            as for the check; dotenv for later jobs of GitLab; repeatable
  --output FILE              where the format before it goes; where nothing goes to stdout, text does
  --shard I/N                judge only every Nth commit, from the Ith on, and print that for deploy-lint merge
  --cwd DIR                  start in this folder
  --color auto|always|never  (default auto)

Exit codes: 0 passes, 1 stopped, 2 usage or configuration, 3 incomplete, or not to be compared in this clone
`,
  run: async (argv, io) => {
    const { values, positionals, tokens } = parseOptions(argv, { ...OPTIONS, shard: { type: 'string' } });
    refuseRest(positionals);
    const shard = values.shard === undefined ? undefined : shardOf(values.shard);
    if (shard !== undefined && (values.format ?? values.output) !== undefined) {
      throw new UsageError('--shard prints no report', 'deploy-lint merge FILES takes --format and --output.');
    }
    const asked = await considered(values, io);
    if (shard === undefined) return review(asked, { color: values.color, reports: reportsOf(tokens) }, io);
    const { shareOf } = await import('../share.ts');
    const { about, cwd } = asked;
    const request = { subject: about.question, cwd, env: io.env, home: io.home, config: undefined, now: io.now() };
    io.stdout.write(`${JSON.stringify(await shareOf(request, shard, await versionOf(io.home)))}\n`);
    return EXIT.clean;
  },
};

export default command;

function shardOf(text: string): { readonly index: number; readonly of: number } {
  const [, index, of] = (/^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? []).map(Number);
  if (index === undefined || of === undefined || index > of) {
    throw new UsageError(`--shard is I/N, such as 1/4, not ${text}`);
  }
  return { index, of };
}
