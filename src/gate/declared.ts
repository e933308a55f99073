import { GATE_LEVELS, type GateLevel } from '../config/gate.ts';
import { nearestOf } from '../config/nearest.ts';
import type { Message } from '../git/message.ts';

/** The trailers that a gate reads. */
export const TRAILERS = {
  risk: 'Deploy-Risk',
  acknowledgement: 'Deploy-Lint-Ack',
  tested: 'Tested-On',
} as const;

/** What a commit's message says of its own risk. */
export interface Declared {
  /** The last one counts, as git has it for every setting that stands twice. */
  readonly risk: GateLevel | undefined;
  /** Why, by the id of the rule. */
  readonly acknowledged: ReadonlyMap<string, string>;
  /** Where it was tested, in lower case. */
  readonly tested: readonly string[];
  /** Lines that were meant as such trailers and are none, each with what is wrong and how it is right. */
  readonly mistakes: readonly { readonly line: string; readonly message: string; readonly fix: string }[];
}

type Mistake = Declared['mistakes'][number];

/** Reads what a message declares. Keys are the same whatever their case, as for git. */
export function declaredIn(message: Message): Declared {
  const mistakes: Mistake[] = [];
  const acknowledged = new Map<string, string>();
  const tested: string[] = [];
  let risk: GateLevel | undefined;
  for (const { key, value } of message.trailers) {
    const line = `${key}: ${value}`;
    if (isKey(key, TRAILERS.risk)) {
      risk = GATE_LEVELS.find(level => level === value.toLowerCase());
      if (risk === undefined) mistakes.push(noLevel(line, value));
    } else if (isKey(key, TRAILERS.acknowledgement)) {
      const [, rule = '', reason = ''] = /^([\w-]*\w)?(?:\s*[:–—-]\s+|\s+)?(.*)$/u.exec(value) ?? [];
      if (rule === '' || reason === '') mistakes.push(noReason(line, rule));
      else acknowledged.set(rule, reason);
    } else if (isKey(key, TRAILERS.tested) && value !== '') {
      tested.push(value.toLowerCase());
    }
  }
  return { risk, acknowledged, tested, mistakes: [...mistakes, ...nearMisses(message)] };
}

function isKey(key: string, trailer: string): boolean {
  return key.toLowerCase() === trailer.toLowerCase();
}

function noLevel(line: string, value: string): Mistake {
  const near = nearestOf(value, GATE_LEVELS);
  const fix = near === undefined ? `one of ${GATE_LEVELS.join(', ')}` : `${TRAILERS.risk}: ${near}`;
  return { line, message: 'it names no level', fix };
}

function noReason(line: string, rule: string): Mistake {
  const fix = `${TRAILERS.acknowledgement}: ${rule === '' ? 'RULE' : rule} - why it is meant`;
  return { line, message: 'it gives no reason', fix };
}

/** `Word: text`, with what people write instead of hyphens and colon. */
const LINE = /^[ \t]*([A-Za-z][A-Za-z _-]{3,24}?)[ \t]*[:=][ \t]*(\S.*)$/;

const MEANT = new Map([
  ['deployrisk', TRAILERS.risk],
  ['deploymentrisk', TRAILERS.risk],
  ['deploylintack', TRAILERS.acknowledgement],
  ['deployack', TRAILERS.acknowledgement],
  ['testedon', TRAILERS.tested],
]);

/** Lines that look like one of the trailers and are none for git, by their key or by where they stand. */
function nearMisses({ subject, body, trailers }: Message): Mistake[] {
  const text = subject.source.text;
  const isRead = new Set(trailers.filter(({ key }) => isKnown(key)).flatMap(({ span }) => lineAt(text, span.start)));
  return body.split('\n').flatMap(line => {
    const [, key, value] = LINE.exec(line) ?? [];
    if (key === undefined || value === undefined || isRead.has(line)) return [];
    const word = key.toLowerCase().replace(/[ _-]/g, '');
    const meant = MEANT.get(word) ?? MEANT.get(word.length < 8 ? '' : (nearestOf(word, MEANT.keys()) ?? ''));
    if (meant === undefined) return [];
    const message = isKnown(key) && line.startsWith(key) ? 'it is not in the last paragraph' : `the key is ${meant}`;
    return [{ line: line.trim(), message, fix: `${meant}: ${value.trim()}` }];
  });
}

function isKnown(key: string): boolean {
  return Object.values(TRAILERS).some(trailer => isKey(key, trailer));
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? text.length : end);
}
