import { nearestOf } from '../config/nearest.ts';
import type { Question } from '../git/sides.ts';
import { COLOR_MODES, type ColorMode } from './color.ts';
import { COMMANDS } from './commands.ts';
import { FAIL_LEVELS, type FailLevel } from './fail-level.ts';
import { oneOf, parseOptions, refuseRest } from './options.ts';
import { UsageError } from './refusal.ts';

export interface CheckCommand {
  readonly name: 'check' | 'explain';
  /** Undefined for `--explain` alone: what is staged, else the newest commit. */
  readonly subject: Question | undefined;
  readonly format: 'text' | 'json';
  readonly failLevel: FailLevel;
  readonly config: string | undefined;
  readonly cwd: string | undefined;
  readonly color: ColorMode;
  readonly quiet: boolean;
}

/** What the arguments ask for where they name no command of `COMMANDS`. */
export type Asked = { readonly name: 'help' } | { readonly name: 'version' } | CheckCommand;

const OPTIONS = {
  commit: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  'from-ref': { type: 'string' },
  'to-ref': { type: 'string' },
  explain: { type: 'boolean' },
  all: { type: 'boolean' },
  format: { type: 'string' },
  'fail-level': { type: 'string' },
  config: { type: 'string' },
  cwd: { type: 'string' },
  color: { type: 'string' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** Throws `UsageError`. */
export function commandOf(argv: readonly string[]): Asked {
  const { values, positionals } = parseOptions(withFlag(argv), OPTIONS);
  if (values.help) return { name: 'help' };
  if (values.version) return { name: 'version' };
  const command: CheckCommand = {
    name: values.explain ? 'explain' : 'check',
    subject: subjectOf(values, positionals),
    format: oneOf('--format', values.format, ['text', 'json'], 'text'),
    failLevel: oneOf('--fail-level', values['fail-level'], FAIL_LEVELS, 'error'),
    config: values.config,
    cwd: values.cwd,
    color: oneOf('--color', values.color, COLOR_MODES, 'auto'),
    quiet: values.quiet ?? false,
  };
  if (values.explain && command.format === 'json') {
    throw new UsageError('--explain is text for a reader', 'Leave out --explain: --format json holds the same facts.');
  }
  return command;
}

type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>['values'];

/** An option with an optional value is a flag and an argument to parseArgs. */
function withFlag(argv: readonly string[]): string[] {
  return argv.flatMap(arg => (arg.startsWith('--explain=') ? ['--explain', arg.slice('--explain='.length)] : [arg]));
}

function subjectOf(values: Values, positionals: readonly string[]): Question | undefined {
  const from = alias(values, 'from', 'from-ref');
  const to = alias(values, 'to', 'to-ref');
  const [revision, ...rest] = positionals;
  if (revision !== undefined && !values.explain) {
    if (COMMANDS.has(revision)) throw new UsageError(`${revision} stands before all options`);
    const meant = nearestOf(revision, [...COMMANDS.keys()]);
    const hint = meant === undefined ? `For one commit: deploy-lint --commit ${revision}` : `Did you mean ${meant}?`;
    throw new UsageError(`there is no command ${revision}`, hint);
  }
  refuseRest(rest);
  refuseTogether([
    ...(values.commit === undefined ? [] : ['--commit']),
    ...(from === undefined && to === undefined ? [] : ['--from/--to']),
    ...(values.all ? ['--all'] : []),
    ...(revision === undefined ? [] : [`--explain ${revision}`]),
  ]);
  if (values.all && values.explain) {
    throw new UsageError('--explain tells of changes, and --all looks at none', 'Use one of the two.');
  }
  if (values.all) return { kind: 'tree' };
  if (values.commit !== undefined) return { kind: 'commit', rev: revisionOf('--commit', values.commit) };
  if (from !== undefined)
    return { kind: 'range', from: revisionOf('--from', from), to: revisionOf('--to', to ?? 'HEAD') };
  if (to !== undefined) throw new UsageError('--to needs --from', 'For one commit: deploy-lint --commit REV');
  if (revision !== undefined) return revisionOrRange(revision);
  return values.explain ? undefined : { kind: 'staged' };
}

function alias(values: Values, option: 'from' | 'to', other: 'from-ref' | 'to-ref'): string | undefined {
  if (values[option] !== undefined && values[other] !== undefined) refuseTogether([`--${option}`, `--${other}`]);
  return values[option] ?? values[other];
}

/** `A..B` and `A...B` are the same here: a range always starts at the merge base. */
function revisionOrRange(text: string): Question {
  const dots = /^(.*?)\.{2,3}(.*)$/.exec(text);
  if (dots === null) return { kind: 'commit', rev: revisionOf('--explain', text) };
  return { kind: 'range', from: dots[1] || 'HEAD', to: dots[2] || 'HEAD' };
}

function revisionOf(option: string, value: string): string {
  if (value === '') throw new UsageError(`${option} needs a commit, not an empty text`);
  return value;
}

function refuseTogether(options: readonly string[]): void {
  if (options.length < 2) return;
  throw new UsageError(`${options.join(' and ')} do not go together`, 'Each says what to look at; use one of them.');
}
