/** A stretch of a text, end exclusive. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** The text cut before every line that is a document separator: `---` alone or with white space behind it. */
export function documentParts(text: string): Part[] {
  const parts: Part[] = [];
  let start = 0;
  for (let dashes = text.indexOf('---'); dashes >= 0; dashes = text.indexOf('---', dashes + 3)) {
    if (dashes > 0 && !isLineBreak(text.charCodeAt(dashes - 1))) continue;
    const next = text.charAt(dashes + 3);
    if (next !== '' && next !== ' ' && next !== '\t' && next !== '\n' && next !== '\r') continue;
    if (dashes > start) parts.push({ start, end: dashes });
    start = dashes;
  }
  if (start < text.length) parts.push({ start, end: text.length });
  return parts;
}

function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}

/** The values of JSON texts written one behind the other; nothing where the text does not start as a JSON object. */
export function jsonParts(text: string): Part[] {
  const first = text.search(/\S/);
  if (text.charAt(first) !== '{') return [];
  const parts: Part[] = [];
  let start = first;
  let depth = 0;
  for (let i = first; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '"') i = endOfString(text, i);
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      depth--;
      if (depth > 0) continue;
      parts.push({ start, end: i + 1 });
      start = i + 1;
      if (depth < 0) break;
    }
  }
  if (text.slice(start).trim() !== '') parts.push({ start, end: text.length });
  return parts;
}

function endOfString(text: string, quote: number): number {
  for (let i = quote + 1; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\\') i++;
    else if (char === '"') return i;
  }
  return text.length;
}
