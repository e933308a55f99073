import catalogue from '../../rules/index.ts';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/error.ts';
import { CONFIG_FILES, type ConfigSource, configFromFile, configOf, type KnownIds } from '../config/read.ts';
import type { Sides } from '../git/sides.ts';
import { EMPTY_TREE, type Tree } from '../git/tree.ts';
import { RISK_TABLE } from '../risk/table.generated.ts';
import { type Baseline, baselineOf } from './baseline.ts';

/** What a configuration may name. */
export const KNOWN: KnownIds = {
  rules: catalogue.map(rule => rule.id),
  rows: RISK_TABLE.rows.map(row => row.id),
};

export interface Policy extends ConfigSource {
  readonly baseline: Baseline | undefined;
}

/** A configuration on disk that the command line names, relative to `cwd`. */
export interface NamedFile {
  readonly path: string;
  readonly cwd: string;
}

/** The configuration of a tree. Throws `ConfigError`. */
export async function configIn(tree: Tree): Promise<Config> {
  return (await configOf(tree, KNOWN)).config;
}

/**
 * The policy is the one before the change under review, so that no change can weaken what judges it. A change of the
 * policy has to be readable, and is the way out where the one before is not. Throws `ConfigError`.
 */
export async function policyOf(sides: Sides, named?: NamedFile): Promise<Policy> {
  const tree = sides.before === EMPTY_TREE ? sides.after : sides.before;
  const [source, baseline] = await Promise.all([configFor(sides, named), baselineOf(tree)]);
  return { ...source, baseline };
}

async function configFor({ before, after, files }: Sides, named: NamedFile | undefined): Promise<ConfigSource> {
  if (named !== undefined) return configFromFile(named.path, named.cwd, KNOWN);
  if (before === EMPTY_TREE) return configOf(after, KNOWN);
  if (!files.some(({ path }) => CONFIG_FILES.some(name => name === path))) return configOf(before, KNOWN);
  const proposed = await configOf(after, KNOWN);
  try {
    return await configOf(before, KNOWN);
  } catch (error) {
    if (error instanceof ConfigError) return proposed;
    throw error;
  }
}
