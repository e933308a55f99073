import { Source, type Span } from '../yaml/node.ts';
import type { Commit } from './parse-object.ts';

/** Where git has a message written. No tree can hold a file of this name. */
export const MESSAGE_FILE = '.git/COMMIT_EDITMSG';

/** A line such as `Reviewed-by: Ada` in the last paragraph of a message. */
export interface Trailer {
  /** As written; two that differ in case are the same. */
  readonly key: string;
  readonly value: string;
  readonly span: Span;
}

/** What a commit says of itself. */
export interface Message {
  readonly subject: Span;
  readonly body: string;
  readonly trailers: readonly Trailer[];
}

export function messageOf({ subject, body }: Pick<Commit, 'subject' | 'body'>): Message {
  const source = new Source(MESSAGE_FILE, body === '' ? subject : `${subject}\n\n${body}`);
  return { subject: { source, start: 0, end: subject.length }, body, trailers: trailersOf(source, body) };
}

export function subjectText({ subject: { source, start, end } }: Message): string {
  return source.text.slice(start, end);
}

const TRAILER = /^([A-Za-z0-9-]+)[ \t]*:(.*)$/;

/** Lines that git writes itself: with one of them, other text may stand in the block too. */
const GIT_GENERATED = /^(?:Signed-off-by: |\(cherry picked from commit )/;

/**
 * The trailers of the last paragraph, which is a block of them where all its lines are trailers, or where git wrote one
 * and at least a quarter are: trailer.c, find_trailer_block_start.
 */
function trailersOf(source: Source, body: string): Trailer[] {
  const block = body.slice(lastParagraph(body));
  const lines = linesOf(block, source.text.length - block.length);
  const found = lines.flatMap(({ text, start, end }) => {
    const [, key, value] = TRAILER.exec(text) ?? [];
    if (key === undefined || value === undefined) return [];
    return [{ key, value: value.replace(/\s+/g, ' ').trim(), span: { source, start, end } }];
  });
  const others =
    lines.length - found.length - lines.filter(({ text }) => GIT_GENERATED.test(text) && !TRAILER.test(text)).length;
  const isBlock =
    others === 0 || (lines.some(({ text }) => GIT_GENERATED.test(text)) && (lines.length - others) * 3 >= others);
  return isBlock ? found : [];
}

function lastParagraph(body: string): number {
  let start = 0;
  for (const match of body.matchAll(/\n[ \t]*\n/g)) start = match.index + match[0].length;
  return start;
}

interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A line that begins with white space continues the one before it. */
function linesOf(block: string, from: number): Line[] {
  return [...block.matchAll(/[^\n]+(?:\n[ \t][^\n]*)*/g)].map(({ 0: text, index }) => ({
    text: text.replace(/\n/g, ' '),
    start: from + index,
    end: from + index + text.length,
  }));
}
