import catalogue from '../../rules/index.ts';
import type { Config } from '../config/config.ts';
import { ConfigError, configErrorAt } from '../config/error.ts';
import { type ConfigSource, configFromFile, configOf, type KnownIds, ownRules, parseConfig } from '../config/read.ts';
import type { Sides } from '../git/sides.ts';
import { EMPTY_TREE, type Tree } from '../git/tree.ts';
import { RISK_TABLE } from '../risk/table.generated.ts';
import { decode } from '../yaml/decode.ts';
import type { Node } from '../yaml/node.ts';
import { type Baseline, baselineOf } from './baseline.ts';
import type { CompiledRule } from './cel/compile.ts';
import type { PolicyFile } from './cel/read.ts';
import type { TeamRule } from './cel/rule.ts';
import { isPolicy, isPolicyFile, POLICIES } from './policy-files.ts';

/** What a configuration may name. */
export const KNOWN: KnownIds = {
  rules: catalogue.map(rule => rule.id),
  rows: RISK_TABLE.rows.map(row => row.id),
};

export interface Policy extends ConfigSource {
  readonly baseline: Baseline | undefined;
  /** The rules of the team, ready to be asked. */
  readonly team: readonly CompiledRule[];
}

/** A configuration on disk that the command line names, relative to `cwd`. */
export interface NamedFile {
  readonly path: string;
  readonly cwd: string;
}

/** The configuration of a tree, or that of a file on disk instead. Throws `ConfigError`. */
export async function configIn(tree: Tree, named?: NamedFile): Promise<Config> {
  return (await policyIn(tree, named)).config;
}

/**
 * The policy is the one before the change under review, so that no change can weaken what judges it. A change of the
 * policy has to be readable, and is the way out where the one before is not. Throws `ConfigError`.
 */
export async function policyOf(sides: Sides, named?: NamedFile): Promise<Policy> {
  const tree = sides.before === EMPTY_TREE ? sides.after : sides.before;
  const [source, baseline] = await Promise.all([policyFor(sides, named), baselineOf(tree)]);
  return { ...source, baseline };
}

type Written = Omit<Policy, 'baseline'>;

async function policyFor({ before, after, files }: Sides, named: NamedFile | undefined): Promise<Written> {
  if (before === EMPTY_TREE) return policyIn(after, named);
  if (!files.some(({ path }) => isPolicy(path))) return policyIn(before, named);
  const proposed = await policyIn(after, named);
  try {
    return await policyIn(before, named);
  } catch (error) {
    if (error instanceof ConfigError) return proposed;
    throw error;
  }
}

async function policyIn(tree: Tree, named?: NamedFile): Promise<Written> {
  const entries = (await tree.list(POLICIES)) ?? [];
  const files = entries.filter(({ mode, path }) => mode === 'file' && isPolicyFile(path));
  const texts = await Promise.all(files.map(async file => ({ file: file.path, bytes: await tree.read(file) })));
  const rules = texts.length === 0 ? [] : (await filesOf(texts)).flatMap(file => file.rules);
  const known = { ...KNOWN, rules: [...KNOWN.rules, ...rules.map(({ id }) => id)] };
  const source = await (named === undefined ? configOf(tree, known) : configFromFile(named.path, named.cwd, known));
  return { ...source, team: await compiled(rules, source.root) };
}

async function compiled(rules: readonly TeamRule[], config: Node | undefined): Promise<readonly CompiledRule[]> {
  const own = ownRules(config);
  if (rules.length === 0 && own.size === 0) return [];
  const [{ rulesIn }, { compileRules }] = await Promise.all([import('./cel/read.ts'), import('./cel/compile.ts')]);
  return compileRules([...rules, ...rulesIn(own)]);
}

/** A file that may hold policies. */
export interface PolicyText {
  readonly file: string;
  readonly bytes: Buffer;
}

/** Policies on disk, for their tests. Throws `ConfigError`. */
export async function diskPolicies(
  texts: readonly PolicyText[],
  config: PolicyText | undefined,
): Promise<{ readonly files: readonly NamedPolicies[]; readonly rules: readonly CompiledRule[] }> {
  const files = await filesOf(texts);
  const ids = files.flatMap(({ rules }) => rules.map(({ id }) => id));
  const known = { ...KNOWN, rules: [...KNOWN.rules, ...ids] };
  const source = config && parseConfig(decode(config.file, config.bytes).source, known);
  const rules = await compiled(
    files.flatMap(file => file.rules),
    source?.root,
  );
  return { files, rules };
}

interface NamedPolicies extends PolicyFile {
  readonly file: string;
}

/** The files of policies among some texts. Throws `ConfigError`, also where two rules have one id. */
async function filesOf(texts: readonly PolicyText[]): Promise<NamedPolicies[]> {
  const { readPolicies } = await import('./cel/read.ts');
  const files = texts.flatMap(({ file, bytes }) => {
    const read = readPolicies(file, bytes);
    return read === undefined ? [] : [{ file, ...read }];
  });
  const seen = new Set(KNOWN.rules);
  for (const { id, when } of files.flatMap(({ rules }) => rules)) {
    if (seen.has(id)) throw configErrorAt(when.span, `there is a rule ${id} already`, 'Give it another id.');
    seen.add(id);
  }
  return files;
}
