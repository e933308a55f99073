import { parseArgs } from 'node:util';
import { nearestOf } from '../config/nearest.ts';
import type { Question } from '../git/sides.ts';
import { COLOR_MODES, type ColorMode } from './color.ts';
import { FAIL_LEVELS, type FailLevel } from './fail-level.ts';
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

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | { readonly name: 'rules'; readonly id: string | undefined; readonly color: ColorMode }
  | CheckCommand;

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

const SEE_HELP = 'deploy-lint --help lists what there is.';

/** Throws `UsageError`. */
export function commandOf(argv: readonly string[]): Command {
  const { values, positionals } = parsed(argv);
  if (values.help) return { name: 'help' };
  if (values.version) return { name: 'version' };
  const color = oneOf('--color', values.color, COLOR_MODES, 'auto');
  const [first, ...rest] = positionals;
  if (first === 'rules' && !values.explain) {
    const other = Object.keys(values).find(option => option !== 'color');
    if (other !== undefined) throw new UsageError(`rules does not take --${other}`);
    refuseRest(rest.slice(1));
    return { name: 'rules', id: rest[0], color };
  }
  const command: CheckCommand = {
    name: values.explain ? 'explain' : 'check',
    subject: subjectOf(values, positionals),
    format: oneOf('--format', values.format, ['text', 'json'], 'text'),
    failLevel: oneOf('--fail-level', values['fail-level'], FAIL_LEVELS, 'error'),
    config: values.config,
    cwd: values.cwd,
    color,
    quiet: values.quiet ?? false,
  };
  if (values.explain && command.format === 'json') {
    throw new UsageError('--explain is text for a reader', 'Leave out --explain: --format json holds the same facts.');
  }
  return command;
}

type Values = ReturnType<typeof parsed>['values'];

function parsed(argv: readonly string[]) {
  // An option with an optional value is a flag and an argument to parseArgs.
  const args = argv.flatMap(arg =>
    arg.startsWith('--explain=') ? ['--explain', arg.slice('--explain='.length)] : [arg],
  );
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw usageErrorOf(error, args);
  }
}

/** What `parseArgs` refuses, in our words; any other error as it is. */
function usageErrorOf(error: unknown, args: readonly string[]): unknown {
  if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('ERR_PARSE_ARGS')) return error;
  const known = Object.keys(OPTIONS);
  const unknown = args.find(
    arg => /^-./.test(arg) && !known.includes(nameOf(arg)) && !['-h', '-v', '--'].includes(arg),
  );
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && unknown !== undefined) {
    const near = nearestOf(nameOf(unknown), known);
    const option = unknown.split('=', 1)[0] ?? unknown;
    return new UsageError(`there is no option ${option}`, near === undefined ? SEE_HELP : `Did you mean --${near}?`);
  }
  const option = /--[a-z-]+/.exec(error.message)?.[0];
  if (option === undefined) return new UsageError(error.message, SEE_HELP);
  const given = args.some(arg => arg.startsWith(`${option}=`));
  return new UsageError(`${option} ${given ? 'takes no value' : 'needs a value'}`, SEE_HELP);
}

function nameOf(arg: string): string {
  return arg.replace(/^-+/, '').replace(/=.*$/s, '');
}

function oneOf<T extends string>(option: string, value: string | undefined, allowed: readonly T[], otherwise: T): T {
  if (value === undefined) return otherwise;
  const found = allowed.find(candidate => candidate === value);
  if (found !== undefined) return found;
  const near = nearestOf(value, allowed);
  throw new UsageError(
    `${option} is ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}, not ${value === '' ? 'empty' : value}`,
    near === undefined ? undefined : `Did you mean ${option} ${near}?`,
  );
}

function subjectOf(values: Values, positionals: readonly string[]): Question | undefined {
  const from = alias(values, 'from', 'from-ref');
  const to = alias(values, 'to', 'to-ref');
  const [revision, ...rest] = positionals;
  if (revision !== undefined && !values.explain) {
    const meant = nearestOf(revision, ['rules']);
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

function refuseRest(rest: readonly string[]): void {
  if (rest[0] !== undefined) throw new UsageError(`${rest[0]} is one argument too many`, SEE_HELP);
}
