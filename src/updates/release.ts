/** A version that a source has published. */
export interface Release {
  /** The tag without its prefix, with a `v` before the numbers where the files have one. */
  readonly version: string;
  /** As its source has it. */
  readonly tag: string;
  /** ISO 8601; undefined where the source does not date its versions. */
  readonly date: string | undefined;
  /** The source itself calls it a pre-release. */
  readonly prerelease: boolean;
  /** Deprecated or taken back by who published it. */
  readonly withdrawn: boolean;
  /** What a chart installs, where the chart says it. */
  readonly appVersion: string | undefined;
  /** Where people read about it, where the source names an address. */
  readonly home: string | undefined;
}

/** Why a source gives no answer: one line for the reader of the table. */
export class SourceError extends Error {}

/** Letters, digits and what versions and their prefixes are joined with. Whatever else a server sends is no version. */
const VERSION = /^\w[\w.+~/-]{0,127}$/;

/** Whether a text from a server may be a version that ends up in files and messages. */
export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

/** A release by its tag, with what else the source tells. Undefined where the tag is no version. */
export function releaseOf(tag: string, told: Partial<Omit<Release, 'tag'>> = {}): Release | undefined {
  if (!isVersion(tag)) return undefined;
  const none = { date: undefined, prerelease: false, withdrawn: false, appVersion: undefined, home: undefined };
  return { version: tag, tag, ...none, ...told };
}

/** A moment as a source writes it, in ISO 8601; undefined where it is none. */
export function dateOf(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length > 40) return undefined;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** An address that a source names, to be shown to people; undefined where it is none that one could open. */
export function homeOf(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 300 || !/^https:\/\/[\w.-]+(?::\d+)?(?:\/[\w.~%+/-]*)?$/.test(text))
    return undefined;
  return /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+$/.test(text) ? `${text}/releases` : text;
}
