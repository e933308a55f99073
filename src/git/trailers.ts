/** One `Key: value` of the last paragraph of a commit message. */
export interface Trailer {
  /** As written; keys are the same whatever their case. */
  readonly key: string;
  /** In one line, without space around it. */
  readonly value: string;
  /** Where it stands in the message, end exclusive, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** git writes these itself, so a paragraph with one of them is a block of trailers though it has other lines too. */
const GENERATED = ['Signed-off-by: ', '(cherry picked from commit '];

/** Below it, behind the mark of a comment, `git commit --verbose` shows the change. (wt-status.c, cut_line) */
export const SCISSORS = '------------------------ >8 ------------------------';

/**
 * The trailers of a commit message as `git interpret-trailers --parse --no-divider` finds them, with the default
 * separator and comment character (git/trailer.c). The message may be the file of a commit-msg hook: comments and what
 * stands below the scissors do not count.
 */
export function parseTrailers(message: string): Trailer[] {
  const lines = messageLines(message);
  const first = blockStart(lines);
  const trailers: Trailer[] = [];
  let start = lines.slice(0, first).reduce((length, line) => length + line.length + 1, 0);
  let open = false;
  for (const line of lines.slice(first)) {
    const end = start + line.length;
    const above = trailers.at(-1);
    const separator = separatorOf(line);
    if (open && above !== undefined && isIndented(line)) {
      trailers[trailers.length - 1] = { ...above, value: trimmed(`${above.value} ${trimmed(line)}`), end };
    } else {
      open = separator >= 1 && !line.startsWith('#');
      const key = trimmed(line.slice(0, separator));
      if (open) trailers.push({ key, value: trimmed(line.slice(separator + 1)), start, end });
    }
    start = end + 1;
  }
  return trailers;
}

/** The lines of a message up to the scissors, without comments and blank lines at its end. */
export function messageLines(message: string): string[] {
  const lines = message.split('\n');
  const cut = lines.indexOf(`# ${SCISSORS}`);
  const kept = cut < 0 ? lines : lines.slice(0, cut);
  while (kept.length > 0 && isSkipped(kept.at(-1) ?? '')) kept.pop();
  return kept;
}

/** The index of the first line of the block of trailers; the number of lines where there is none. */
function blockStart(lines: readonly string[]): number {
  const afterTitle = lines.findIndex(line => !line.startsWith('#') && isBlank(line));
  if (afterTitle < 0) return lines.length;
  const seen = { generated: false, trailers: 0, others: 0, indented: 0 };
  for (let index = lines.length - 1; index >= afterTitle; index--) {
    const line = lines[index] ?? '';
    if (line.startsWith('#')) {
      seen.others += seen.indented;
      seen.indented = 0;
    } else if (isBlank(line)) {
      seen.others += seen.indented;
      const isBlock = seen.generated ? seen.trailers * 3 >= seen.others : seen.trailers > 0 && seen.others === 0;
      return isBlock ? index + 1 : lines.length;
    } else {
      weigh(line, seen);
    }
  }
  return lines.length;
}

/** Lines that begin with space belong to the trailer above them, or else are prose. */
function weigh(line: string, seen: { generated: boolean; trailers: number; others: number; indented: number }): void {
  const isGenerated = GENERATED.some(start => line.startsWith(start));
  if (isGenerated || (separatorOf(line) >= 1 && !isIndented(line))) {
    seen.generated ||= isGenerated;
    seen.trailers++;
    seen.indented = 0;
  } else if (isIndented(line)) {
    seen.indented++;
  } else {
    seen.others += 1 + seen.indented;
    seen.indented = 0;
  }
}

/** Where the colon stands after a word of letters, digits and hyphens, with or without space between; else -1. */
function separatorOf(line: string): number {
  const word = /^([A-Za-z0-9-]*)([ \t]*):/.exec(line);
  if (word === null || (word[1] === '' && word[2] !== '')) return -1;
  return word[0].length - 1;
}

// What git calls space: not form feed and the like, nor anything beyond ASCII.

function isBlank(line: string): boolean {
  return /^[ \t\r]*$/.test(line);
}

function isSkipped(line: string): boolean {
  return line.startsWith('#') || isBlank(line);
}

function isIndented(line: string): boolean {
  return /^[ \t\r]/.test(line);
}

function trimmed(text: string): string {
  return text.replace(/^[ \t\r]+|[ \t\r]+$/g, '');
}
