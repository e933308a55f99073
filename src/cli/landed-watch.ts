import type { UnitView } from '../landed/look.ts';
import { deciding } from '../landed/signal.ts';
import { landedLines } from '../landed/text.ts';
import type { LandedView } from '../landed/view.ts';
import { type Line, lengthOf, type Palette, painted, print } from '../report/line.ts';
import type { Io } from './io.ts';

/** Milliseconds between two looks. */
const PAUSE = 3000;

/** What is stuck may come loose, as when a node is added; after this long it is told as it is. */
const STUCK_FOR = 60_000;

export interface Watching {
  readonly look: () => Promise<LandedView>;
  /** The moment, in milliseconds, at which the time is over. */
  readonly deadline: number;
  readonly io: Io;
  readonly width: number;
  readonly palette: Palette;
  /** The frames are the report, so the last one stays; otherwise what changes is told on stderr. */
  readonly isText: boolean;
}

/** Looks until nothing moves any more or the time is over. What was seen last, and whether it still has to be printed. */
export async function watch(watching: Watching): Promise<{ view: LandedView; isPrinted: boolean }> {
  const { look, deadline, io, isText } = watching;
  const isDrawn = isText && io.isTTY;
  const known = new Map<string, Known>();
  let height = 0;
  for (;;) {
    const view = await look();
    const now = io.now().getTime();
    const changed = view.units.filter(unit => isNews(unit, known, now));
    const isOver = now + PAUSE >= deadline;
    const isDone = view.units.every(unit => isSettled(unit, known, now));
    const last = isOver && !isDone ? { ...view, isOutOfTime: true } : view;
    if (isDrawn) {
      const lines = landedLines(last, watching.width);
      const waiting: Line[] = isDone || isOver ? [] : [[], [painted('dim', `looks again every ${PAUSE / 1000} s`)]];
      height = draw([...lines, ...waiting], height, watching, isDone || isOver);
    } else {
      for (const unit of changed) (isText ? io.stdout : io.stderr).write(print([newsOf(unit, view)], watching.palette));
    }
    if (isDone || isOver) return { view: last, isPrinted: isDrawn };
    await new Promise(resolve => setTimeout(resolve, PAUSE));
  }
}

interface Known {
  readonly state: UnitView['state'];
  /** When the unit came into that state. */
  readonly since: number;
  readonly reasons: string;
}

/** Whether there is something to tell of the unit, which is remembered. */
function isNews({ change, state, signals }: UnitView, known: Map<string, Known>, now: number): boolean {
  const reasons = deciding([...signals.values()].flat()).map(({ reason }) => reason);
  const before = known.get(change.unit.key);
  const since = before?.state === state ? before.since : now;
  known.set(change.unit.key, { state, since, reasons: reasons.join('\n') });
  return before?.state !== state || before.reasons !== reasons.join('\n');
}

function isSettled(unit: UnitView, known: ReadonlyMap<string, Known>, now: number): boolean {
  switch (unit.state) {
    case 'rolling':
      return false;
    case 'stuck':
      return now - (known.get(unit.change.unit.key)?.since ?? now) >= STUCK_FOR;
    case 'unknown':
      return [...unit.signals.values()].flat().every(({ state, settled }) => state === 'landed' || settled === true);
    default:
      return true;
  }
}

function newsOf({ change, state, signals }: UnitView, { at }: LandedView): Line {
  const [first] = deciding([...signals.values()].flat());
  const subject = first?.subject === undefined ? '' : `${first.subject}: `;
  return [`${at.slice(11, 19)}  ${state.padEnd(9)}  ${change.unit.name}  ${subject}${first?.reason ?? ''}`];
}

/** Over the frame before, in one write and without clearing the screen first, so that nothing flickers. */
function draw(lines: readonly Line[], height: number, { io, width, palette }: Watching, isLast: boolean): number {
  const most = Math.max(4, (io.rows ?? 24) - 1);
  const isCut = !isLast && lines.length > most;
  const shown = isCut ? [...lines.slice(0, most - 1), [`... ${lines.length - most + 1} lines more`]] : lines;
  const frame = shown.map(line => print([cut(line, width)], palette).replace(/\n$/, '\x1b[K\n'));
  const up = height > 0 ? `\x1b[${height}A` : '';
  io.stdout.write(`\x1b[?2026h${up}\r${frame.join('')}\x1b[J\x1b[?2026l`);
  return shown.length;
}

/** A line that does not wrap in the terminal, since one that does takes more rows than are counted. */
function cut(line: Line, width: number): Line {
  if (lengthOf(line) < width) return line;
  const kept: (string | { readonly text: string; readonly paint: Parameters<typeof painted>[0] })[] = [];
  let left = width - 2;
  for (const piece of line) {
    const text = typeof piece === 'string' ? piece : piece.text;
    const part = text.slice(0, left);
    kept.push(typeof piece === 'string' ? part : painted(piece.paint, part));
    left -= part.length;
    if (left === 0) break;
  }
  return [...kept, '…'];
}
