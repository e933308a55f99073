import { reportsOf, shardOf } from './arguments.ts';
import type { Command } from './command.ts';
import { parseOptions, refuseRest } from './options.ts';
import { considered, OPTIONS, review } from './pipeline.ts';

const command: Command = {
  help: `deploy-lint ci: what a pipeline has under review, judged by the policy of the branch that it goes into

  It knows GitHub Actions, GitLab CI, Jenkins, Azure Pipelines and Bitbucket Pipelines by their variables; anywhere else
  it compares HEAD with the remote's default branch. On GitHub it also writes annotations, the step's summary, and the
  outputs risk, passes, autoMergeable, autoMergeBars and labels.

  --from REV                 the branch or commit that it goes into, instead of what the pipeline says
  --to REV                   what goes into it (default HEAD)
  --format FORMAT            as for the check; dotenv for later jobs of GitLab; repeatable
  --output FILE              where the format before it goes; where nothing goes to stdout, text does
  --shard I/N                judge only every Nth commit of a range, or unit of a tree, from the Ith on, and print that for
                             deploy-lint merge
  --cwd DIR                  start in this folder
  --color auto|always|never  (default auto)

Exit codes: 0 passes, 1 stopped, 2 usage or configuration, 3 incomplete, or not to be compared in this clone
`,
  run: async (argv, io) => {
    const { values, positionals, tokens } = parseOptions(argv, { ...OPTIONS, shard: { type: 'string' } });
    refuseRest(positionals);
    const shard = shardOf(values);
    const asked = await considered(values, io);
    if (shard === undefined) return review(asked, { color: values.color, reports: reportsOf(tokens) }, io);
    const { printShare } = await import('./shard.ts');
    return printShare(asked.about.question, shard, asked.cwd, io);
  },
};

export default command;
