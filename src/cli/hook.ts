import { hardErrors } from '../gate/gate.ts';
import type { Question } from '../git/sides.ts';
import type { Palette } from '../report/line.ts';
import type { Result } from '../report/result.ts';
import { reportText } from '../report/text.ts';
import { COLOR_MODES, paletteFor } from './color.ts';
import type { Command } from './command.ts';
import { EXIT, type Io } from './io.ts';
import { oneOf, parseOptions } from './options.ts';
import { UsageError } from './refusal.ts';

const HOOKS = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push'] as const;

/** What the hooks share. */
export interface HookRun {
  /** What git gives the hook. */
  readonly args: readonly string[];
  /** Undefined for that of the tree before the change. */
  readonly config: string | undefined;
  readonly palette: Palette;
  readonly ask: (subject: Question) => Promise<Result>;
}

const command: Command = {
  help: `deploy-lint hook NAME [ARG...]: what git's hook of that name calls; deploy-lint init writes the hooks

  pre-commit             what is staged: its risk and its mistakes; errors stop the commit
  pre-merge-commit       the same for a merge without conflicts
  commit-msg FILE        the message against the change, and what the policy wants acknowledged
  pre-push REMOTE [URL]  what becomes of the branches that deploy, by the lines on stdin

  --config FILE              instead of .deploy-lint.yaml of the tree before the change
  --color auto|always|never  (default auto)
`,
  run: async (argv, io) => {
    const { values, positionals } = parseOptions(argv, { color: { type: 'string' }, config: { type: 'string' } });
    const [name, ...args] = positionals;
    if (name === undefined) throw new UsageError(`hook needs a name: ${HOOKS.join(', ')}`);
    const { lint } = await import('../lint.ts');
    const about = { cwd: io.cwd, env: io.env, home: io.home, config: values.config, now: io.now() };
    const palette = paletteFor(oneOf('--color', values.color, COLOR_MODES, 'auto'), io);
    const run: HookRun = { args, config: values.config, palette, ask: subject => lint({ ...about, subject }) };
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
async function preCommit({ ask, config, palette }: HookRun, io: Io): Promise<number> {
  const result = await ask({ kind: 'staged' });
  const exitCode = exitCodeOf(result);
  const text = reportText(result, { width: io.columns ?? 80, palette, failed: exitCode !== EXIT.clean });
  io.stdout.write(text);
  // What could not be read this time may be there the next time.
  if (config === undefined && exitCode !== EXIT.incomplete) io.lasts?.({ stdout: text, stderr: '', exitCode });
  return exitCode;
}

function exitCodeOf({ incomplete, findings, config }: Result): number {
  if (incomplete.length > 0) return EXIT.incomplete;
  return hardErrors(findings, config).length > 0 ? EXIT.found : EXIT.clean;
}
