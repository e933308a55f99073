import { Source, type Span } from '../yaml/node.ts';
import { type Commit, splitMessage } from './parse-object.ts';
import { messageLines, parseTrailers, SCISSORS, type Trailer } from './trailers.ts';

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
 * The message in the file that a commit-msg hook is given: git takes the comments out afterwards, and space at the end of
 * lines, and what stands below the scissors. A message of comments alone was not written in an editor, and is the message.
 *
 * @param mark What comments begin with, as `core.commentChar` has it.
 */
export function messageInFile(text: string, mark = '#'): Message {
  const written = text.split('\n').map(line => line.trimEnd());
  const cut = written.indexOf(`${mark} ${SCISSORS}`);
  const lines = messageLines((cut < 0 ? written : written.slice(0, cut)).join('\n'));
  const kept = lines.filter(line => !line.startsWith(mark));
  return messageOf(splitMessage((kept.some(line => line.trim() !== '') ? kept : lines).join('\n')));
}

/**
 * What another mark than `#` could be, where the end of the file looks as if it were a comment of git's: what the editor
 * shows stands last, or below the scissors.
 */
export function possibleMark(text: string): string | undefined {
  const lines = text.trimEnd().split('\n');
  const line = lines.find(one => one.trimEnd().endsWith(` ${SCISSORS}`)) ?? lines.at(-1) ?? '';
  return /^[^\w\s#-]\S*(?= |$)/.exec(line)?.[0];
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
