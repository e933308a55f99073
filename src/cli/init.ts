import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { DEFAULTS } from '../config/config.ts';
import { openRepository } from '../git/repository.ts';
import { openSettings, type Settings } from '../git/settings.ts';
import { openCache } from '../gitops/cache.ts';
import { mapRepository } from '../gitops/map.ts';
import type { GitHooks } from '../init/hooks.ts';
import { type Layout, layoutOf } from '../init/layout.ts';
import { setUp, takeOut } from '../init/plan.ts';
import type { Files, Step } from '../init/step.ts';
import { programOf } from '../program.ts';
import { type Line, padTo, painted, print, wrap } from '../report/line.ts';
import { COLOR_MODES, paletteFor } from './color.ts';
import type { Command } from './command.ts';
import { EXIT, type Io } from './io.ts';
import { oneOf, parseOptions, refuseRest } from './options.ts';

const command: Command = {
  help: `deploy-lint init: sets the repository up, with a configuration, hooks and a workflow for CI

  It finds the layout and what the repository has for hooks: husky, lefthook, pre-commit, else core.hooksPath. It can be
  run again, and writes over nothing that a person wrote.

  --dry-run                  shows what it would write, and writes nothing
  --remove                   takes out what it wrote before
  --color auto|always|never  (default auto)
`,
  run: async (argv, io) => {
    const flags = { 'dry-run': { type: 'boolean' }, remove: { type: 'boolean' }, color: { type: 'string' } } as const;
    const { values, positionals } = parseOptions(argv, flags);
    refuseRest(positionals);
    const settings = await openSettings(io.cwd, io.env);
    const files = filesOf(settings.top);
    const git: GitHooks = { setting: await settings.get('core.hooksPath'), folder: settings.hooks, top: settings.top };
    const steps = values.remove ? takeOut(files, git) : await stepsOf(files, git, settings, io);
    const dryRun = values['dry-run'] ?? false;
    if (!dryRun) for (const step of steps) await take(step, settings);
    const palette = paletteFor(oneOf('--color', values.color, COLOR_MODES, 'auto'), io);
    io.stdout.write(print(tell(steps, settings.top, dryRun), palette));
    return EXIT.clean;
  },
};

export default command;

async function stepsOf(files: Files, git: GitHooks, settings: Settings, io: Io): Promise<Step[]> {
  const program = seenFrom(settings.top, programOf(io.home));
  const schema = seenFrom(settings.top, join(io.home, 'schemas', 'config.schema.json'));
  const { layout, branches } = await look(io);
  const origin = await settings.get('remote.origin.url');
  return setUp(files, { program, origin }, git, { layout, branches, schema });
}

/** A path inside the repository is the same in every clone. */
function seenFrom(top: string, path: string): string {
  const way = relative(top, path);
  return way.startsWith('..') || isAbsolute(way) ? path : way;
}

async function look(io: Io): Promise<{ layout: Layout; branches: readonly string[] }> {
  const repository = await openRepository({ cwd: io.cwd, env: io.env });
  try {
    const { after } = await repository.staged();
    const cache = openCache({ top: repository.top, env: io.env });
    const map = await mapRepository({ tree: after, config: DEFAULTS, cache, diff: repository.diff });
    const usual = (await repository.defaultBranch('origin')) ?? 'main';
    const branches = map.revisions().map(revision => (revision === 'HEAD' ? usual : revision));
    return { layout: await layoutOf(map), branches: [...new Set(branches)] };
  } finally {
    await repository.close();
  }
}

function filesOf(top: string): Files {
  return {
    read: path => {
      const file = resolve(top, path);
      return existsSync(file) && statSync(file).isFile() ? readFileSync(file, 'utf8') : undefined;
    },
    list: folder => {
      const at = resolve(top, folder);
      return existsSync(at) && statSync(at).isDirectory() ? readdirSync(at).sort() : [];
    },
  };
}

async function take(step: Step, { top, set }: Settings): Promise<void> {
  switch (step.kind) {
    case 'write':
    case 'add':
    case 'take out': {
      const file = resolve(top, step.path);
      mkdirSync(dirname(file), { recursive: true });
      const mode = 'executable' in step ? 0o755 : 0o644;
      // The mode counts for a new file alone.
      writeFileSync(file, step.content, { mode });
      return;
    }
    case 'delete':
      rmSync(resolve(top, step.path));
      removeEmpty(dirname(resolve(top, step.path)), top);
      return;
    case 'set':
      return set(step.name, step.value);
    case 'keep':
    case 'advise':
      return;
  }
}

function removeEmpty(folder: string, top: string): void {
  if (!folder.startsWith(`${top}/`) || readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  removeEmpty(dirname(folder), top);
}

/** What is done, a line each; with `whole`, what is to be written too. */
function tell(steps: readonly Step[], top: string, whole: boolean): Line[] {
  if (steps.length === 0) return [['nothing to do']];
  return steps.flatMap(step => tellStep(step, path => seenFrom(top, path), whole));
}

function tellStep(step: Step, seen: (path: string) => string, whole: boolean): Line[] {
  const line = (word: string, rest: string): Line => [...padTo([painted('strong', word)], 9), rest];
  switch (step.kind) {
    case 'write':
      return [line('write', seen(step.path)), ...(whole ? shown(step.content) : [])];
    case 'add':
      return [line('add to', seen(step.path)), ...(whole ? shown(step.block) : [])];
    case 'delete':
      return [line('delete', seen(step.path))];
    case 'take out':
      return [line('take out', `of ${seen(step.path)}`)];
    case 'set':
      return [step.value === undefined ? line('unset', step.name) : line('set', `${step.name} ${step.value}`)];
    case 'keep':
      return [line('keep', `${seen(step.path)}: ${step.why}`)];
    case 'advise':
      return [...wrap(line('do', step.say), 80, 9), ...step.copy.map((text): Line => [' '.repeat(11), text])];
  }
}

function shown(content: string): Line[] {
  return content
    .replace(/\n$/, '')
    .split('\n')
    .map(text => [painted('dim', `         | ${text}`)]);
}
