import { at, type Node, type Span } from '../yaml/node.ts';
import type { Config } from './config.ts';
import type { ConfigSource } from './read.ts';

/** One setting as it is in force. */
export interface Origin {
  /** `environments.staging`, `rules.duplicate-key.severity`. */
  readonly name: string;
  readonly value: unknown;
  /** Where it is written; undefined for a default. */
  readonly span: Span | undefined;
}

/**
 * Every setting with where it comes from, in the order of the configuration.
 *
 * @param severities Each rule's own severity, by id.
 */
export function originsOf({ config, root }: ConfigSource, severities: ReadonlyMap<string, string>): Origin[] {
  return leaves(effective(config, severities), [], root);
}

/** The configuration as a file could have it, with every rule. */
function effective(
  { rules, options, ...others }: Config,
  severities: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const own = new Map<string, object>(Object.entries(options));
  const told = [...severities].map(([id, severity]) => [id, { severity, ...own.get(id), ...rules.get(id) }] as const);
  return { ...others, rules: Object.fromEntries(told) };
}

function leaves(value: unknown, path: readonly string[], root: Node | undefined): Origin[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key], root));
  }
  return [{ name: path.join('.'), value, span: spanOf(root, path) }];
}

/** A rule may have its severity in the place of a mapping. */
function spanOf(root: Node | undefined, path: readonly string[]): Span | undefined {
  const found = at(root, ...path);
  if (found !== undefined) return found.span;
  const above = path[0] === 'rules' && path[2] === 'severity' ? at(root, ...path.slice(0, 2)) : undefined;
  return above?.kind === 'scalar' ? above.span : undefined;
}
