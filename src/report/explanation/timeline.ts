import type { Fact } from '../../change/fact.ts';
import type { Verdict } from '../../risk/verdict.ts';
import { STEP_KINDS, type UnitStep } from './step.ts';
import { stepsOf } from './steps.ts';
import type { Touched } from './touched.ts';

/** The same step in one unit or several. */
export interface Step extends UnitStep {
  /** Keys of the units. */
  readonly units: readonly string[];
}

/** What happens in the cluster, in order of time; what is alike in several units is one step with all of them. */
export function timelineOf(units: readonly Touched[], { reasons }: Pick<Verdict, 'reasons'>): Step[] {
  const shapes = new Map<Fact, string>(
    reasons.flatMap(({ facts, shape }) => (shape === '' ? [] : facts.map(fact => [fact, shape] as const))),
  );
  const steps = new Map<string, UnitStep & { units: string[] }>();
  for (const change of units) {
    for (const step of stepsOf(change, shapes)) {
      const key = JSON.stringify([step.kind, step.wave, step.subject, step.text]);
      const known = steps.get(key);
      if (known === undefined) steps.set(key, { ...step, units: [change.unit.key] });
      else known.units.push(change.unit.key);
    }
  }
  return [...steps.values()].sort(inTime);
}

/** Before the sync, in its waves, and after it. Equal ones stay in the order of the units and objects. */
function inTime(a: Step, b: Step): number {
  return phaseOf(a) - phaseOf(b) || (a.wave ?? 0) - (b.wave ?? 0) || rankOf(a) - rankOf(b);
}

const FIRST = new Set(['stop', 'sync', 'pre-hook']);
const LAST = new Set(['restart', 'at-once', 'stays', 'prune-last', 'post-hook', 'next-run']);

function phaseOf({ kind }: Step): number {
  if (FIRST.has(kind)) return 0;
  return LAST.has(kind) ? 2 : 1;
}

function rankOf({ kind }: Step): number {
  return STEP_KINDS.indexOf(kind);
}
