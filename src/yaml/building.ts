import type { MapNode, Node, SeqNode, Span } from './node.ts';
import { type Reading, report } from './reading.ts';
import { anchorObjection, type Objection, tabInIndentation } from './strictness.ts';

/** A document while its nodes are being built. Offsets are those of `text`, the spans' those of the source. */
export interface Building {
  readonly reading: Reading;
  /** What the events point into. */
  readonly text: string;
  /** Where an offset of `text` is in the source. */
  readonly offset: (at: number) => number;
  /** Read by a JSON reader, which knows nothing of what libyaml refuses. */
  readonly json: boolean;
  /** Whether any line starts with a tab, so that the places of tabs have to be looked at. */
  readonly tabbed: boolean;
  /** The collections that are open, the innermost last. */
  readonly frames: Frame[];
  readonly anchors: Map<string, Anchor>;
  root: Node | undefined;
  /** How far the text is taken in. */
  cursor: number;
  /** The last value was a plain scalar, which may go on over lines. */
  afterPlain: boolean;
  /** Where the last value ended: the cursor without the blank lines behind a block scalar. */
  end: number;
  /** The reader would not take the document. */
  refused: boolean;
}

/** A collection that is being filled. */
export interface Frame {
  readonly node: MapNode | SeqNode;
  readonly start: number;
  readonly flow: boolean;
  readonly anchor: Anchor | undefined;
  /** Of a mapping: the key whose value comes next. */
  key: Key | undefined;
  /** Of a mapping: the keys that came by `<<` and were not written here. */
  merged: Set<string> | undefined;
  /** Of a mapping: its `<<`. */
  mergeSpan: Span | undefined;
  /** Nodes in it so far, itself included, aliases followed. */
  weight: number;
  /** Collections inside each other so far, itself included. */
  height: number;
}

/** `unusable`: the value has no place to go, and the problem with the key is reported already. */
export type Key =
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'merge'; readonly span: Span }
  | { readonly kind: 'unusable' };

/** A node that aliases can name. */
interface Anchor {
  readonly node: Node;
  /** Its own content is still being read. */
  open: boolean;
  weight: number;
  height: number;
}

export function spanAt(building: Building, start: number, end: number): Span {
  return { source: building.reading.source, start: building.offset(start), end: building.offset(end) };
}

/** Leaves the document out, as the reader would not take it, and reports the first reason. */
export function refuseAt(building: Building, message: string, span: Span): void {
  if (building.refused) return;
  building.refused = true;
  report(building.reading, 'yaml-does-not-parse', message, span);
}

/** The same for what is wrong at an offset; nothing where nothing is. */
export function objectTo(building: Building, objection: Objection | undefined): void {
  if (objection === undefined || building.json) return;
  refuseAt(building, objection.reason, spanAt(building, objection.at, objection.at + 1));
}

/** Looks at what stands between the last value and the next, which starts at `to`. */
export function takeGap(building: Building, to: number): void {
  const { text, tabbed, cursor, afterPlain } = building;
  const frame = building.frames.at(-1);
  if (!tabbed || frame?.flow === true) return;
  const column = frame === undefined ? 0 : frame.start - Math.max(text.lastIndexOf('\n', frame.start - 1), -1) - 1;
  objectTo(building, tabInIndentation(text, cursor, to, afterPlain ? column + 1 : Infinity));
}

export function openAnchor(
  building: Building,
  { anchorStart, anchorEnd }: { anchorStart: number; anchorEnd: number },
  node: Node,
  height: number,
): Anchor | undefined {
  if (anchorStart < 0) return undefined;
  objectTo(building, anchorObjection(building.text, anchorStart, anchorEnd));
  const anchor = { node, open: false, weight: 1, height };
  building.anchors.set(building.text.slice(anchorStart, anchorEnd), anchor);
  return anchor;
}
