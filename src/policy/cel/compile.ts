import type { Environment, ParseResult } from '@marcbachmann/cel-js';
import { type ConfigError, configErrorAt } from '../../config/error.ts';
import { nearestOf } from '../../config/nearest.ts';
import { goPattern, PatternError } from '../../kubernetes/go-pattern.ts';
import type { ScalarNode } from '../../yaml/node.ts';
import { Meter, meterNodes, TOO_MANY_STEPS } from './meter.ts';
import { placeInText } from './place-in-text.ts';
import type { TeamRule } from './rule.ts';
import type { CelValue } from './values.ts';

/** What an expression may name. */
export interface Input {
  readonly object: CelValue;
  readonly oldObject: CelValue;
  readonly change: string;
  readonly unit: ReadonlyMap<string, CelValue>;
}

/** A rule whose expressions are read and whose types are checked. */
export interface CompiledRule {
  readonly rule: TeamRule;
  /** It names what was before, so it is about the change and not about what stands. */
  readonly isAboutChange: boolean;
  /** Throws `UndecidedError`. */
  readonly when: (input: Input) => boolean;
  /** Throws `UndecidedError`. */
  readonly message: (input: Input) => string;
}

/** An expression came to no answer. The message is one line, and holds no value of an object. */
export class UndecidedError extends Error {}

/** Fields of `unit`, all of them there; what is not known is an empty text. */
const UNIT = {
  key: 'string',
  name: 'string',
  kind: 'string',
  environment: 'string',
  client: 'string',
  app: 'string',
  application: 'string',
  folders: 'list<string>',
};

/** Of one expression. */
const LIMITS = { maxAstNodes: 500, maxDepth: 40, maxListElements: 100, maxMapEntries: 100, maxCallArguments: 8 };
const MAX_LENGTH = 4_000;
const MAX_PATTERN = 500;

/** `matches` of RE2 in the place of that of JavaScript, which some texts keep busy for ever. */
const MATCHES = 'matchesRe2';

/** Checks the expressions of the rules. Throws `ConfigError` for the first that cannot be used. */
export async function compileRules(rules: readonly TeamRule[]): Promise<CompiledRule[]> {
  const { Environment: Cel } = await import('@marcbachmann/cel-js');
  const meter = new Meter();
  const environment = new Cel({ limits: LIMITS, homogeneousAggregateLiterals: false })
    .registerVariable('object', 'dyn')
    .registerVariable('oldObject', 'dyn')
    .registerVariable('change', 'string')
    .registerVariable({ name: 'unit', schema: UNIT })
    .registerFunction(`string.${MATCHES}(string): bool`, (text: string, pattern: string) => {
      if (pattern.length > MAX_PATTERN) throw new PatternError(`a pattern has more than ${MAX_PATTERN} characters`);
      meter.spend(text.length * pattern.length + 100);
      return goPattern(pattern)(text);
    });
  return rules.map(rule => compileRule(rule, environment, meter));
}

function compileRule(rule: TeamRule, environment: Environment, meter: Meter): CompiledRule {
  const when = compile(rule.when, 'bool', environment, meter);
  const { kind, node } = rule.message;
  const message = kind === 'text' ? undefined : compile(node, 'string', environment, meter);
  const names = new Set([...when.names, ...(message?.names ?? [])]);
  return {
    rule,
    isAboutChange: names.has('oldObject') || names.has('change'),
    when: input => {
      const value = when.run(input);
      if (typeof value === 'boolean') return value;
      throw new UndecidedError('when is neither true nor false');
    },
    message: input => {
      const value = message === undefined ? node.value : message.run(input);
      if (typeof value === 'string') return oneLine(value);
      throw new UndecidedError('messageExpression is no text');
    },
  };
}

interface Compiled {
  readonly run: (input: Input) => unknown;
  /** Every name in it, of variables and others. */
  readonly names: ReadonlySet<string>;
}

function compile(node: ScalarNode, type: 'bool' | 'string', environment: Environment, meter: Meter): Compiled {
  const text = String(node.value);
  if (text.length > MAX_LENGTH) {
    throw configErrorAt(node.span, `the expression has more than ${MAX_LENGTH} characters`);
  }
  const parsed = parsedBy(environment, node, text);
  const names = renamed(parsed.ast);
  const checked = parsed.check();
  if (!checked.valid) throw celError(checked.error, node, environment);
  if (checked.type !== type && checked.type !== 'dyn') {
    throw configErrorAt(placeInText(node, 0), `the expression is of type ${checked.type} and must be ${type}`);
  }
  meterNodes(parsed.ast, meter);
  return { names, run: input => evaluated(parsed, input, meter) };
}

function parsedBy(environment: Environment, node: ScalarNode, text: string): ParseResult {
  try {
    return environment.parse(text);
  } catch (error) {
    throw celError(error, node, environment);
  }
}

/** The names of an expression, of which `matches` is then another function. */
function renamed(root: unknown): Set<string> {
  const names = new Set<string>();
  const seen = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if ('op' in value && 'args' in value) {
      if (value.op === 'id') names.add(String(value.args));
      if (value.op === 'rcall' && Array.isArray(value.args) && value.args[0] === 'matches') value.args[0] = MATCHES;
      visit(Reflect.get(value, 'meta'));
    }
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(root);
  return names;
}

function evaluated(parsed: ParseResult, input: Input, meter: Meter): unknown {
  meter.start();
  try {
    const value: unknown = parsed({ ...input });
    // `||` and `exists` go on where an operand fails, also where it is the budget that failed it.
    meter.spend(0);
    return value;
  } catch (error) {
    throw meter.isExceeded ? new UndecidedError(TOO_MANY_STEPS) : undecided(error);
  }
}

function undecided(error: unknown): Error {
  if (error instanceof PatternError) return new UndecidedError(error.message);
  const summary = summaryOf(error);
  return summary === undefined && error instanceof Error ? error : new UndecidedError(summary ?? String(error));
}

/** What cel-js says, without the expression that it prints below. */
function summaryOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('summary' in error) || typeof error.summary !== 'string') return undefined;
  return error.summary.replaceAll(MATCHES, 'matches').replace(/^[A-Z](?=[a-z])/, first => first.toLowerCase());
}

/** An error of cel-js at its place in the file, with what was probably meant. */
function celError(error: unknown, node: ScalarNode, environment: Environment): ConfigError {
  const summary = summaryOf(error);
  if (summary === undefined) throw error;
  const start = rangeStart(error);
  const near = meant(summary, environment);
  const hint = near === undefined ? undefined : `Did you mean ${near}?`;
  return configErrorAt(placeInText(node, start), summary, hint);
}

function rangeStart(error: unknown): number {
  const range = typeof error === 'object' && error !== null && 'range' in error ? error.range : undefined;
  const start = typeof range === 'object' && range !== null && 'start' in range ? range.start : 0;
  return typeof start === 'number' ? start : 0;
}

function meant(summary: string, environment: Environment): string | undefined {
  const variable = /^unknown variable: (\w+)/.exec(summary)?.[1];
  if (variable !== undefined) return nearestOf(variable, ['object', 'oldObject', 'change', 'unit']);
  const field = /^no such key: (\w+)/.exec(summary)?.[1];
  if (field !== undefined) return nearestOf(field, Object.keys(UNIT));
  const called = /overload for '(?:[^']*\.)?(\w+)\(/.exec(summary)?.[1];
  if (called === undefined) return undefined;
  const near = nearestOf(
    called,
    environment.getDefinitions().functions.map(({ name }) => name),
  );
  return near === called ? undefined : near;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
