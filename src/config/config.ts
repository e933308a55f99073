import {
  type AllowancesConfig,
  type CalendarConfig,
  DEFAULT_ALLOWANCES,
  DEFAULT_CALENDAR,
  DEFAULT_GATE,
  DEFAULT_STAGING,
  type GateConfig,
  type StagingConfig,
} from './gate.ts';
import { NOTHING_OBSERVED, type Observe } from './observe.ts';

/** The team's configuration, `.deploy-lint.yaml`. Every field has a default that suits a repository without one. */
export interface Config {
  readonly environments: {
    /** Words that name an environment as a path segment or as a part of an Application's name. */
    readonly production: readonly string[];
    readonly staging: readonly string[];
    readonly development: readonly string[];
  };
  readonly images: {
    /** Groups of images that carry one tag, as globs over the repository's name; empty for the default by stem. */
    readonly families: readonly (readonly string[])[];
  };
  readonly dns: {
    /** Files with one hostname a line that have records elsewhere. */
    readonly lists: readonly string[];
    /** Zones whose records are all in this repository: a hostname in one of them without a record is a mistake. */
    readonly zones: readonly string[];
  };
  /** The file that states the versions of upstream components. */
  readonly versions: string;
  readonly gate: GateConfig;
  readonly staging: StagingConfig;
  readonly calendar: CalendarConfig;
  readonly allowances: AllowancesConfig;
  readonly observe: Observe;
  /** What the file says of rules, by id; a rule that it does not name is as its module has it. */
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly options: RuleOptions;
  /** Where rows of the risk table read otherwise than it has them. The first that fits a change counts. */
  readonly risks: readonly RiskSetting[];
}

export interface RuleSetting {
  /** Undefined for the rule's own. */
  readonly severity?: 'off' | 'info' | 'warning' | 'error';
  /** Globs over paths: what the rule finds in these files or folders is not reported. */
  readonly ignore?: readonly string[];
}

/** Options that only one rule has, by its id. In the file they stand beside its severity. */
export interface RuleOptions {
  readonly 'config-change-not-picked-up': {
    /** Reloader is started with this flag: it restarts every workload that does not opt out. */
    readonly 'auto-reload-all': boolean;
  };
}

export interface RiskSetting {
  /** Ids of rows; undefined for every row. */
  readonly rows?: readonly string[];
  /** Globs over the file that changed and the folders of its unit. */
  readonly paths?: readonly string[];
  readonly environments?: readonly ('production' | 'staging' | 'development' | 'unknown')[];
  readonly level?: 'low' | 'medium' | 'high';
  /** Ids of obligations of the risk table, instead of those of the row. */
  readonly obligations?: readonly string[];
  /** Whom to ask, instead of those that the row names. */
  readonly consult?: readonly string[];
}

/** A configuration as a file has it: what it leaves out keeps its default. */
export type WrittenConfig = Partial<Pick<Config, 'versions' | 'risks'>> & {
  readonly [Key in
    | 'environments'
    | 'images'
    | 'dns'
    | 'gate'
    | 'staging'
    | 'calendar'
    | 'allowances'
    | 'observe']?: Partial<Config[Key]>;
} & { readonly rules?: WrittenRules };

/** A severity alone, or a mapping that has it beside the options. */
type WrittenRule<Options = unknown> = NonNullable<RuleSetting['severity']> | (RuleSetting & Options);

type WrittenRules = Readonly<Record<string, WrittenRule>> & {
  readonly [Id in keyof RuleOptions]?: WrittenRule<Partial<RuleOptions[Id]>>;
};

export const DEFAULTS: Config = {
  environments: {
    production: ['prod', 'production', 'prd', 'live'],
    staging: ['staging', 'stage', 'stg', 'preprod', 'uat'],
    development: ['dev', 'development', 'test', 'qa', 'sandbox'],
  },
  images: { families: [] },
  dns: { lists: [], zones: [] },
  versions: 'scripts/apps.yaml',
  gate: DEFAULT_GATE,
  staging: DEFAULT_STAGING,
  calendar: DEFAULT_CALENDAR,
  allowances: DEFAULT_ALLOWANCES,
  observe: NOTHING_OBSERVED,
  rules: new Map(),
  options: { 'config-change-not-picked-up': { 'auto-reload-all': false } },
  risks: [],
};
