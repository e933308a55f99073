import { setTimeout as sleep } from 'node:timers/promises';
import type { UnitView } from '../landed/look.ts';
import { deciding, type Signal } from '../landed/signal.ts';
import { landedLines } from '../landed/text.ts';
import type { LandedView } from '../landed/view.ts';
import { type Line, lengthOf, type Palette, painted, print, span } from '../report/line.ts';
import type { Io } from './io.ts';

/** Milliseconds between two looks: at least, so that what changes together is told together, and at most, since time tells as well. */
const PAUSE = { least: 500, most: 10_000 };

/** What is stuck may come loose, as when a node is added; after this long it is told as it is. */
const STUCK_FOR = 60_000;

export interface Watching {
  /** By what the clusters have told so far. */
  readonly look: () => Promise<LandedView>;
  /** By asking for everything again. */
  readonly lookAnew: () => Promise<LandedView>;
  /** Resolves where a cluster tells of a change. */
  readonly changed: () => Promise<void>;
  readonly close: () => void;
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
  const { look, lookAnew, changed, deadline, io } = watching;
  const isDrawn = watching.isText && io.isTTY;
  const known = new Map<string, Known>();
  let height = 0;
  try {
    for (;;) {
      const change = changed();
      let view = tell(await look(), known, watching);
      // A connection that has died without a word tells of no change, so the last word is an answer.
      if (isSettled(view, known)) view = tell(await lookAnew(), known, watching);
      const isDone = isSettled(view, known);
      const left = deadline - io.now().getTime();
      const isOver = left <= PAUSE.least || io.stdout.writable === false;
      const last = isOver && !isDone ? { ...view, isOutOfTime: true } : view;
      if (isDrawn) height = draw(last, height, isDone || isOver ? undefined : left, watching);
      if (isDone || isOver) return { view: last, isPrinted: isDrawn };
      await pause(change, left);
    }
  } finally {
    watching.close();
  }
}

async function pause(change: Promise<void>, left: number): Promise<void> {
  await sleep(PAUSE.least);
  const waking = new AbortController();
  const most = sleep(Math.min(PAUSE.most, left) - PAUSE.least, undefined, { signal: waking.signal });
  // Only ended by the line below.
  await Promise.race([change, most.catch(() => {})]);
  waking.abort();
}

/** Remembers the view, and tells what is new where lines are told. */
function tell(view: LandedView, known: Map<string, Known>, { io, isText, palette }: Watching): LandedView {
  const now = io.now().getTime();
  const column = Math.max(0, ...view.units.map(({ change }) => change.unit.name.length));
  for (const unit of view.units) {
    const news = newsOf(unit, known, now);
    if (news.length === 0 || (isText && io.isTTY)) continue;
    const told = news.map(({ subject, reason }) => (subject === undefined ? reason : `${subject}: ${reason}`));
    const start = `${view.at.slice(11, 19)}  ${unit.state.padEnd(9)}  ${unit.change.unit.name.padEnd(column)}`;
    (isText ? io.stdout : io.stderr).write(print([[`${start}  ${told.join('; ')}`]], palette));
  }
  return view;
}

interface Known {
  readonly state: UnitView['state'];
  /** When the unit came into that state. */
  readonly since: number;
  /** Milliseconds that it has been in it. */
  readonly age: number;
  /** Why it is in it. */
  readonly reasons: ReadonlySet<string>;
}

/** What is new of the unit since the last look, which is remembered. The pods of what has landed only grow older. */
function newsOf({ change, state, signals }: UnitView, known: Map<string, Known>, now: number): Signal[] {
  const telling = deciding([...signals.values()].flat());
  const before = known.get(change.unit.key);
  const isSame = before?.state === state;
  const since = isSame ? before.since : now;
  known.set(change.unit.key, { state, since, age: now - since, reasons: new Set(telling.map(({ reason }) => reason)) });
  if (!isSame) return telling;
  return state === 'landed' ? [] : telling.filter(({ reason }) => !before.reasons.has(reason));
}

function isSettled({ units }: LandedView, known: ReadonlyMap<string, Known>): boolean {
  return units.every(({ change, state, signals }) => {
    switch (state) {
      case 'rolling':
        return false;
      case 'stuck':
        return (known.get(change.unit.key)?.age ?? 0) >= STUCK_FOR;
      case 'unknown':
        return [...signals.values()].flat().every(signal => signal.state === 'landed' || signal.settled === true);
      default:
        return true;
    }
  });
}

/**
 * Over the frame before, in one write and without clearing the screen first, so that nothing flickers. How many lines it
 * has.
 *
 * @param left Milliseconds for which it goes on; undefined for the last frame, which is shown whole.
 */
function draw(view: LandedView, height: number, left: number | undefined, { io, width, palette }: Watching): number {
  // In the last column the cursor stands still, and erasing the rest of the line would take its letter away.
  const lines = landedLines(view, width - 1);
  if (left !== undefined) lines.push([], [painted('dim', `watching for ${span(Math.ceil(left / 1000))} more`)]);
  const most = Math.max(4, (io.rows ?? 24) - 1);
  const isCut = left !== undefined && lines.length > most;
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
