/** A pattern of Argo CD's `directory.include` and `exclude`, against paths of files. */
export type Glob = (path: string) => boolean;

/** Alternatives that a pattern may stand for; more are taken as none. */
const MAX_ALTERNATIVES = 1_000;

/**
 * Reads a pattern as gobwas/glob does without separators: `*` and `**` match anything, `?` one character, `[a-z]` and
 * `[!a-z]` one of a set, `{a,b}` one of several. Matching takes time in proportion to pattern times path.
 */
export function compileGlob(pattern: string): Glob {
  const alternatives = expandBraces(pattern).map(tokensOf);
  return path => alternatives.some(tokens => matches(tokens, path));
}

type Token = { readonly kind: 'any' } | { readonly kind: 'one'; readonly matches: (character: string) => boolean };

function expandBraces(pattern: string): string[] {
  const pending = [pattern];
  const done: string[] = [];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const group = innermostGroup(next);
    if (group === undefined) done.push(next);
    else pending.push(...group);
    if (pending.length + done.length > MAX_ALTERNATIVES) return [];
  }
  return done;
}

/** The pattern with its first innermost `{a,b}` spelled out; undefined where it has none. */
function innermostGroup(pattern: string): string[] | undefined {
  const close = pattern.indexOf('}');
  const open = pattern.lastIndexOf('{', close);
  if (close < 0 || open < 0) return undefined;
  const before = pattern.slice(0, open);
  const after = pattern.slice(close + 1);
  return pattern
    .slice(open + 1, close)
    .split(',')
    .map(alternative => before + alternative + after);
}

function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i] ?? '';
    const close = character === '[' ? pattern.indexOf(']', i + 2) : -1;
    if (character === '*') {
      if (tokens.at(-1)?.kind !== 'any') tokens.push({ kind: 'any' });
    } else if (character === '?') tokens.push({ kind: 'one', matches: () => true });
    else if (close > 0) {
      tokens.push({ kind: 'one', matches: setOf(pattern.slice(i + 1, close)) });
      i = close;
    } else {
      const literal = character === '\\' ? (pattern[++i] ?? '\\') : character;
      tokens.push({ kind: 'one', matches: other => other === literal });
    }
  }
  return tokens;
}

function setOf(text: string): (character: string) => boolean {
  const isNegated = text.startsWith('!') || text.startsWith('^');
  const set = isNegated ? text.slice(1) : text;
  const isIn = (character: string) => {
    for (let i = 0; i < set.length; i++) {
      const from = set[i] ?? '';
      const to = set[i + 1] === '-' ? set[i + 2] : undefined;
      if (to === undefined ? character === from : character >= from && character <= to) return true;
      if (to !== undefined) i += 2;
    }
    return false;
  };
  return character => isIn(character) !== isNegated;
}

/** Goes back to the last `*` only, which is enough since a `*` can take what an earlier one left. */
function matches(tokens: readonly Token[], path: string): boolean {
  let token = 0;
  let star = -1;
  let resume = 0;
  for (let i = 0; i < path.length; ) {
    const current = tokens[token];
    if (current?.kind === 'one' && current.matches(path[i] ?? '')) {
      token++;
      i++;
    } else if (current?.kind === 'any') {
      star = token++;
      resume = i;
    } else if (star >= 0) {
      token = star + 1;
      i = ++resume;
    } else return false;
  }
  while (tokens[token]?.kind === 'any') token++;
  return token === tokens.length;
}
