import { Source, type Span } from '../yaml/node.ts';
import { type Commit, splitMessage } from './parse-object.ts';
import { messageLines, parseTrailers, type Trailer } from './trailers.ts';

/** Where git has a message written. No tree can hold a file of this name. */
export const MESSAGE_FILE = '.git/COMMIT_EDITMSG';

/** What a commit says of itself. */
export interface Message {
  readonly subject: Span;
  readonly body: string;
  readonly trailers: readonly (Pick<Trailer, 'key' | 'value'> & { readonly span: Span })[];
}

export function messageOf({ subject, body }: Pick<Commit, 'subject' | 'body'>): Message {
  const source = new Source(MESSAGE_FILE, body === '' ? subject : `${subject}\n\n${body}`);
  const trailers = parseTrailers(source.text).map(({ key, value, start, end }) => ({
    key,
    value,
    span: { source, start, end },
  }));
  return { subject: { source, start: 0, end: subject.length }, body, trailers };
}

/**
 * The message in the file that a commit-msg hook is given: git takes the comments out afterwards, and what stands below
 * the scissors. A message of comments alone was not written in an editor, and is the message.
 */
export function messageInFile(text: string): Message {
  const lines = messageLines(text);
  const kept = lines.filter(line => !line.startsWith('#'));
  return messageOf(splitMessage((kept.some(line => line.trim() !== '') ? kept : lines).join('\n')));
}

export function subjectText({ subject: { source, start, end } }: Message): string {
  return source.text.slice(start, end);
}

/**
 * As scripts, Renovate, Dependabot and Argo CD Image Updater begin their subjects; `chore(deps)` is written by people too,
 * and counts with a word of theirs only.
 */
const AUTOMATED =
  /^\[(?:automation|automated|bot|auto)\]|^build: automatic update of |^(?:fix|feat|chore)\((?:container|helm|github-release|deps|image)\)!?: (?:update|bump) .*(?:\( ?\S+ (?:➔|→|->) |\bto v?\d)|^(?:update|bump) \S+ from \S+ to \S+$/i;

export function isAutomated(message: Message): boolean {
  return AUTOMATED.test(subjectText(message));
}
