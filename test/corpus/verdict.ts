import { parseAllDocuments } from 'yaml';
import type { Rendered } from '../../src/kustomize/rendered.ts';
import { type Json, toJson } from '../../src/yaml/node.ts';
import { causeOf } from './causes.ts';

/** What another program made of a folder. */
export type Expected = { readonly ok: true; readonly yaml: string } | { readonly ok: false; readonly error: string };

/** How a folder compares. Only `different` is a defect, or a difference between versions to be listed. */
export interface Verdict {
  readonly kind: 'equal' | 'different' | 'refused-by-both' | 'gap';
  /** For a difference: where it begins, or who refuses and why. For a refusal or a gap: what it is about. */
  readonly cause: string;
}

/** Problems that are worth a word and keep kustomize from nothing. */
const HARMLESS = new Set(['images-entry-matches-nothing', 'ambiguous-yaml']);

/** Compares what deploy-lint makes of a folder with what the other program made of it. */
export function verdictOf(rendered: Rendered, want: Expected): Verdict {
  const problems = rendered.problems.filter(({ code }) => !HARMLESS.has(code)).map(({ message }) => message);
  const gaps = rendered.gaps.map(({ kind, what }) => `${kind} ${what}`);
  if (!want.ok) {
    const cause = causeOf(want.error, rendered);
    if (cause !== undefined) return { kind: problems.length > 0 ? 'refused-by-both' : 'gap', cause };
    return {
      kind: 'different',
      cause: `${problems[0] ?? gaps[0] ?? 'it renders'} here, there ${lastLine(want.error)}`,
    };
  }
  const wanted = parseAllDocuments(want.yaml).map(document => canonical(document.toJS({ maxAliasCount: -1 })));
  const got = rendered.objects.map(object => canonical(toJson(object.root)));
  if (problems.length > 0) return { kind: 'different', cause: `only refused here: ${problems[0]}` };
  const difference = firstDifference(
    got,
    wanted.filter(document => document !== null),
  );
  if (difference === undefined) return { kind: 'equal', cause: '' };
  return gaps.length > 0 ? { kind: 'gap', cause: gaps[0] ?? '' } : { kind: 'different', cause: difference };
}

function lastLine(error: string): string {
  return error.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}

/** The first place where the two differ, with both values. */
function firstDifference(got: unknown, want: unknown, path = ''): string | undefined {
  if (isCollection(got) && isCollection(want) && Array.isArray(got) === Array.isArray(want)) {
    for (const key of new Set([...Object.keys(want), ...Object.keys(got)])) {
      const found = firstDifference(valueAt(got, key), valueAt(want, key), `${path}/${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return Object.is(got, want) ? undefined : `at ${path}: ${shown(got)} here, ${shown(want)} there`;
}

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function valueAt(collection: object, key: string): unknown {
  return Object.entries(collection).find(([name]) => name === key)?.[1];
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 120);
}

/**
 * With sorted keys, and without the empty lines that go-yaml adds when it writes folded text whose lines are indented:
 * kustomize's output has them, its input does not.
 */
function canonical(value: Json): unknown {
  if (typeof value === 'string') return value.replace(/\n+(?=[ \t])/g, '\n');
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, canonical(item)]),
  );
}
