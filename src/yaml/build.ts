import {
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import { mergeInto } from './merge.ts';
import type { MapNode, Node, ScalarNode, SeqNode, Source, Span } from './node.ts';
import { emptyAt, endOfFlow, startOfBlockScalar } from './places.ts';
import type { Problem } from './problem.ts';
import { type Dialect, keyText, resolvePlain, resolveTagged } from './scalars.ts';

/** Nodes of one text with every alias counted as often as it is used: what a walk over the documents visits. */
const MAX_NODES = 500_000;
const MAX_DEPTH = 100;

/** What the documents of one text are gathered in. */
export interface Build {
  readonly source: Source;
  readonly dialect: Dialect;
  readonly documents: Node[];
  readonly problems: Problem[];
  /** Visited so far, see `MAX_NODES`. */
  nodes: number;
}

/** An anchored node. `open` while its own content is being read. */
interface Anchor {
  node: Node;
  open: boolean;
  weight: number;
  height: number;
}

/** A collection that is being filled. */
interface Frame {
  readonly node: MapNode | SeqNode;
  readonly flow: boolean;
  readonly anchor: Anchor | undefined;
  /** Of a mapping: the key whose value comes next. */
  key: Key | undefined;
  /** Of a mapping: the keys that came by `<<` and were not written here. */
  merged: Set<string> | undefined;
  weight: number;
  height: number;
}

/** `merge` for `<<`; `unusable` where the problem is reported already. */
type Key = { readonly text: string; readonly span: Span } | 'merge' | 'unusable';

/** The state of one document. */
interface DocumentState {
  readonly build: Build;
  readonly text: string;
  /** Where `text` starts in the source. */
  readonly base: number;
  readonly frames: Frame[];
  readonly anchors: Map<string, Anchor>;
  /** How far the text is read, in offsets of `text`. */
  cursor: number;
  root: Node | undefined;
  refused: boolean;
}

type MutableSpan = { source: Source; start: number; end: number };

/** Turns the events of one part of the source into its documents; `base` is where the part starts. */
export function buildDocuments(build: Build, events: readonly Event[], text: string, base: number): void {
  let document: DocumentState | undefined;
  let cursor = 0;
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) {
      document = { build, text, base, frames: [], anchors: new Map(), cursor, root: undefined, refused: false };
      continue;
    }
    if (document === undefined) continue;
    if (event.type === EVENT_ID.POP && document.frames.length === 0) {
      const root = document.root;
      const empty = root === undefined || (root.kind === 'scalar' && root.value === null);
      if (!document.refused && root !== undefined && !empty) build.documents.push(root);
      cursor = document.cursor;
      document = undefined;
      continue;
    }
    take(document, event);
    if (build.nodes > MAX_NODES) {
      const message = `more than ${MAX_NODES.toLocaleString('en')} values once the aliases are followed`;
      build.problems.push({
        code: 'too-many-nodes',
        message,
        span: spanAt(document, document.cursor, document.cursor + 1),
      });
      return;
    }
  }
}

function take(document: DocumentState, event: Event): void {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      takeScalar(document, event);
      break;
    case EVENT_ID.MAPPING:
      open(document, event, { kind: 'map', entries: new Map(), span: openSpan(document, event) });
      break;
    case EVENT_ID.SEQUENCE:
      open(document, event, { kind: 'seq', items: [], span: openSpan(document, event) });
      break;
    case EVENT_ID.ALIAS:
      takeAlias(document, document.text.slice(event.anchorStart, event.anchorEnd), event.anchorStart, event.anchorEnd);
      break;
    case EVENT_ID.POP:
      close(document);
      break;
  }
}

function spanAt(document: DocumentState, start: number, end: number): Span {
  const limit = document.text.length;
  return {
    source: document.build.source,
    start: document.base + Math.min(start, limit),
    end: document.base + Math.min(end, limit),
  };
}

