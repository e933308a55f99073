import { RE2JS, RE2JSException } from 're2js';

/** An expression that Go's `regexp` would refuse. */
export class PatternError extends Error {}

/** Characters that stand for themselves, and the dot, which stands for any: what nearly every name consists of. */
const PLAIN = /^[\w\-/:@.]*$/;

/**
 * Whether the expression matches somewhere in a text, as Go's `regexp.MatchString` does it: RE2's syntax, in linear time.
 * Throws `PatternError`. Plain names between anchors need no engine, whose start costs more than all else in a small run.
 */
export function goPattern(expression: string): (text: string) => boolean {
  const plain = /^\^(?:\(\?:(.*)\)|(.*))\$$/.exec(expression);
  const name = plain?.[1] ?? plain?.[2];
  if (name !== undefined && PLAIN.test(name)) return text => text.length === name.length && startsWith(text, name);
  const compiled = compile(expression);
  return text => compiled.matcher(text).find();
}

/**
 * Where the group `version` of the expression, or else its first, or else all of it, matches first. `^` and `$` stand for
 * the ends of lines. Throws `PatternError`.
 */
export function goCapture(expression: string): (text: string) => { start: number; end: number } | undefined {
  const compiled = compile(`(?m)${expression}`);
  const isNamed = /\(\?P?<version>/.test(expression);
  return text => {
    const matcher = compiled.matcher(text);
    if (!matcher.find()) return undefined;
    const group = isNamed ? 'version' : Math.min(1, matcher.groupCount());
    const [start, end] = [matcher.start(group), matcher.end(group)];
    return start < 0 ? undefined : { start, end };
  };
}

/** A match of an expression: its text, its place, and its groups by number and by name. */
export interface GoMatch {
  readonly start: number;
  readonly end: number;
  readonly groups: ReadonlyMap<string, string>;
}

/** Every match of the expression as Go's `FindAllStringSubmatch` finds them. Throws `PatternError`. */
export function goMatches(expression: string): (text: string) => GoMatch[] {
  const compiled = compile(expression);
  const names = Object.entries(compiled.namedGroups());
  return text => {
    const matcher = compiled.matcher(text);
    const found: GoMatch[] = [];
    while (matcher.find()) {
      const [start, end] = [matcher.start(), matcher.end()];
      // Go takes no empty match right behind another one.
      if (start === end && found.at(-1)?.end === end) continue;
      const numbered = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? '');
      const named = names.map(([name, group]) => [name, numbered[group] ?? ''] as const);
      const groups = [...numbered.map((value, group) => [String(group), value] as const), ...named];
      found.push({ start, end, groups: new Map(groups) });
    }
    return found;
  };
}

/** As `goPattern` for `^`, an expression and a fixed tail in JavaScript's syntax, which is anchored at both ends. */
export function goPatternWithTail(expression: string, tail: RegExp): (text: string) => boolean {
  if (PLAIN.test(expression)) {
    return text => startsWith(text, expression) && tail.test(text.slice(expression.length));
  }
  return goPattern(`^${expression}${tail.source.slice(1)}`);
}

const DOT = 0x2e;

function startsWith(text: string, name: string): boolean {
  if (text.length < name.length) return false;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code !== DOT && code !== text.charCodeAt(i)) return false;
  }
  return true;
}

function compile(expression: string): RE2JS {
  try {
    return RE2JS.compile(expression);
  } catch (error) {
    if (error instanceof RE2JSException) throw new PatternError(error.message);
    throw error;
  }
}
