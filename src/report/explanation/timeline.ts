import type { Fact } from '../../change/fact.ts';
import type { Verdict } from '../../risk/verdict.ts';
import type { Pace } from './pace.ts';
import { listed, STEP_KINDS, type UnitStep } from './step.ts';
import { stepsOf } from './steps.ts';
import type { Touched } from './touched.ts';

/** The same step in one unit or several. */
export interface Step extends UnitStep {
  /** What it happens to, in words: `Deployment app-web`, `ConfigMap a, b`; '' for the unit as a whole. */
  readonly subject: string;
  /** Keys of the units. */
  readonly units: readonly string[];
}

type InUnits = UnitStep & { readonly units: readonly string[] };

/** What happens in the cluster, in order of time; what is alike in several units is one step with all of them. */
export function timelineOf(units: readonly Touched[], { reasons }: Pick<Verdict, 'reasons'>): Step[] {
  const shapes = new Map<Fact, string>(
    reasons.flatMap(({ facts, shape }) => (shape === '' ? [] : facts.map(fact => [fact, shape] as const))),
  );
  const single = units.flatMap(change =>
    stepsOf(change, shapes).map((step): InUnits => ({ ...step, units: [change.unit.key] })),
  );
  const same = gathered(single, step => [step.objects, step.text, ...likeness(step)]).map(joined);
  return gathered(same, step => [textFor(step), ...likeness(step)])
    .flatMap(alike => (alike.length < MANY ? alike : joined(alike)))
    .map(step => ({ ...step, subject: listed(step.objects) }))
    .sort(inTime);
}

/** Steps of different objects that are told as one from this number on. */
const MANY = 3;

function likeness({ kind, wave, because, pace }: InUnits): unknown[] {
  return [kind, wave ?? null, because ?? null, pace?.line ?? null, pace?.time ?? null];
}

/** The text as it fits other objects, each with a ConfigMap of its own. */
function textFor({ text, about }: InUnits): string {
  return about === undefined ? text : text.replaceAll(about, `its ${about.split(' ', 1)[0]}`);
}

function gathered(steps: readonly InUnits[], keyOf: (step: InUnits) => unknown[]): [InUnits, ...InUnits[]][] {
  const groups = new Map<string, [InUnits, ...InUnits[]]>();
  for (const step of steps) {
    const key = JSON.stringify(keyOf(step));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [step]);
    else group.push(step);
  }
  return [...groups.values()];
}

/** Steps that are alike as one. What only some of them have is left out. */
function joined(alike: readonly [InUnits, ...InUnits[]]): InUnits {
  const [first] = alike;
  if (alike.length === 1) return first;
  const { pace } = first;
  const isShared = (own: keyof Pace) => alike.every(step => `${step.pace?.[own]}` === `${pace?.[own]}`);
  return {
    ...first,
    objects: [...new Set(alike.flatMap(({ objects }) => objects))],
    units: [...new Set(alike.flatMap(({ units }) => units))],
    text: alike.every(({ text }) => text === first.text) ? first.text : textFor(first),
    pace: pace && {
      ...pace,
      scaledBy: isShared('scaledBy') ? pace.scaledBy : undefined,
      budgets: isShared('budgets') ? pace.budgets : [],
    },
  };
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
