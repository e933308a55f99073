import { COLOR_MODES, paletteFor } from './color.ts';
import type { Command } from './command.ts';
import { EXIT } from './io.ts';
import { folderOf, oneOf, parseOptions, refuseRest } from './options.ts';
import { progressOn } from './progress.ts';
import { UsageError } from './refusal.ts';
import { versionOf } from './version.ts';

const command: Command = {
  help: `deploy-lint history A..B: the past of a repository, each commit as it would be judged today

Along first parents, a merge as one step; by the configuration of B. So a team can see what a rule would have said
before it turns it on: deploy-lint history --config draft.yaml HEAD~500..HEAD

  --format text|json|html    (default text)
  --config FILE              instead of .deploy-lint.yaml of B
  --cwd DIR                  start in this folder
  --color auto|always|never  (default auto)

It exits with 0 whatever it finds, and with 3 where something was not analysed.
`,
  run: async (argv, io) => {
    const { values, positionals } = parseOptions(argv, {
      format: { type: 'string' },
      config: { type: 'string' },
      cwd: { type: 'string' },
      color: { type: 'string' },
    });
    const [range, ...rest] = positionals;
    refuseRest(rest);
    const format = oneOf('--format', values.format, ['text', 'json', 'html'], 'text');
    const palette = paletteFor(oneOf('--color', values.color, COLOR_MODES, 'auto'), io);
    const cwd = await folderOf(values.cwd, io.cwd);
    const { historyOf } = await import('../history.ts');
    const progress = progressOn(io);
    const asked = { ...endsOf(range), cwd, env: io.env, home: io.home, config: values.config };
    const past = await historyOf({ ...asked, onStep: (done, of) => progress.show(done, of, 'commits') }).finally(
      progress.clear,
    );
    if (format === 'json') {
      const { historyJson } = await import('../report/history/json.ts');
      io.stdout.write(historyJson(past, await versionOf(io.home)));
    } else if (format === 'html') {
      const { historyPage } = await import('../report/history/page.ts');
      io.stdout.write(historyPage(past));
    } else {
      const { historyText } = await import('../report/history/text.ts');
      io.stdout.write(historyText(past, { width: io.columns ?? 100, palette }));
    }
    return past.commits.some(({ incomplete }) => incomplete.length > 0) ? EXIT.incomplete : EXIT.clean;
  },
};

export default command;

function endsOf(range: string | undefined): { from: string; to: string } {
  const [, from, to] = /^(.+?)\.{2,3}(.*)$/.exec(range ?? '') ?? [];
  if (from === undefined) {
    const given = range === undefined ? 'history needs a range' : `${range} is no range`;
    throw new UsageError(given, 'Such as deploy-lint history HEAD~100..HEAD');
  }
  return { from, to: to || 'HEAD' };
}
