import { printable } from './printable.ts';

/** One setting of a configuration file that differs. */
export interface Setting {
  readonly subject: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** More lines than this are a rewrite, and the file's name says enough. */
const MOST_LINES = 5;

/** A longer line holds more than a setting. */
const LONGEST_LINE = 200;

/** `pm.max_children = 50`, `listen: 9000`, `worker_processes 4;`: the forms of ini, YAML, env files and nginx. */
const SETTING = /^\s*(?:export\s+)?"?([A-Za-z_][\w.[\]/-]*)"?\s*(?:[=:]\s*|\s+)(.*?)[\s;,]*$/;

/**
 * The settings that differ between two texts of several lines, where that can be said in a few words: some lines in one
 * place, each a setting of its own. Nothing where it cannot.
 */
export function settingsThatDiffer(before: string | undefined, after: string | undefined): Setting[] {
  if (before === undefined || after === undefined) return [];
  const [a, b] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  if (Math.max(a.length, b.length) < 2) return [];
  const [from, to] = withoutCommonEnds(a, b);
  if (from.length > MOST_LINES || to.length > MOST_LINES) return [];
  return compareSettings(from, to) ?? [];
}

function withoutCommonEnds(a: readonly string[], b: readonly string[]): [string[], string[]] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

function compareSettings(from: readonly string[], to: readonly string[]): Setting[] | undefined {
  const [old, now] = [readSettings(from), readSettings(to)];
  if (old === undefined || now === undefined) return undefined;
  const settings: Setting[] = [];
  for (const name of new Set([...now.keys(), ...old.keys()])) {
    if (old.get(name) === now.get(name)) continue;
    settings.push({ subject: name, from: printable(name, old.get(name)), to: printable(name, now.get(name)) });
  }
  return settings;
}

/** By name; undefined where a line is no setting, or two lines have one name. Comments and blank lines say nothing. */
function readSettings(lines: readonly string[]): Map<string, string> | undefined {
  const settings = new Map<string, string>();
  for (const line of lines) {
    if (/^\s*([#;].*|\/\/.*)?$/.test(line)) continue;
    const match = line.length > LONGEST_LINE ? null : SETTING.exec(line);
    const [, name = '', value = ''] = match ?? [];
    if (match === null || settings.has(name)) return undefined;
    settings.set(name, value);
  }
  return settings;
}
