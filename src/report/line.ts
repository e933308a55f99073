import { SEVERITIES, type Severity } from '../rule/rule.ts';
import { breakCommands, escapeText } from './escape.ts';

/** What a stretch of text is, so that colour is decided in one place. */
export const PAINTS = ['high', 'medium', 'low', 'error', 'warning', 'info', 'good', 'strong', 'dim'] as const;
export type Paint = (typeof PAINTS)[number];

export interface Piece {
  readonly text: string;
  readonly paint: Paint;
}

/** One line before it is printed. Nothing in it is escaped or coloured yet. */
export type Line = readonly (string | Piece)[];

/** How each kind of text is coloured; every entry leaves the text as it is where there is no colour. */
export type Palette = Readonly<Record<Paint, (text: string) => string>>;

const asIs = (text: string) => text;

export const COLOURLESS: Palette = {
  high: asIs,
  medium: asIs,
  low: asIs,
  error: asIs,
  warning: asIs,
  info: asIs,
  good: asIs,
  strong: asIs,
  dim: asIs,
};

export function painted(paint: Paint, text: string): Piece {
  return { paint, text };
}

/** The only way from content to output: every piece is escaped here, so that no reporter can forget it. */
export function print(lines: readonly Line[], palette: Palette): string {
  return lines
    .map(
      line =>
        `${breakCommands(
          line
            .map(piece => show(piece, palette))
            .join('')
            .trimEnd(),
        )}\n`,
    )
    .join('');
}

function show(piece: string | Piece, palette: Palette): string {
  return typeof piece === 'string' ? escapeText(piece) : palette[piece.paint](escapeText(piece.text));
}

export function lengthOf(line: Line): number {
  return line.reduce((length, piece) => length + textOf(piece).length, 0);
}

function textOf(piece: string | Piece): string {
  return typeof piece === 'string' ? piece : piece.text;
}

/**
 * Breaks a line at spaces so that it fits the width, in columns; what follows the first line is indented by `hang`. A
 * word that is wider than the width, such as a path, is left whole: a broken path cannot be copied.
 */
export function wrap(line: Line, width: number, hang: number): Line[] {
  const lines: (string | Piece)[][] = [];
  let current: (string | Piece)[] = [];
  for (const { gap, word } of wordsOf(line)) {
    if (current.length > 0 && gap !== '' && lengthOf([...current, gap, ...word]) > width) {
      lines.push(current);
      current = [' '.repeat(hang), ...word];
    } else {
      current.push(gap, ...word);
    }
  }
  return [...lines, current];
}

interface Word {
  /** The spaces before it. */
  readonly gap: string;
  /** More than one piece where its colour changes inside. */
  readonly word: (string | Piece)[];
}

/** A line break or a tab in content is a part of its word: it gets escaped. */
function wordsOf(line: Line): Word[] {
  const words: Word[] = [{ gap: '', word: [] }];
  for (const piece of line) {
    for (const text of textOf(piece).split(/( +)/)) {
      if (text.startsWith(' ')) words.push({ gap: text, word: [] });
      else if (text !== '') words.at(-1)?.word.push(typeof piece === 'string' ? text : { ...piece, text });
    }
  }
  return words.filter(({ gap, word }) => gap !== '' || word.length > 0);
}

/** Pads with spaces up to a column, with two at least. */
export function padTo(line: Line, column: number): Line {
  return [...line, ' '.repeat(Math.max(2, column - lengthOf(line)))];
}

/** The blocks that have lines, with an empty line between them. */
export function apart(blocks: readonly (readonly Line[])[]): Line[] {
  return blocks.filter(block => block.length > 0).flatMap((block, i) => (i === 0 ? block : [[], ...block]));
}

/** `a, b, c`, or `a, b and 7 more`. */
export function list(names: readonly string[], most: number): string {
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
}

/** `1 error`, `2 errors`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}

/** How many there are of each severity, the worst first: `2 errors`, `1 info`. */
export function severitiesOf(findings: readonly { readonly severity: Severity }[]): string[] {
  return SEVERITIES.toReversed().flatMap(severity => {
    const number = findings.filter(finding => finding.severity === severity).length;
    if (number === 0) return [];
    return [severity === 'info' ? `${number} info` : count(number, severity)];
  });
}

/** A time for people: `45 s`, `10 min`, `1 h 30 min`. @param seconds Not negative. */
export function span(seconds: number): string {
  if (seconds < 120 && seconds % 60 !== 0) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}
