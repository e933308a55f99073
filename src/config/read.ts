import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Tree } from '../git/tree.ts';
import { decode } from '../yaml/decode.ts';
import { at, entries, items, type MapEntry, type Node, type Source, type Span, scalar, toJson } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { type Config, DEFAULTS, type RuleOptions, type WrittenConfig } from './config.ts';
import { ConfigError, configErrorAt } from './error.ts';
import { GATE_LEVELS } from './gate.ts';
import { mismatchError, unknownName } from './mismatch.ts';
import { validate } from './validate.generated.js';

/** Names of the file in the root of a tree. One of them, so that nobody edits the one that is not read. */
export const CONFIG_FILES = ['.deploy-lint.yaml', '.deploy-lint.yml', 'deploy-lint.config.yaml'] as const;

/** The ids that a configuration may name. */
export interface KnownIds {
  readonly rules: readonly string[];
  /** Of the risk table. */
  readonly rows: readonly string[];
}

/** A configuration with the document that it was read from, for who asks where a value comes from. */
export interface ConfigSource {
  readonly config: Config;
  /** Undefined where nothing is written. */
  readonly root: Node | undefined;
}

const NOTHING_WRITTEN: ConfigSource = { config: DEFAULTS, root: undefined };

/**
 * The configuration that a tree holds, over the defaults; the defaults where it holds none. Throws `ConfigError`, and
 * `ContentError` where the content cannot be had.
 */
export async function configOf(tree: Tree, known: KnownIds): Promise<ConfigSource> {
  const found = (await Promise.all(CONFIG_FILES.map(file => tree.entry(file)))).filter(entry => entry !== undefined);
  const [entry, other] = found;
  if (entry === undefined) return NOTHING_WRITTEN;
  if (other !== undefined) {
    throw new ConfigError(
      `${entry.path} and ${other.path} are both here`,
      'Keep one of them; which one counts would be a guess.',
    );
  }
  return configFrom(entry.path, await tree.read(entry), known);
}

/** The configuration in a file that was named on the command line, relative to `cwd`. Throws `ConfigError`. */
export async function configFromFile(path: string, cwd: string, known: KnownIds): Promise<ConfigSource> {
  let bytes: Buffer;
  try {
    bytes = await readFile(resolve(cwd, path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ConfigError(`the configuration ${path} cannot be read: ${REASONS.get(code) ?? code}`);
  }
  return configFrom(path, bytes, known);
}

const REASONS = new Map([
  ['ENOENT', 'there is no such file'],
  ['EACCES', 'permission denied'],
  ['EISDIR', 'it is a folder'],
]);

function configFrom(file: string, bytes: Buffer, known: KnownIds): ConfigSource {
  const { source, problems } = decode(file, bytes);
  const [broken] = problems;
  if (broken !== undefined) throw configErrorAt(broken.span, broken.message);
  return parseConfig(source, known);
}

/** Reads YAML with the words of YAML 1.2, as kustomize does: `off` is text. Throws `ConfigError`. */
export function parseConfig(source: Source, known: KnownIds): ConfigSource {
  const { documents, problems } = parse(source, 'kustomize');
  const [broken] = problems;
  if (broken !== undefined) throw configErrorAt(broken.span, broken.message);
  const [root, second] = documents;
  if (second !== undefined) throw configErrorAt(second.span, 'a second document', 'The configuration is one document.');
  if (root === undefined) return NOTHING_WRITTEN;
  const written: unknown = toJson(root);
  if (!validate(written)) throw mismatchError(root, validate.errors ?? []);
  refuseUnknownIds(root, known);
  return { config: overDefaults(written), root };
}

/** Which rules and rows there are is not for the schema to know. */
function refuseUnknownIds(root: Node, known: KnownIds): void {
  const own = ownRules(root);
  for (const [id, { key }] of entries(at(root, 'rules'))) {
    if (!own.has(id)) refuseUnknown('rule', id, known.rules, key);
    else if (known.rules.includes(id)) throw configErrorAt(key, `there is a rule ${id} already`, 'Give it another id.');
  }
  for (const row of items(at(root, 'risks')).flatMap(risk => items(at(risk, 'rows')))) {
    refuseUnknown('row of the risk table', String(scalar(row)), known.rows, row.span);
  }
  for (const node of items(at(root, 'gate', 'acknowledge'))) {
    const all = [...GATE_LEVELS, 'staging-first', ...known.rules, ...own.keys()];
    refuseUnknown('risk level and no rule', String(scalar(node)), all, node.span);
  }
}

/** The rules that a configuration brings itself, by id: those with an expression. */
export function ownRules(root: Node | undefined): Map<string, MapEntry> {
  return new Map([...entries(at(root, 'rules'))].filter(([, { value }]) => at(value, 'when') !== undefined));
}

function refuseUnknown(what: string, id: string, known: readonly string[], span: Span): void {
  if (known.includes(id)) return;
  const { message, hint } = unknownName(what, id, known);
  throw configErrorAt(span, message, hint);
}

function overDefaults(written: WrittenConfig): Config {
  return {
    environments: { ...DEFAULTS.environments, ...written.environments },
    images: { ...DEFAULTS.images, ...written.images },
    dns: { ...DEFAULTS.dns, ...written.dns },
    gate: { ...DEFAULTS.gate, ...written.gate },
    staging: { ...DEFAULTS.staging, ...written.staging },
    calendar: { ...DEFAULTS.calendar, ...written.calendar },
    allowances: { ...DEFAULTS.allowances, ...written.allowances },
    observe: {
      ...DEFAULTS.observe,
      ...written.observe,
      bounds: { ...DEFAULTS.observe.bounds, ...written.observe?.bounds },
    },
    versions: written.versions ?? DEFAULTS.versions,
    rules: settingsOf(written.rules),
    options: optionsOf(written.rules),
    risks: written.risks ?? DEFAULTS.risks,
  };
}

function settingsOf(rules: WrittenConfig['rules'] = {}): Config['rules'] {
  return new Map(
    Object.entries(rules).map(([id, written]) => {
      const { severity, ignore } = typeof written === 'string' ? { severity: written } : written;
      return [id, { ...(severity && { severity }), ...(ignore && { ignore }) }];
    }),
  );
}

/** A line for each option that there is. */
function optionsOf(rules: WrittenConfig['rules'] = {}): RuleOptions {
  const defaults = DEFAULTS.options;
  const reload = optionsIn(rules['config-change-not-picked-up'])?.['auto-reload-all'];
  return {
    'config-change-not-picked-up': {
      'auto-reload-all': reload ?? defaults['config-change-not-picked-up']['auto-reload-all'],
    },
  };
}

/** What a rule's mapping says; undefined where only its severity is written, or nothing. */
function optionsIn<Written>(written: Written | string | undefined): Written | undefined {
  return typeof written === 'string' ? undefined : written;
}
