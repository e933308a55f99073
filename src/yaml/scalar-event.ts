import { CHOMPING_MODE, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { type Building, type Frame, type Key, objectTo, openAnchor, refuseAt, spanAt, takeGap } from './building.ts';
import { keyOfPlain, keyOfString, refuseKey } from './entries.ts';
import type { Scalar, ScalarNode, Span } from './node.ts';
import { place } from './place.ts';
import { emptyAt, startOfBlockScalar, trimmedEnd } from './places.ts';
import { report } from './reading.ts';
import { resolvePlain, resolveTagged } from './scalars.ts';
import { scalarObjection } from './strictness.ts';

/** Takes in a scalar, as a value or as the key of the mapping that is open. */
export function takeScalar(building: Building, event: ScalarEvent): void {
  const { reading, text } = building;
  const frame = building.frames.at(-1);
  const { start, end, cursor } = extentOf(building, frame, event);
  takeGap(building, start);
  objectTo(building, scalarObjection(text, event));
  building.cursor = cursor;
  building.afterPlain = event.style === SCALAR_STYLE.PLAIN && event.valueStart >= 0;
  building.end = end;
  reading.nodes++;
  const span = spanAt(building, start, end);
  const content = getScalarValue(text, event);
  const tag = tagOf(text, event);
  if (frame?.node.kind === 'map' && frame.key === undefined && event.anchorStart < 0) {
    frame.weight++;
    const colon = isColonInKey(text, frame, event) ? ':' : '';
    if (colon !== '') report(reading, 'ambiguous-yaml', COLON_IN_KEY, span);
    frame.key = keyOf(building, event.style, content + colon, tag, span);
    return;
  }
  const value = tag === '' ? untagged(building, frame, event, content) : tagged(building, event, content, tag);
  if (value === undefined) refuseAt(building, refusalOf(content, tag), span);
  const node: ScalarNode = { kind: 'scalar', value: value ?? null, span };
  openAnchor(building, event, node, 0);
  place(building, node, 1, 0, span);
}

const COLON_IN_KEY =
  'kubectl and kustomize take the colon for a part of the key, as no space stands behind it; other readers do not';

/** In braces a colon ends a plain key for libyaml only where white space stands behind it: `{a:}` has the key `a:`. */
function isColonInKey(text: string, { flow, start }: Frame, { style, valueStart, valueEnd }: ScalarEvent): boolean {
  if (!flow || style !== SCALAR_STYLE.PLAIN || valueStart < 0 || text.charAt(start) !== '{') return false;
  return text.charAt(valueEnd) === ':' && /[,}]/.test(text.charAt(valueEnd + 1));
}

function keyOf(building: Building, style: ScalarEvent['style'], content: string, tag: string, span: Span): Key {
  if (tag === '' || (tag === '!!merge' && content === '<<')) {
    return style === SCALAR_STYLE.PLAIN ? keyOfPlain(building, content, span) : keyOfString(building, content, span);
  }
  const value = resolveTagged(content, tag, building.reading.dialect);
  if (value === undefined) return refuseKey(building, refusalOf(content, tag), span);
  return typeof value === 'string' ? keyOfString(building, value, span) : keyOfPlain(building, String(value), span);
}

function untagged(
  { reading, text }: Building,
  frame: Frame | undefined,
  event: ScalarEvent,
  content: string,
): Scalar | undefined {
  const { style, valueStart, valueEnd, chomping } = event;
  if (style === SCALAR_STYLE.PLAIN) {
    // kustomize writes a flow mapping's empty value out as '' before it reads it again.
    const isWrittenOut = valueStart < 0 && frame?.flow === true && frame.node.kind === 'map';
    return isWrittenOut && reading.dialect === 'kustomize' ? '' : resolvePlain(content, reading.dialect);
  }
  // kubectl adds the line feed that is missing at the end of a file; kustomize keeps no line break that is not there.
  const isCut = isBlock(style) && valueEnd === text.length && !/[\r\n]$/.test(text) && chomping !== CHOMPING_MODE.STRIP;
  return isCut && (reading.dialect === 'kustomize' || reading.source.isInner) ? content.replace(/\n$/, '') : content;
}

function tagged({ reading }: Building, { style }: ScalarEvent, content: string, tag: string): Scalar | undefined {
  const isBare = tag === '!' && style === SCALAR_STYLE.PLAIN && reading.dialect === 'kustomize';
  return isBare ? resolvePlain(content, reading.dialect) : resolveTagged(content, tag, reading.dialect);
}

function refusalOf(content: string, tag: string): string {
  return tag === '' ? `${content} has no form in JSON` : `the text cannot be read as ${tag}`;
}

/** YAML's own tags in their short form, as `!!int`. */
function tagOf(text: string, { tagStart, tagEnd }: ScalarEvent): string {
  if (tagStart < 0) return '';
  const tag = text.slice(tagStart, tagEnd).replace(/^!<(.*)>$/s, '$1');
  return tag.replace(/^tag:yaml\.org,2002:/, '!!');
}

function isBlock(style: ScalarEvent['style']): boolean {
  return style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
}

/** Where the scalar's text starts and ends with its quotes or its `|`, and how far it takes the text in. */
function extentOf(building: Building, frame: Frame | undefined, event: ScalarEvent) {
  const { text } = building;
  const { valueStart, valueEnd, style } = event;
  const from = Math.max(building.cursor, event.tagEnd, event.anchorEnd);
  if (valueStart < 0) {
    const at = from > building.cursor ? from : emptyAt(text, from, frame?.node.kind === 'seq' ? '-' : ':');
    return { start: at, end: at, cursor: at };
  }
  if (style === SCALAR_STYLE.PLAIN) return { start: valueStart, end: valueEnd, cursor: valueEnd };
  if (!isBlock(style)) return { start: valueStart - 1, end: valueEnd + 1, cursor: valueEnd + 1 };
  const start = startOfBlockScalar(text, from);
  return { start, end: trimmedEnd(text, start, valueEnd), cursor: valueEnd };
}
