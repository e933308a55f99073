import type { ConfigError } from '../../config/error.ts';
import { configErrorAt } from '../../config/error.ts';
import { unknownName } from '../../config/mismatch.ts';
import { at, type Node, type Span, text, toJson } from '../../yaml/node.ts';
import { celUnit } from './check.ts';
import { type CompiledRule, type Input, UndecidedError } from './compile.ts';
import { type CelValue, celObject, TooLargeError } from './values.ts';

/** What a test said, and what came instead where it failed. */
export interface Outcome {
  readonly name: string;
  readonly rule: string;
  readonly span: Span;
  readonly expected: string;
  /** What the rule said; the same as `expected` where the test passed. */
  readonly actual: string;
}

/** Runs a test that its schema has approved. Throws `ConfigError` where it names no rule. */
export function runTest(test: Node, rules: readonly CompiledRule[]): Outcome {
  const id = text(test, 'rule') ?? '';
  const rule = rules.find(candidate => candidate.rule.id === id);
  if (rule === undefined) throw noSuchRule(test, id, rules);
  const expect = text(test, 'expect') ?? '';
  const message = text(test, 'message');
  const said = say(rule, test);
  return {
    name: text(test, 'name') ?? '',
    rule: id,
    span: test.span,
    expected: message === undefined ? expect : `${expect}: ${message}`,
    actual: message === undefined && said.kind === expect ? expect : said.told,
  };
}

function noSuchRule(test: Node, id: string, rules: readonly CompiledRule[]): ConfigError {
  const ids = rules.map(({ rule }) => rule.id);
  const { message, hint } = unknownName('rule', id, ids);
  return configErrorAt(at(test, 'rule')?.span ?? test.span, message, ids.length === 0 ? 'There are no rules.' : hint);
}

function say(rule: CompiledRule, test: Node): { kind: string; told: string } {
  const [object, oldObject] = [at(test, 'object'), at(test, 'oldObject')];
  const kind = text(object ?? oldObject, 'kind') ?? '';
  if (rule.rule.kinds?.includes(kind) === false)
    return { kind: 'none', told: `none: it is not about ${kind || 'objects without a kind'}` };
  try {
    const input = inputOf(test, object, oldObject);
    return rule.when(input)
      ? { kind: 'finding', told: `finding: ${rule.message(input)}` }
      : { kind: 'none', told: 'none' };
  } catch (error) {
    if (!(error instanceof UndecidedError || error instanceof TooLargeError)) throw error;
    return { kind: 'unknown', told: `unknown: ${error.message}` };
  }
}

function inputOf(test: Node, object: Node | undefined, oldObject: Node | undefined): Input {
  const seen = (node: Node | undefined): CelValue =>
    node === undefined ? null : celObject(node, text(node, 'kind') ?? '');
  const unit = at(test, 'unit');
  const written = unit === undefined ? {} : toJson(unit);
  const told = object === undefined ? 'removed' : oldObject === undefined ? 'added' : 'modified';
  return {
    object: seen(object),
    oldObject: seen(oldObject),
    change: text(test, 'change') ?? told,
    unit: new Map([...celUnit({}), ...fieldsOf(written)]),
  };
}

/** The schema has approved of the fields: texts, and a list of them. */
function fieldsOf(written: unknown): [string, CelValue][] {
  return Object.entries(written ?? {}).map(([name, value]): [string, CelValue] =>
    Array.isArray(value) ? [name, value.map(String)] : [name, String(value)],
  );
}
