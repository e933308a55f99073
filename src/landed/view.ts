import { span } from '../report/line.ts';
import type { UnitView } from './look.ts';
import { type Signal, STATES, type State, worst } from './signal.ts';

/** Everything that a report of one look can show. */
export interface LandedView {
  /** The commit's id, and its subject; of a range those of its newest commit. */
  readonly commit: string;
  readonly title: string;
  /** As it was asked: `9f8e7d6c..a1b2c3d4`, or the commit's short id. */
  readonly name: string;
  readonly context: string;
  readonly server: string;
  /** Those that need a person first. */
  readonly units: readonly UnitView[];
  readonly state: State;
  /** Commands that take the commit back, and what they leave. */
  readonly back: readonly string[];
  /** The time for watching is over, and something was still on its way. */
  readonly isOutOfTime: boolean;
  /** ISO 8601, in UTC. */
  readonly at: string;
  /** Seconds that the clock of the cluster, by which everything is told, is ahead of that of this machine. */
  readonly clockAhead: number;
}

/** Seconds from which on the clocks differ so much that it is worth a word. */
const APART = 30;

/** What is said of the clocks; undefined where they agree. */
export function clocksInWords({ clockAhead }: LandedView): string | undefined {
  if (Math.abs(clockAhead) < APART) return undefined;
  const way = clockAhead > 0 ? 'behind' : 'ahead of';
  return `The clock of this machine is ${span(Math.abs(clockAhead))} ${way} that of the cluster, by which all of this is told.`;
}

/** 0 landed and healthy, 1 failed or stuck, 3 anything that is not known to be either. */
export function exitCodeOf({ state }: Pick<LandedView, 'state'>): 0 | 1 | 3 {
  if (state === 'landed') return 0;
  return state === 'failed' || state === 'stuck' ? 1 : 3;
}

export function stateOf(units: readonly UnitView[]): State {
  return worst(units.map(({ state }) => ({ state, reason: '' })));
}

/** The signals of the unit that say more than that all is well, the worst first; with the aspect that they are of. */
export function telling(view: UnitView): { readonly aspect: string; readonly signal: Signal }[] {
  const all = [...view.signals].flatMap(([aspect, signals]) => signals.map(signal => ({ aspect, signal })));
  return all
    .filter(({ signal }) => signal.state !== 'landed')
    .sort((a, b) => STATES.indexOf(a.signal.state) - STATES.indexOf(b.signal.state));
}
