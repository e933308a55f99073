/** What can be said of a commit in the cluster, the worst first: of several signals the first of these counts. */
export const STATES = ['failed', 'stuck', 'overtaken', 'rolling', 'unknown', 'landed'] as const;
export type State = (typeof STATES)[number];

/** One statement about one thing in the cluster. */
export interface Signal {
  readonly state: State;
  /** What it is about, where a unit has several: `Deployment app-web`. */
  readonly subject?: string | undefined;
  /** In a clause with the values: `2 of 3 pods run it`. */
  readonly reason: string;
  /** What to do next, where something can be done. */
  readonly next?: string | undefined;
  /** Of a workload: its new pods that are ready, and how many there are to be. */
  readonly pods?: { readonly ready: number; readonly wanted: number };
  /** It will not become known by waiting: no permission, nothing to ask. */
  readonly settled?: boolean;
}

export const landed = (reason: string): Signal => ({ state: 'landed', reason });
export const rolling = (reason: string, next?: string): Signal => ({ state: 'rolling', reason, next });
export const stuck = (reason: string, next?: string): Signal => ({ state: 'stuck', reason, next });
export const failed = (reason: string, next?: string): Signal => ({ state: 'failed', reason, next });
export const overtaken = (reason: string): Signal => ({ state: 'overtaken', reason, settled: true });

/** @param passes Whether asking again may help. */
export function unknownSignal(reason: string, passes = false, next?: string): Signal {
  return { state: 'unknown', reason, next, settled: !passes };
}

/** The state of several signals together; landed where there is none to say otherwise. */
export function worst(signals: readonly Signal[]): State {
  return STATES.find(state => signals.some(signal => signal.state === state)) ?? 'landed';
}

/** The signals that give the whole its state. */
export function deciding(signals: readonly Signal[]): Signal[] {
  const state = worst(signals);
  return signals.filter(signal => signal.state === state);
}
