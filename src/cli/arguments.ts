import { nearestOf } from '../config/nearest.ts';
import type { Question } from '../git/sides.ts';
import type { Shard } from '../share.ts';
import { COLOR_MODES, type ColorMode } from './color.ts';
import { COMMANDS } from './commands.ts';
import { FAIL_LEVELS, type FailLevel } from './fail-level.ts';
import { EXPLAINED_IN, FORMATS, type Format } from './formats.ts';
import { oneOf, parseOptions, refuseRest } from './options.ts';
import { UsageError } from './refusal.ts';

/** One form of the report and where it goes. */
export interface Report {
  readonly format: Format;
  /** Undefined for stdout, which takes one. */
  readonly file: string | undefined;
}

export interface CheckCommand {
  readonly name: 'check' | 'explain';
  /** Undefined for `--explain` alone: what is staged, else the newest commit. */
  readonly subject: Question | undefined;
  /** What to print or write, in the order asked for; at least one. */
  readonly reports: readonly Report[];
  readonly failLevel: FailLevel;
  readonly config: string | undefined;
  readonly cwd: string | undefined;
  readonly color: ColorMode;
  readonly quiet: boolean;
  /** The part of the tree to look at, which is printed for `deploy-lint merge --all`; undefined for a report. */
  readonly shard: Shard | undefined;
  /** What is done with the result instead of a report; undefined for the report. */
  readonly instead: 'write-baseline' | 'fix' | 'fix-dry-run' | undefined;
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
  shard: { type: 'string' },
  'write-baseline': { type: 'boolean' },
  fix: { type: 'boolean' },
  'fix-dry-run': { type: 'boolean' },
  format: { type: 'string', multiple: true },
  output: { type: 'string', multiple: true },
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
  const { values, positionals, tokens } = parseOptions(withFlag(argv), OPTIONS);
  if (values.help) return { name: 'help' };
  if (values.version) return { name: 'version' };
  const command: CheckCommand = {
    name: values.explain ? 'explain' : 'check',
    subject: subjectOf(values, positionals),
    reports: reportsOf(tokens),
    failLevel: oneOf('--fail-level', values['fail-level'], FAIL_LEVELS, 'error'),
    config: values.config,
    cwd: values.cwd,
    color: oneOf('--color', values.color, COLOR_MODES, 'auto'),
    quiet: values.quiet ?? false,
    shard: values.shard === undefined ? undefined : treeShardOf(values),
    instead: insteadOf(values),
  };
  const other = command.reports.find(({ format }) => !EXPLAINED_IN.has(format));
  if (values.explain && other !== undefined) {
    throw new UsageError(
      `--explain is told as ${[...EXPLAINED_IN].join(', ')}, not as ${other.format}`,
      `Leave out --explain for --format ${other.format}.`,
    );
  }
  return command;
}

function insteadOf(values: Values): CheckCommand['instead'] {
  const asked = (['write-baseline', 'fix', 'fix-dry-run'] as const).filter(option => values[option]);
  const [instead, other] = asked;
  if (other !== undefined) throw new UsageError(`--${instead} and --${other} do not go together`, 'Use one of them.');
  if (instead === 'write-baseline' && values.all !== true) {
    throw new UsageError('--write-baseline needs --all', 'It keeps what stands in the whole tree.');
  }
  const past = [values.commit, values.from, values['from-ref']].some(value => value !== undefined);
  if (instead !== undefined && instead !== 'write-baseline' && (past || values.explain)) {
    throw new UsageError(`--${instead} is for what is staged`, 'Or for all that stands: --all.');
  }
  return instead;
}

/** `--shard I/N`, which prints no report; undefined where it is not there. Throws `UsageError`. */
export function shardOf({ shard, format, output }: Pick<Values, 'shard' | 'format' | 'output'>): Shard | undefined {
  if (shard === undefined) return undefined;
  const [, index, of] = (/^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(shard) ?? []).map(Number);
  if (index === undefined || of === undefined || index > of) {
    throw new UsageError(`--shard is I/N, such as 1/4, not ${shard === '' ? 'empty' : shard}`);
  }
  if ((format ?? output) !== undefined) {
    throw new UsageError('--shard prints no report', 'deploy-lint merge FILES takes --format and --output.');
  }
  return { index, of };
}

function treeShardOf(values: Values): Shard | undefined {
  if (values.all !== true) {
    throw new UsageError('--shard needs --all', 'A range is spread with deploy-lint ci --shard I/N.');
  }
  const other = (['config', 'write-baseline', 'fix', 'fix-dry-run'] as const).find(option => values[option]);
  if (other !== undefined) throw new UsageError(`--shard and --${other} do not go together`);
  return shardOf(values);
}

/** What stands on a command line, in its order. */
type Tokens = readonly { readonly kind: string; readonly name?: string; readonly value?: string | undefined }[];

/** An `--output` is that of the `--format` before it; a format without one goes to stdout. Throws `UsageError`. */
export function reportsOf(tokens: Tokens): Report[] {
  const reports: Report[] = [];
  for (const token of tokens) {
    if (token.kind !== 'option' || (token.name !== 'format' && token.name !== 'output')) continue;
    if (token.name === 'format') {
      reports.push({ format: oneOf('--format', token.value, FORMATS, 'text'), file: undefined });
      continue;
    }
    const last = reports.pop() ?? { format: 'text', file: undefined };
    if (last.file !== undefined) throw new UsageError('--output stands behind the --format that it is for');
    if (!token.value) throw new UsageError('--output needs a file, not an empty text');
    reports.push({ ...last, file: token.value });
  }
  if (reports.length === 0) return [{ format: 'text', file: undefined }];
  const printed = reports.filter(({ file }) => file === undefined).map(({ format }) => `--format ${format}`);
  if (printed.length > 1) {
    throw new UsageError(
      `${printed.join(' and ')} would both go to stdout`,
      'Give all but one of them an --output FILE.',
    );
  }
  return reports;
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
