import { EVENT_ID, type Event, parseEvents, SCALAR_STYLE, type ScalarEvent, YAMLException } from 'js-yaml';

/**
 * kubectl and kustomize read YAML with a port of libyaml, which takes some texts that js-yaml, true to YAML 1.2,
 * refuses. Those are put right in a copy of the text until js-yaml takes them; none of it changes a value.
 */

/** Collections inside collections that are followed; kubectl itself stops at 10,000. */
export const MAX_DEPTH = 100;

/** Characters that all attempts together may read: no text may cost more than a fraction of a second. */
const MAX_WORK = 5_000_000;

/** What js-yaml made of a text. The events' offsets are those of `text`, which may differ from the original. */
export interface Events {
  readonly events: readonly Event[];
  readonly text: string;
  /** Brings an offset of `text` back to the original; undefined where they are the same. */
  readonly original: ((offset: number) => number) | undefined;
}

/** Why a text cannot be read; `at` is an offset of the original. */
export interface Refusal {
  readonly reason: string;
  readonly tooDeep: boolean;
  readonly at: number;
}

/** Characters that stand in the copy (`added` above 0) or are missing from it (below 0), at an offset of the copy. */
interface Edit {
  readonly at: number;
  readonly added: number;
}

interface Repair {
  readonly text: string;
  readonly edit: Edit;
}

/** The events of a text as libyaml would take it, or why it cannot be read. */
export function eventsOf(source: string, json = false): Events | Refusal {
  // A line break to libyaml, and none since YAML 1.2.
  let text = json ? source : source.replaceAll('\u0085', '\n');
  const edits: Edit[] = [];
  for (let work = text.length; ; work += text.length) {
    try {
      const events = parseEvents(text, { maxDepth: MAX_DEPTH });
      const broken = json ? text : breakLines(text, events);
      if (broken === text) {
        const original = edits.length === 0 ? undefined : (offset: number) => originalOf(edits, offset);
        return { events, text, original };
      }
      text = broken;
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      const at = error.mark?.position ?? 0;
      const repair = work > MAX_WORK ? undefined : repairOf(text, at, error.reason);
      if (repair === undefined || edits.some(edit => edit.at === repair.edit.at)) {
        return { reason: error.reason, tooDeep: error.reason.startsWith('nesting'), at: originalOf(edits, at) };
      }
      text = repair.text;
      edits.push(repair.edit);
    }
  }
}

function originalOf(edits: readonly Edit[], offset: number): number {
  let original = offset;
  for (const { at, added } of edits.toReversed()) {
    if (original > at) original = Math.max(at, original - added);
  }
  return original;
}

/** U+2028 and U+2029 break lines for libyaml; within quotes they stay what they are. */
function breakLines(text: string, events: readonly Event[]): string {
  if (!/[\u2028\u2029]/.test(text)) return text;
  let broken = '';
  let from = 0;
  for (const event of events) {
    if (event.type !== EVENT_ID.SCALAR || !isQuoted(event)) continue;
    broken += text.slice(from, event.valueStart).replace(/[\u2028\u2029]/g, '\n');
    broken += text.slice(event.valueStart, event.valueEnd);
    from = event.valueEnd;
  }
  return broken + text.slice(from).replace(/[\u2028\u2029]/g, '\n');
}

function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.DOUBLE_QUOTED || style === SCALAR_STYLE.SINGLE_QUOTED;
}

/** The text with the first cause of the refusal put right; undefined where libyaml refuses it as well. */
function repairOf(text: string, at: number, reason: string): Repair | undefined {
  if (reason === 'deficient indentation') return indent(text, at);
  // A comment needs no white space before it.
  if (text.charAt(at) === '#' && /[^\s#]/.test(text.charAt(at - 1))) return insert(text, at, ' ');
  if (reason === 'unknown escape sequence' && text.charAt(at) === "'") {
    return { text: text.slice(0, at - 1) + text.slice(at), edit: { at: at - 1, added: -1 } };
  }
  return undefined;
}

/** Inside brackets and quotes indentation means nothing, nor does a tab for a space behind an indicator. */
function indent(text: string, at: number): Repair {
  const lineStart = Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
  const before = text.slice(lineStart, at);
  const spaced = /["']/.test(before) ? before : before.replace(/[:\-,[{][ \t]+/g, run => run.replaceAll('\t', ' '));
  if (spaced === before) return insert(text, lineStart, ' '.repeat(MAX_DEPTH));
  return { text: text.slice(0, lineStart) + spaced + text.slice(at), edit: { at, added: 0 } };
}

function insert(text: string, at: number, added: string): Repair {
  return { text: text.slice(0, at) + added + text.slice(at), edit: { at, added: added.length } };
}
