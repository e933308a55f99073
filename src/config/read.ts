import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Tree } from '../git/tree.ts';
import { decode } from '../yaml/decode.ts';
import { at, entries, type Node, type Source, toJson } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { type Config, DEFAULTS, type WrittenConfig } from './config.ts';
import { ConfigError, configErrorAt } from './error.ts';
import { mismatchError, unknownName } from './mismatch.ts';
import { validate } from './validate.generated.js';

/** Names of the file in the root of a tree. One of them, so that nobody edits the one that is not read. */
export const CONFIG_FILES = ['.deploy-lint.yaml', '.deploy-lint.yml', 'deploy-lint.config.yaml'] as const;

/**
 * The configuration that a tree holds, over the defaults; the defaults where it holds none. `rules` are the ids that may
 * be named. Throws `ConfigError`, and `ContentError` where the content cannot be had.
 */
export async function configOf(tree: Tree, rules: readonly string[]): Promise<Config> {
  const found = (await Promise.all(CONFIG_FILES.map(file => tree.entry(file)))).filter(entry => entry !== undefined);
  const [entry, other] = found;
  if (entry === undefined) return DEFAULTS;
  if (other !== undefined) {
    throw new ConfigError(
      `${entry.path} and ${other.path} are both here`,
      'Keep one of them; which one counts would be a guess.',
    );
  }
  return configFrom(entry.path, await tree.read(entry), rules);
}

/** The configuration in a file that was named on the command line, relative to `cwd`. Throws `ConfigError`. */
export async function configFromFile(path: string, cwd: string, rules: readonly string[]): Promise<Config> {
  let bytes: Buffer;
  try {
    bytes = await readFile(resolve(cwd, path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ConfigError(`the configuration ${path} cannot be read: ${REASONS.get(code) ?? code}`);
  }
  return configFrom(path, bytes, rules);
}

const REASONS = new Map([
  ['ENOENT', 'there is no such file'],
  ['EACCES', 'permission denied'],
  ['EISDIR', 'it is a folder'],
]);

function configFrom(file: string, bytes: Buffer, rules: readonly string[]): Config {
  const { source, problems } = decode(file, bytes);
  const [broken] = problems;
  if (broken !== undefined) throw configErrorAt(broken.span, broken.message);
  return parseConfig(source, rules);
}

/** Reads YAML with the words of YAML 1.2, as kustomize does: `off` is text. Throws `ConfigError`. */
export function parseConfig(source: Source, rules: readonly string[]): Config {
  const { documents, problems } = parse(source, 'kustomize');
  const [broken] = problems;
  if (broken !== undefined) throw configErrorAt(broken.span, broken.message);
  const [root, second] = documents;
  if (second !== undefined) throw configErrorAt(second.span, 'a second document', 'The configuration is one document.');
  if (root === undefined) return DEFAULTS;
  const written: unknown = toJson(root);
  if (!validate(written)) throw mismatchError(root, validate.errors ?? []);
  refuseUnknownRules(root, rules);
  return overDefaults(written);
}

/** Which rules there are is not for the schema to know. */
function refuseUnknownRules(root: Node, rules: readonly string[]): void {
  for (const [id, { key }] of entries(at(root, 'rules'))) {
    if (rules.includes(id)) continue;
    const { message, hint } = unknownName('rule', id, rules);
    throw configErrorAt(key, message, hint);
  }
}

function overDefaults(written: WrittenConfig): Config {
  return {
    environments: { ...DEFAULTS.environments, ...written.environments },
    images: { ...DEFAULTS.images, ...written.images },
    dns: { ...DEFAULTS.dns, ...written.dns },
    versions: written.versions ?? DEFAULTS.versions,
    rules: { ...DEFAULTS.rules, ...written.rules },
  };
}
