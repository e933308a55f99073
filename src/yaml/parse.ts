import { COLLECTION_STYLE, EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml';
import { buildDocument, MAX_NODES } from './build.ts';
import { type Events, eventsOf, MAX_DEPTH, type Refusal } from './events.ts';
import type { Node, Source } from './node.ts';
import { readPlainYaml } from './plain-yaml.ts';
import type { Problem } from './problem.ts';
import { type Reading, report, spanOf } from './reading.ts';
import type { Dialect } from './scalars.ts';
import { type DocumentPart, documentParts, jsonParts, type Part } from './split.ts';
import { controlCharacter } from './strictness.ts';
import { isTemplated } from './template.ts';

export type { Dialect } from './scalars.ts';

/** What a text holds and what is wrong with it. */
export interface Parsed {
  /** The documents that are not empty and that the reader would not refuse. */
  readonly documents: Node[];
  readonly problems: Problem[];
}

/**
 * Reads YAML or JSON as the reader of the dialect would. Anchors and merge keys are resolved; nodes behind an alias are
 * shared and keep the place where they were written. A document that the reader would refuse is left out and has a
 * problem; the documents around it are read. Never throws, whatever the text.
 */
export function parse(source: Source, dialect: Dialect): Parsed {
  const plain = readPlainYaml(source, dialect, 'exact');
  if (plain !== undefined) return { documents: plain, problems: [] };
  return parseWhole(source, dialect);
}

/** The same for any text, by the parser that knows all of YAML. */
export function parseWhole(source: Source, dialect: Dialect): Parsed {
  const reading: Reading = { source, dialect, documents: [], problems: [], nodes: 0 };
  if (!(dialect === 'kubectl' && /^\uFEFF?\s*\{/.test(source.text) && parseJson(reading))) parseYaml(reading);
  return { documents: reading.documents, problems: reading.problems };
}

/** kubectl takes what starts with a brace for JSON, any number of values without separators; false if it is not. */
function parseJson(reading: Reading): boolean {
  const { source } = reading;
  const values = jsonParts(source.text);
  if (!values.every(({ start, end }) => isJson(source.text.slice(start, end)))) {
    if (isTemplated(source.text)) return false;
    const message =
      'kubectl takes a text that starts with "{" for JSON, and this is not JSON; kustomize reads it as YAML';
    report(reading, 'ambiguous-yaml', message, spanOf(source, source.text.search(/\{/)));
    return false;
  }
  for (const part of values) {
    const text = source.text.slice(part.start, part.end);
    const events = eventsOf(text, true);
    if ('reason' in events) refuse(reading, part, text, events);
    else buildDocument(reading, events, part.start, true);
    if (reading.nodes > MAX_NODES) break;
  }
  return true;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return false;
    throw error;
  }
}

function parseYaml(reading: Reading): void {
  for (const part of documentParts(reading.source.text, reading.dialect)) {
    parseDocument(reading, part);
    if (reading.nodes > MAX_NODES) break;
  }
}

function parseDocument(reading: Reading, part: DocumentPart): void {
  const { source } = reading;
  if (part.badSeparator !== undefined) {
    const message = 'only a comment can stand on the line of a document separator "---"';
    report(reading, 'yaml-does-not-parse', message, spanOf(source, part.badSeparator.start, part.badSeparator.end));
    return;
  }
  if (part.unread !== undefined) reportUnread(reading, part.unread, 'this text');
  const bom = source.text.startsWith('\uFEFF', part.start) && part.start > 0;
  if (bom) {
    const message =
      'a byte order mark starts this document: kubectl and kustomize skip it, other readers take it for a part of the first key';
    report(reading, 'ambiguous-yaml', message, spanOf(source, part.start));
  }
  if (part.start === part.end && part.endMarker === undefined) return;
  readPart(reading, bom ? { start: part.start + 1, end: part.end } : part, part.endMarker);
}

function readPart(reading: Reading, part: Part, endMarker: Part | undefined): void {
  const { source } = reading;
  const text = source.text.slice(part.start, part.end);
  const control = controlCharacter(text);
  if (control !== undefined) {
    report(reading, 'yaml-does-not-parse', control.reason, spanOf(source, part.start + control.at));
    return;
  }
  const events = eventsOf(text);
  if ('reason' in events) {
    refuseOrReadFirst(reading, part, text, events);
    return;
  }
  if (events.events.length === 0 && endMarker !== undefined) {
    const message = 'no document stands before this "..."';
    report(reading, 'yaml-does-not-parse', message, spanOf(source, endMarker.start, endMarker.start + 3));
  }
  const second = buildDocument(reading, events, part.start, false);
  if (second !== undefined)
    reportUnread(reading, { start: second, end: part.end }, 'a second document without "---" before it');
}

/** After a value in brackets or quotes, and after a block that is indented deeper, the readers look no further. */
function refuseOrReadFirst(reading: Reading, part: Part, text: string, refusal: Refusal): void {
  if (refusal.reason.startsWith('end of the stream') && !isTemplated(text)) {
    const first = eventsOf(text.slice(0, refusal.at));
    if (!('reason' in first) && endsByItself(first)) {
      reportUnread(reading, { start: part.start + refusal.at, end: part.end }, 'what stands behind the first value');
      buildDocument(reading, first, part.start, false);
      return;
    }
  }
  refuse(reading, part, text, refusal);
}

function endsByItself({ events, text }: Events): boolean {
  const root: Event | undefined = events[1];
  if (root?.type === EVENT_ID.SCALAR) {
    return root.style === SCALAR_STYLE.DOUBLE_QUOTED || root.style === SCALAR_STYLE.SINGLE_QUOTED;
  }
  if (root?.type !== EVENT_ID.MAPPING && root?.type !== EVENT_ID.SEQUENCE) return false;
  return root.style === COLLECTION_STYLE.FLOW || text.charAt(root.start - 1) === ' ';
}

function reportUnread(reading: Reading, part: Part, what: string): void {
  const message = `${what} is never read by kubectl or kustomize, and other readers read it`;
  report(reading, 'ambiguous-yaml', message, spanOf(reading.source, part.start, part.end));
}

function refuse(reading: Reading, part: Part, text: string, { reason, tooDeep, at }: Refusal): void {
  const span = spanOf(reading.source, part.start + at);
  if (tooDeep) {
    report(reading, 'too-deep', `more than ${MAX_DEPTH} collections stand inside each other`, span);
    return;
  }
  const conflict = /^<{7} .*$/m.exec(text);
  if (conflict !== null && /^>{7} /m.test(text)) {
    const start = part.start + conflict.index;
    const message = `git left a merge conflict in the file, from "${conflict[0].trimEnd()}" on`;
    report(reading, 'yaml-does-not-parse', message, spanOf(reading.source, start, start + conflict[0].length));
    return;
  }
  const why = /^[ \t]*%/m.test(text) && /directive/.test(reason) ? 'directives (%) are not supported' : reason;
  const hint = isTemplated(text) ? '; it looks like a template, which is not YAML before it is filled in' : '';
  report(reading, 'yaml-does-not-parse', `the YAML does not parse: ${why}${hint}`, span);
}
