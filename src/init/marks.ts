import { createHash } from 'node:crypto';

// What `init` writes can be told from what people write: a file of its own carries the sum of its content, and a block in
// a file of theirs stands between two lines.

const BEGIN = '# deploy-lint: begin, deploy-lint init --remove takes it out';
/** Where the file had no line break at its end before. */
const BEGIN_BARE = `${BEGIN} with the line break before it`;
const END = '# deploy-lint: end';
const SUM = /^# Written by deploy-lint init, sum ([0-9a-f]{12})\.$/m;

/** Puts the line with the sum after the first `after` lines, such as that of the interpreter. */
export function signed(content: string, after: number): string {
  const lines = content.split('\n');
  const line = `# Written by deploy-lint init, sum ${sumOf(content)}.`;
  return [...lines.slice(0, after), line, ...lines.slice(after)].join('\n');
}

/** Whether a file is as `init` wrote it. */
export function isUntouched(text: string): boolean {
  const match = SUM.exec(text);
  return match !== null && match[1] === sumOf(text.replace(`${match[0]}\n`, ''));
}

function sumOf(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}

/** The lines of a block with its marks, indented alike. */
export function marked(lines: readonly string[], indent = ''): string {
  return [BEGIN, ...lines, END].map(line => `${line === '' ? '' : indent}${line}\n`).join('');
}

/** A text with a block put in at an offset, which is the start of a line or the end of the text. */
export function withBlock(text: string, block: string, offset: number): string {
  const before = text.slice(0, offset);
  // A line break that a person did not write goes again with the block.
  const bare = before !== '' && !before.endsWith('\n');
  return `${before}${bare ? `\n${block.replace(BEGIN, BEGIN_BARE)}` : block}${text.slice(offset)}`;
}

/** The text without the block; undefined where it has none. */
export function withoutBlock(text: string): string | undefined {
  const lines = text.split('\n');
  const begin = lines.findIndex(line => [BEGIN, BEGIN_BARE].includes(line.trim()));
  const end = lines.findIndex((line, i) => i > begin && line.trim() === END);
  if (begin < 0 || end < 0) return undefined;
  const isBare = lines[begin]?.trim() === BEGIN_BARE;
  const rest = [...lines.slice(0, begin), ...lines.slice(end + 1)].join('\n');
  return isBare ? rest.replace(/\n$/, '') : rest;
}
