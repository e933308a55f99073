import { COLLECTION_STYLE, EVENT_ID, type Event, type MappingEvent, type SequenceEvent } from 'js-yaml';
import { type Building, openAnchor, refuseAt, spanAt, takeGap } from './building.ts';
import { type Events, MAX_DEPTH } from './events.ts';
import type { MapNode, SeqNode, Span } from './node.ts';
import { place } from './place.ts';
import { endOfFlow } from './places.ts';
import { type Reading, report } from './reading.ts';
import { takeScalar } from './scalar-event.ts';
import { hasTabbedLine } from './strictness.ts';

/** In all documents of a text together, an aliased node counted as often as it is used: what a walk visits. */
export const MAX_NODES = 500_000;

/**
 * Adds the document of the events to the reading, unless it is empty or the reader would refuse it.
 *
 * @param base where the part of the source starts that the events come from
 * @returns where a second document starts in the source, if there is one; it is not read
 */
export function buildDocument(reading: Reading, from: Events, base: number, json: boolean): number | undefined {
  const { events, text, original } = from;
  const building: Building = {
    reading,
    text,
    offset: original === undefined ? at => base + at : at => base + original(at),
    json,
    tabbed: !json && hasTabbedLine(text),
    frames: [],
    anchors: new Map(),
    root: undefined,
    cursor: 0,
    afterPlain: false,
    end: 0,
    refused: false,
  };
  let second: number | undefined;
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT && building.root !== undefined) second = building.offset(building.cursor);
    if (second !== undefined || reading.nodes > MAX_NODES) break;
    take(building, event);
  }
  if (second === undefined) takeGap(building, text.length);
  finish(building);
  return second;
}

function finish(building: Building): void {
  const { reading, root } = building;
  if (reading.nodes > MAX_NODES) {
    const message = `more than ${MAX_NODES.toLocaleString('en-US')} values once aliases are followed`;
    report(reading, 'too-many-nodes', message, spanAt(building, building.end, building.end));
    return;
  }
  const isEmpty = root === undefined || (root.kind === 'scalar' && root.value === null);
  if (!building.refused && !isEmpty) reading.documents.push(root);
}

function take(building: Building, event: Event): void {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      takeScalar(building, event);
      break;
    case EVENT_ID.MAPPING:
      open(building, event, { kind: 'map', entries: new Map(), span: openSpan(building, event) });
      break;
    case EVENT_ID.SEQUENCE:
      open(building, event, { kind: 'seq', items: [], span: openSpan(building, event) });
      break;
    case EVENT_ID.ALIAS:
      takeAlias(building, event.anchorStart, event.anchorEnd);
      break;
    case EVENT_ID.POP:
      close(building);
      break;
  }
}

/** The end is set when the collection is closed. */
function openSpan(building: Building, { start }: MappingEvent | SequenceEvent): Span {
  return spanAt(building, start, start + 1);
}

function open(building: Building, event: MappingEvent | SequenceEvent, node: MapNode | SeqNode): void {
  if (isOnLineOfKey(building, event)) refuseAt(building, 'a mapping starts on the line of its key', node.span);
  const anchor = openAnchor(building, event, node, 1);
  if (anchor !== undefined) anchor.open = true;
  takeGap(building, event.start);
  building.cursor = event.start;
  building.afterPlain = false;
  building.end = event.start;
  const flow = event.style === COLLECTION_STYLE.FLOW;
  const empty = { key: undefined, merged: undefined, mergeSpan: undefined };
  building.frames.push({ node, start: event.start, flow, anchor, ...empty, weight: 1, height: 1 });
  building.reading.nodes++;
}

/** js-yaml takes `a: &x b: c` for a mapping in a mapping. */
function isOnLineOfKey({ text, cursor, frames }: Building, event: MappingEvent | SequenceEvent): boolean {
  const parent = frames.at(-1);
  if (parent?.node.kind !== 'map' || parent.flow || parent.key === undefined) return false;
  const isBlockMapping = event.type === EVENT_ID.MAPPING && event.style === COLLECTION_STYLE.BLOCK;
  return isBlockMapping && !/[\r\n]/.test(text.slice(cursor, event.start));
}

function close(building: Building): void {
  const frame = building.frames.pop();
  if (frame === undefined) return;
  const { node, flow, anchor, weight, height } = frame;
  if (flow) {
    building.end = endOfFlow(building.text, building.cursor, node.kind === 'map' ? '}' : ']');
    building.cursor = building.end;
    building.afterPlain = false;
  }
  const span: { end: number } = node.span;
  span.end = Math.max(span.end, building.offset(building.end));
  if (anchor !== undefined) Object.assign(anchor, { open: false, weight, height });
  place(building, node, weight, height, node.span);
}

function takeAlias(building: Building, start: number, end: number): void {
  takeGap(building, start - 1);
  building.cursor = end;
  building.afterPlain = false;
  building.end = end;
  const name = building.text.slice(start, end);
  const anchor = building.anchors.get(name);
  const span = spanAt(building, start - 1, end);
  if (anchor === undefined || anchor.open) {
    const message =
      anchor === undefined ? `no anchor "${name}" stands before "*${name}"` : `anchor "${name}" contains itself`;
    refuseAt(building, message, span);
    place(building, { kind: 'scalar', value: null, span }, 1, 0, span);
    return;
  }
  building.reading.nodes += anchor.weight;
  if (building.frames.length + anchor.height > MAX_DEPTH) {
    building.refused = true;
    report(building.reading, 'too-deep', `more than ${MAX_DEPTH} collections stand inside each other`, span);
  }
  place(building, anchor.node, anchor.weight, anchor.height, span);
}
