import { COLOR_MODES, paletteFor } from './color.ts';
import type { Command } from './command.ts';
import { aboutChange, type HookRun, tell } from './hook-run.ts';
import type { Io } from './io.ts';
import { oneOf, parseOptions } from './options.ts';
import { UsageError } from './refusal.ts';

const HOOKS = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push'] as const;

const command: Command = {
  help: `deploy-lint hook NAME [ARG...]: what git's hook of that name calls; deploy-lint init writes the hooks

  pre-commit             what is staged: its risk and its mistakes; errors stop the commit
  pre-merge-commit       the same for a merge without conflicts
  commit-msg FILE        the message against the change, and what the policy wants acknowledged
  pre-push REMOTE [URL]  what becomes of the branches that deploy, by the lines on stdin

  --with-change              commit-msg does what pre-commit would have done, too
  --config FILE              instead of .deploy-lint.yaml of the tree before the change
  --color auto|always|never  (default auto)
`,
  run: async (argv, io) => {
    const { values, positionals } = parseOptions(argv, {
      'with-change': { type: 'boolean' },
      color: { type: 'string' },
      config: { type: 'string' },
    });
    const [name, ...args] = positionals;
    if (name === undefined) throw new UsageError(`hook needs a name: ${HOOKS.join(', ')}`);
    if (values['with-change'] === true && name !== 'commit-msg')
      throw new UsageError('--with-change is for commit-msg');
    const { lint } = await import('../lint.ts');
    const about = { cwd: io.cwd, env: io.env, home: io.home, config: values.config, now: io.now() };
    const palette = paletteFor(oneOf('--color', values.color, COLOR_MODES, 'auto'), io);
    const run: HookRun = {
      args,
      withChange: values['with-change'] ?? false,
      config: values.config,
      palette,
      ask: subject => lint({ ...about, subject }),
    };
    switch (oneOf('the hook', name, HOOKS, 'pre-commit')) {
      case 'pre-commit':
      case 'pre-merge-commit':
        return preCommit(run, io);
      case 'commit-msg': {
        const { commitMessage } = await import('./hook-commit-msg.ts');
        return commitMessage(run, io);
      }
      case 'pre-push': {
        const { prePush } = await import('./hook-pre-push.ts');
        return prePush(run, io);
      }
    }
  },
};

export default command;

/** There is no message yet: what a message may acknowledge is told, and stops nothing. */
async function preCommit(run: HookRun, io: Io): Promise<number> {
  const result = await run.ask({ kind: 'staged' });
  return tell(aboutChange(result, run, io), result, run, io);
}
