import rules from '../../rules/index.ts';
import { commandOf } from './arguments.ts';
import { check } from './check.ts';
import type { Command } from './command.ts';
import type { Io } from './io.ts';
import { UsageError } from './refusal.ts';

const command: Command = {
  help: `deploy-lint explain [WHAT]: what something means for the cluster

  FILE:LINE    the units, objects, fields and workloads that a line reaches, and what rolls when it changes
  FILE         the same of a whole file
  RULE         the page of a rule
  REV, A..B    a commit or a range, as deploy-lint --explain tells it, with the options of the check
               (without WHAT: what is staged, else HEAD)

Options for a line or a file
  --rev REV    as it is in a commit; by default as it is staged
  --format text|json|markdown  (default text; json is schemas/reach.schema.json)
  --cwd DIR    start in this folder
  --color auto|always|never    (default auto)
`,
  run: async (argv, io) => {
    const [what, ...rest] = argv;
    if (what === undefined || what.startsWith('-')) return explainChange(argv, io);
    if (rules.some(({ id }) => id === what)) return (await import('./rules.ts')).default.run(argv, io);
    const { explainPlace } = await import('./explain-place.ts');
    return (await explainPlace(what, rest, io)) ?? explainChange(argv, io);
  },
};

export default command;

async function explainChange(argv: readonly string[], io: Io): Promise<number> {
  const asked = commandOf(['--explain', ...argv]);
  if (!('reports' in asked)) throw new UsageError(`--${asked.name} stands alone`);
  const { consider } = await import('../lint.ts');
  return check(asked, io, consider);
}
