/** The events of js-yaml leave out where some things stand; these look into the text for them. */

/** Behind the next `indicator`, where only white space and comments stand before it; `from` where there is none. */
export function emptyAt(text: string, from: number, indicator: '-' | ':'): number {
  const at = skipBlank(text, from);
  return text.charAt(at) === indicator ? at + 1 : from;
}

/** Behind the bracket that closes a flow collection whose last child ends at `from`. */
export function endOfFlow(text: string, from: number, bracket: '}' | ']'): number {
  for (let at = skipBlank(text, from); at < text.length; at = skipBlank(text, at + 1)) {
    if (text.charAt(at) === bracket) return at + 1;
  }
  return from;
}

/** The `|` or `>` of a block scalar; before it stand only white space, comments and the indicator of its key or item. */
export function startOfBlockScalar(text: string, from: number): number {
  for (let at = skipBlank(text, from); at < text.length; at = skipBlank(text, at + 1)) {
    const char = text.charAt(at);
    if (char === '|' || char === '>') return at;
  }
  return from;
}

/** The end of a stretch without the white space behind it. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /[ \t\r\n]/.test(text.charAt(at - 1))) at--;
  return at;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '#') {
      while (at + 1 < text.length && !/[\r\n]/.test(text.charAt(at + 1))) at++;
    } else if (char !== ' ' && char !== '\t' && char !== '\n' && char !== '\r') break;
  }
  return at;
}
