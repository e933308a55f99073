import type { MapEntry, MapNode, Node, ScalarNode, SeqNode, Source } from './node.ts';
import { type Dialect, resolvePlain } from './scalars.ts';

/** What stands in plain brackets and braces: words and quoted texts without escapes, none of them empty. */
const SCALAR = /(?:"([^"\\\n]*)"|'([^'\n]*)'|([\w./$(+=^<~-](?:[\w./$()+=^<~ -]*[\w./$()+=^<~-])?))(?= *[,\]}])/y;
const KEY = /[A-Za-z_][\w./-]*(?=: )/y;

/** Words that a reader of YAML takes for more than text; as keys they are left to the parser. */
const WORD = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

const MAX_DEPTH = 20;

export function isWord(text: string): boolean {
  return text.length <= 5 && WORD.test(text);
}

interface Flow {
  readonly source: Source;
  readonly text: string;
  readonly dialect: Dialect;
  /** Where the next character stands. */
  at: number;
}

/**
 * A list or a mapping on one line, such as the command of a container, that starts at the offset; undefined for any other
 * text.
 */
export function readPlainFlow(source: Source, start: number, dialect: Dialect): Node | undefined {
  return readValue({ source, text: source.text, dialect, at: start }, 0);
}

function readValue(flow: Flow, depth: number): Node | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const first = flow.text[flow.at];
  if (first === '[') return readList(flow, depth);
  return first === '{' ? readMapping(flow, depth) : readScalar(flow);
}

function readList(flow: Flow, depth: number): SeqNode | undefined {
  const start = flow.at++;
  const items: Node[] = [];
  skipSpaces(flow);
  while (flow.text[flow.at] !== ']') {
    const item = readValue(flow, depth + 1);
    if (item === undefined || !endItem(flow, ']')) return undefined;
    items.push(item);
  }
  return { kind: 'seq', items, span: { source: flow.source, start, end: ++flow.at } };
}

function readMapping(flow: Flow, depth: number): MapNode | undefined {
  const { source, text } = flow;
  const start = flow.at++;
  const entries = new Map<string, MapEntry>();
  skipSpaces(flow);
  while (text[flow.at] !== '}') {
    KEY.lastIndex = flow.at;
    const [key] = KEY.exec(text) ?? [];
    if (key === undefined || entries.has(key) || isWord(key)) return undefined;
    const span = { source, start: flow.at, end: flow.at + key.length };
    flow.at = span.end + 1;
    skipSpaces(flow);
    const value = readValue(flow, depth + 1);
    if (value === undefined || !endItem(flow, '}')) return undefined;
    entries.set(key, { key: span, value });
  }
  return { kind: 'map', entries, span: { source, start, end: ++flow.at } };
}

/** Goes on to the next item or to the closing bracket; false where neither follows. */
function endItem(flow: Flow, close: string): boolean {
  skipSpaces(flow);
  if (flow.text[flow.at] === close) return true;
  if (flow.text[flow.at] !== ',') return false;
  flow.at++;
  skipSpaces(flow);
  return true;
}

function readScalar(flow: Flow): ScalarNode | undefined {
  const { source, text, dialect, at: start } = flow;
  SCALAR.lastIndex = start;
  const match = SCALAR.exec(text);
  if (match === null) return undefined;
  const plain = match[3] ?? '';
  const value = match[1] ?? match[2] ?? (/^-(?: |$)/.test(plain) ? undefined : resolvePlain(plain, dialect));
  if (value === undefined) return undefined;
  flow.at = start + match[0].length;
  return { kind: 'scalar', value, span: { source, start, end: flow.at } };
}

function skipSpaces(flow: Flow): void {
  while (flow.text[flow.at] === ' ') flow.at++;
}
