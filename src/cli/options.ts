import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearestOf } from '../config/nearest.ts';
import { UsageError } from './refusal.ts';

const SEE_HELP = 'deploy-lint --help lists what there is.';

type Options = NonNullable<ParseArgsConfig['options']>;

/** The options and other arguments of a command line. Throws `UsageError` for an option that is not among them. */
export function parseOptions<const O extends Options>(argv: readonly string[], options: O) {
  try {
    return parseArgs({ args: argv, options, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    throw usageErrorOf(error, argv, options);
  }
}

/** What `parseArgs` refuses, in our words; any other error as it is. */
function usageErrorOf(error: unknown, args: readonly string[], options: Options): unknown {
  if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('ERR_PARSE_ARGS')) return error;
  const known = Object.keys(options);
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

/** The value of an option that has few. Throws `UsageError` for any other, with the one that is probably meant. */
export function oneOf<T extends string>(
  option: string,
  value: string | undefined,
  allowed: readonly T[],
  otherwise: T,
): T {
  if (value === undefined) return otherwise;
  const found = allowed.find(candidate => candidate === value);
  if (found !== undefined) return found;
  const near = nearestOf(value, allowed);
  throw new UsageError(
    `${option} is ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}, not ${value === '' ? 'empty' : value}`,
    near === undefined ? undefined : `Did you mean ${option} ${near}?`,
  );
}

/** Throws `UsageError` where arguments are left over. */
export function refuseRest(rest: readonly string[]): void {
  if (rest[0] !== undefined) throw new UsageError(`${rest[0]} is one argument too many`, SEE_HELP);
}

/** The folder to start in, absolute. Throws `UsageError` where there is none. */
export async function folderOf(folder: string | undefined, cwd: string): Promise<string> {
  if (folder === undefined) return cwd;
  const path = resolve(cwd, folder);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() !== true) throw new UsageError(`--cwd ${folder} is no folder`);
  return path;
}
