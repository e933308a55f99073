import type { Node, Source, Span } from './node.ts';
import { type Dialect, resolvePlain } from './scalars.ts';

/** What stands in the brackets of a plain flow list: words and quoted texts without escapes, none of them empty. */
const ITEM = /(?:"([^"\\\n]*)"|'([^'\n]*)'|([\w./$(+=^<~-](?:[\w./$()+=^<~ -]*[\w./$()+=^<~-])?))(?= *[,\]])/y;
const NEXT = /(?: *, *| *(?=\]))/y;

/** A list of scalars in brackets on one line, such as the command of a container; undefined for any other text. */
export function readPlainFlow(source: Source, start: number, end: number, dialect: Dialect): Node | undefined {
  const { text } = source;
  const items: Node[] = [];
  let at = start + 1;
  while (text[at] === ' ') at++;
  while (at < end && text[at] !== ']') {
    ITEM.lastIndex = at;
    const match = ITEM.exec(text);
    if (match === null) return undefined;
    const quoted = match[1] ?? match[2];
    const plain = match[3] ?? '';
    const value = quoted ?? (/^-(?: |$)/.test(plain) ? undefined : resolvePlain(plain, dialect));
    if (value === undefined) return undefined;
    const span: Span = { source, start: at, end: at + match[0].length };
    items.push({ kind: 'scalar', value, span });
    NEXT.lastIndex = span.end;
    if (!NEXT.test(text)) return undefined;
    at = NEXT.lastIndex;
    if (at === span.end && text[at] !== ']') return undefined;
  }
  return at < end ? { kind: 'seq', items, span: { source, start, end: at + 1 } } : undefined;
}
