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
  /** Severity of a rule, by id. */
  readonly rules: Readonly<Record<string, 'off' | 'info' | 'warning' | 'error'>>;
}

/** A configuration as a file has it: what it leaves out keeps its default. */
export type WrittenConfig = Partial<Pick<Config, 'versions' | 'rules'>> & {
  readonly [Key in 'environments' | 'images' | 'dns']?: Partial<Config[Key]>;
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
  rules: {},
};
