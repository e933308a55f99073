import { configErrorAt } from '../../config/error.ts';
import { mismatchError } from '../../config/mismatch.ts';
import { SEVERITIES } from '../../rule/rule.ts';
import { decode } from '../../yaml/decode.ts';
import { at, entries, items, type MapEntry, type Node, type ScalarNode, text, toJson } from '../../yaml/node.ts';
import { parse } from '../../yaml/parse.ts';
import { holdsPolicies } from '../policy-files.ts';
import type { TeamRule } from './rule.ts';
import { validate } from './validate.generated.js';

/** A file of policies, as its schema has it. */
export interface WrittenPolicies {
  readonly rules?: Readonly<Record<string, unknown>>;
  readonly tests?: readonly unknown[];
}

/** A file of policies. */
export interface PolicyFile {
  readonly rules: readonly TeamRule[];
  /** Checked against the schema. */
  readonly tests: readonly Node[];
}

/**
 * The rules and tests of a file. Undefined for what is a file of somebody else's: a manifest, or a text without rules and
 * tests. Throws `ConfigError` for policies that cannot be used.
 */
export function readPolicies(file: string, bytes: Buffer): PolicyFile | undefined {
  const { source } = decode(file, bytes);
  const { documents, problems } = parse(source, 'kustomize');
  const [root, second] = documents;
  if (!holdsPolicies(root)) return undefined;
  const [broken] = problems;
  if (broken !== undefined) throw configErrorAt(broken.span, broken.message);
  if (second !== undefined)
    throw configErrorAt(second.span, 'a second document', 'A file of policies is one document.');
  if (!validate(toJson(root))) throw mismatchError(root, validate.errors ?? [], 'the file');
  return { rules: rulesIn(new Map(entries(at(root, 'rules')))), tests: items(at(root, 'tests')) };
}

/** Rules that their schema has approved, by id. Throws `ConfigError` for what it cannot tell. */
export function rulesIn(written: ReadonlyMap<string, MapEntry>): TeamRule[] {
  return [...written].map(([id, { key, value }]) => {
    if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)) {
      throw configErrorAt(
        key,
        `${id} is no id of a rule`,
        'Write small letters and digits with dashes, such as owner-missing.',
      );
    }
    const severity = SEVERITIES.find(word => word === text(value, 'severity')) ?? 'warning';
    const kinds =
      at(value, 'kinds') === undefined ? undefined : items(at(value, 'kinds')).flatMap(kind => text(kind) ?? []);
    return {
      id,
      severity,
      kinds,
      when: scalarAt(value, 'when'),
      message: messageOf(value),
      why: text(value, 'why') ?? '',
      fix: text(value, 'fix') ?? '',
      field: fieldOf(text(value, 'field') ?? 'metadata.name'),
    };
  });
}

function messageOf(rule: Node): TeamRule['message'] {
  const fixed = at(rule, 'message');
  const made = at(rule, 'messageExpression');
  if ((fixed === undefined) === (made === undefined)) {
    throw configErrorAt(rule.span, 'a rule has a message or a messageExpression, one of the two');
  }
  return fixed === undefined
    ? { kind: 'expression', node: scalarAt(rule, 'messageExpression') }
    : { kind: 'text', node: scalarAt(rule, 'message') };
}

function scalarAt(rule: Node, field: string): ScalarNode {
  const node = at(rule, field);
  if (node?.kind !== 'scalar') throw configErrorAt(rule.span, `${field} is no text`);
  return node;
}

/** `spec.containers.0.image`: keys, and numbers for items. */
function fieldOf(path: string): (string | number)[] {
  return path.split('.').map(step => (/^\d+$/.test(step) ? Number(step) : step));
}
