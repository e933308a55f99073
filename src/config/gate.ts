/** Risk levels as a configuration names them: from this one on. */
export const GATE_LEVELS = ['low', 'medium', 'high'] as const;
export type GateLevel = (typeof GATE_LEVELS)[number];

/** What commits and pushes have to satisfy. */
export interface GateConfig {
  /** Globs of the branches that deploy; empty for what the repository's own Applications follow. */
  readonly branches: readonly string[];
  /** Risk levels, ids of rules, and `staging-first`: what a commit's message has to acknowledge. */
  readonly acknowledge: readonly string[];
  /** What stops a push to a branch that deploys. */
  readonly prePush: readonly (GateLevel | 'error' | 'warning')[];
}

export interface StagingConfig {
  /** How long a version has to be on staging before production: `30m`, `24h`, `3d`. */
  readonly soak: string;
  /** From this risk on a push needs the evidence that staging has run the version. */
  readonly required: GateLevel | 'off';
}

export type Day = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** When changes may go out. Times are those of the zone, as they stand on a clock there. */
export interface CalendarConfig {
  /** IANA name, `Europe/Athens`. */
  readonly timeZone: string;
  readonly freeze: readonly {
    /** `2026-12-20`, `2026-12-20 18:00`, or, since YAML reads a day as a time, `2026-12-20T00:00:00Z` for the day. */
    readonly from: string;
    readonly to: string;
    /** Changes from this risk on wait; `low` by default. */
    readonly level?: GateLevel;
    readonly reason?: string;
  }[];
  readonly windows: readonly {
    readonly days: readonly Day[];
    /** `22:00`. */
    readonly from: string;
    /** On the next day where it is not after `from`. */
    readonly to: string;
    /** Changes from this risk on need a window; `high` by default. */
    readonly level?: GateLevel;
  }[];
}

/** What a team lives with, by comments and annotations. */
export interface AllowancesConfig {
  /** How many the repository may have. */
  readonly most: number;
}

export const DEFAULT_GATE: GateConfig = {
  branches: [],
  acknowledge: ['high', 'policy-changed'],
  prePush: ['error', 'high'],
};
export const DEFAULT_STAGING: StagingConfig = { soak: '0m', required: 'off' };
export const DEFAULT_CALENDAR: CalendarConfig = { timeZone: 'UTC', freeze: [], windows: [] };
export const DEFAULT_ALLOWANCES: AllowancesConfig = { most: 20 };

const UNITS = new Map([
  ['m', 1],
  ['h', 60],
  ['d', 24 * 60],
]);

/** A duration such as `24h`, as the schema has it, in minutes. */
export function minutesOf(duration: string): number {
  return Number.parseInt(duration, 10) * (UNITS.get(duration.slice(-1)) ?? 1);
}