function openSpan(document: DocumentState, event: MappingEvent | SequenceEvent): MutableSpan {
  const start = document.base + event.start;
  return { source: document.build.source, start, end: start + 1 };
}

function refuse(document: DocumentState, message: string, span: Span): void {
  document.refused = true;
  document.build.problems.push({ code: 'yaml-does-not-parse', message, span });
}

function open(document: DocumentState, event: MappingEvent | SequenceEvent, node: MapNode | SeqNode): void {
  const anchor = anchorOf(document, event, node, true);
  document.cursor = event.start;
  const flow = event.style === 2;
  document.frames.push({ node, flow, anchor, key: undefined, merged: undefined, weight: 1, height: 1 });
  document.build.nodes++;
}

function anchorOf(
  document: DocumentState,
  event: { anchorStart: number; anchorEnd: number },
  node: Node,
  isOpen: boolean,
): Anchor | undefined {
  if (event.anchorStart < 0) return undefined;
  const anchor = { node, open: isOpen, weight: 1, height: isOpen ? 1 : 0 };
  document.anchors.set(document.text.slice(event.anchorStart, event.anchorEnd), anchor);
  return anchor;
}

function close(document: DocumentState): void {
  const frame = document.frames.pop();
  if (frame === undefined) return;
  if (frame.flow) document.cursor = endOfFlow(document.text, document.cursor, frame.node.kind === 'map' ? '}' : ']');
  const span: MutableSpan = frame.node.span;
  span.end = Math.max(span.start, document.base + document.cursor);
  if (frame.anchor !== undefined) {
    frame.anchor.open = false;
    frame.anchor.weight = frame.weight;
    frame.anchor.height = frame.height;
  }
  place(document, frame.node, frame.weight, frame.height);
}

function takeScalar(document: DocumentState, event: ScalarEvent): void {
  document.build.nodes++;
  const { span, end } = scalarPlace(document, event);
  const frame = document.frames.at(-1);
  const isKey = frame?.node.kind === 'map' && frame.key === undefined;
  const text = getScalarValue(document.text, event);
  const plain = event.style === SCALAR_STYLE.PLAIN;
  const tag = event.tagStart < 0 ? '' : shortTag(document.text.slice(event.tagStart, event.tagEnd));
  document.cursor = end;
  if (isKey && frame !== undefined && plain && text === '<<' && (tag === '' || tag === '!!merge')) {
    frame.key = 'merge';
    return;
  }
  const resolved =
    tag !== ''
      ? resolveTagged(text, tag, document.build.dialect)
      : plain
        ? resolvePlain(text, document.build.dialect)
        : { value: text };
  if ('refused' in resolved) refuse(document, resolved.refused, span);
  const node: ScalarNode = { kind: 'scalar', value: 'refused' in resolved ? text : resolved.value, span };
  anchorOf(document, event, node, false);
  place(document, node, 1, 0, span);
}

/** The long and the verbatim spelling of YAML's own tags, as `!!int`. */
function shortTag(tag: string): string {
  const verbatim = tag.startsWith('!<') ? tag.slice(2, -1) : tag;
  return verbatim.startsWith('tag:yaml.org,2002:') ? `!!${verbatim.slice(18)}` : verbatim;
}

function scalarPlace(document: DocumentState, event: ScalarEvent): { span: Span; end: number } {
  const { text } = document;
  const after = Math.max(document.cursor, event.tagEnd, event.anchorEnd);
  if (event.valueStart < 0) {
    const frame = document.frames.at(-1);
    const at =
      event.tagEnd < 0 && event.anchorEnd < 0 ? emptyAt(text, after, frame?.node.kind === 'seq' ? '-' : ':') : after;
    return { span: spanAt(document, at, at), end: at };
  }
  const { valueStart, valueEnd } = event;
  switch (event.style) {
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return { span: spanAt(document, valueStart - 1, valueEnd + 1), end: valueEnd + 1 };
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK: {
      const start = startOfBlockScalar(text, after);
      const end = start + text.slice(start, valueEnd).trimEnd().length;
      return { span: spanAt(document, start, end), end };
    }
    default:
      return { span: spanAt(document, valueStart, valueEnd), end: valueEnd };
  }
}

