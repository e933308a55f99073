import { openRepository } from '../git/repository.ts';
import type { Command } from './command.ts';
import type { Io } from './io.ts';
import { folderOf, parseOptions } from './options.ts';
import { UsageError } from './refusal.ts';
import type { RenderRequest } from './render-named.ts';

const command: Command = {
  help: `deploy-lint render DIR|APP...: the objects of a folder or an Application as kubectl kustomize prints them,
Secrets with their values. What is wrong or cannot be rendered from the repository is said on stderr.

  --all        every unit instead; of several, each stands below a line with its name
  --rev REV    of a commit; by default of what is staged
  --origins    behind each value a comment: where it was set, and where before that
  --cwd DIR    start in this folder

Exit codes: 0 whole, 1 kustomize would refuse it, 3 a part is not rendered
`,
  run: async (argv, io) => {
    const { values, positionals } = parseOptions(argv, {
      all: { type: 'boolean' },
      rev: { type: 'string' },
      origins: { type: 'boolean' },
      cwd: { type: 'string' },
    });
    if ((positionals.length === 0) === (values.all !== true)) {
      throw new UsageError('render takes folders, names of Applications, or --all');
    }
    const cwd = await folderOf(values.cwd, io.cwd);
    const request = { named: positionals, rev: values.rev, origins: values.origins ?? false, cwd };
    if (positionals.length < MANY) return renderAlone(request, io);
    const { renderInTwo } = await import('./render-in-two.ts');
    return renderInTwo(request, io, { render, renderAlone });
  },
};

export default command;

/** Fewer take less time than a second start. */
const MANY = 400;

/** Renders in a thread that no other follows. */
function renderAlone(request: RenderRequest, io: Io): Promise<number> {
  const isShort = request.named.length === 1 || io.env.DEPLOY_LINT_WRITE_CODE_CACHE === '1';
  return render(request, io, isShort ? undefined : compileLess);
}

/**
 * Lets V8 optimize functions without those that they call: compiling them together takes other threads a third of all the
 * processor time of a run over a hundred folders, and makes it no faster. Only once everything is loaded, since V8 takes
 * compiled code from a cache only under the flags that the cache was written under.
 */
async function compileLess(): Promise<void> {
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=100');
}

async function render(request: RenderRequest, io: Io, loaded?: () => Promise<void>): Promise<number> {
  const soon = request.rev === undefined ? 'staged' : undefined;
  // git starts while the renderer is being loaded, and what it makes digests with.
  const [repository, { renderFrom }] = await Promise.all([
    openRepository({ cwd: request.cwd, env: io.env, soon }),
    import('./render-named.ts'),
    import('node:crypto'),
  ]);
  try {
    await loaded?.();
    return await renderFrom(repository, request, io);
  } finally {
    await repository.close();
  }
}