function takeAlias(document: DocumentState, name: string, start: number, end: number): void {
  const anchor = document.anchors.get(name);
  document.cursor = end;
  const span = spanAt(document, start - 1, end);
  if (anchor === undefined || anchor.open) {
    refuse(
      document,
      anchor === undefined ? `no anchor "${name}" stands before this alias` : `anchor "${name}" contains itself`,
      span,
    );
    place(document, { kind: 'scalar', value: null, span }, 1, 0, span);
    return;
  }
  document.build.nodes += anchor.weight;
  if (document.frames.length + anchor.height > MAX_DEPTH) {
    document.refused = true;
    document.build.problems.push({
      code: 'too-deep',
      message: `more than ${MAX_DEPTH} collections inside each other`,
      span,
    });
  }
  place(document, anchor.node, anchor.weight, anchor.height, span);
}

/** Puts a finished node where it belongs: the root, the next item, the next key, or the value of the last key. */
function place(document: DocumentState, node: Node, weight: number, height: number, keySpan: Span = node.span): void {
  const frame = document.frames.at(-1);
  if (frame === undefined) {
    document.root = node;
    return;
  }
  frame.weight += weight;
  if (height >= frame.height) frame.height = height + 1;
  if (frame.node.kind === 'seq') {
    frame.node.items.push(node);
  } else if (frame.key === undefined) {
    frame.key = keyOf(document, node, keySpan);
  } else {
    const key = frame.key;
    frame.key = undefined;
    if (key === 'merge') merge(document, frame, frame.node, node);
    else if (key !== 'unusable') set(document, frame, frame.node, key.text, key.span, node);
  }
}

function keyOf(document: DocumentState, node: Node, span: Span): Key {
  const text = node.kind === 'scalar' ? keyText(node.value) : undefined;
  if (text !== undefined) return { text, span };
  const written = document.text.startsWith('{', span.start - document.base - 1) || node.kind === 'map';
  const template = written && document.text.slice(span.start - document.base - 1).startsWith('{{');
  refuse(
    document,
    template
      ? 'this looks like a template, which is not YAML before it is filled in: quote the value or keep the file out'
      : node.kind === 'scalar'
        ? 'a key is empty or null; Kubernetes needs strings as keys'
        : `a key is a ${node.kind === 'map' ? 'mapping' : 'sequence'}; Kubernetes needs strings as keys`,
    span,
  );
  return 'unusable';
}

function set(document: DocumentState, frame: Frame, map: MapNode, key: string, span: Span, value: Node): void {
  const known = map.entries.get(key);
  if (known !== undefined && !frame.merged?.delete(key)) {
    const first = known.key.source.position(known.key.start);
    const second = span.source.position(span.start);
    const message = `key "${key}" stands twice in one mapping, at ${first.line}:${first.column} and ${second.line}:${second.column}; the last one wins in kubectl, other readers refuse it`;
    document.build.problems.push({ code: 'duplicate-key', message, span });
  }
  map.entries.set(key, { key: span, value });
}

function merge(document: DocumentState, frame: Frame, map: MapNode, value: Node): void {
  frame.merged ??= new Set();
  const outcome = mergeInto(map, frame.merged, value, document.build.dialect);
  const span = value.span;
  if (outcome.refused !== undefined) refuse(document, outcome.refused, span);
  if (outcome.disputed.length > 0) {
    const message = `"<<" comes after ${outcome.disputed.map(key => `"${key}"`).join(', ')}: kubectl takes the merged value, kustomize the one written here`;
    document.build.problems.push({
      code: 'ambiguous-yaml',
      message,
      span: map.entries.get(outcome.disputed[0] ?? '')?.key ?? span,
    });
  }
}
