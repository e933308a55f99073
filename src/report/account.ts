import type { UnitChange } from '../change/change.ts';
import type { Fact } from '../change/fact.ts';
import { isRefusal } from '../change/facts-problem.ts';
import { reads } from '../change/reads.ts';
import { CONFIG_FILES } from '../config/read.ts';
import type { ChangedFile, ContentError } from '../git/tree.ts';
import { isScaffold } from '../gitops/scaffold.ts';
import { folderOf, isWithin } from '../kustomize/paths.ts';
import type { Undecided } from '../policy/cel/check.ts';
import { startOf } from '../yaml/node.ts';
import { isLimit } from '../yaml/problem.ts';
import { list } from './line.ts';
import type { Result, Skipped, Unknown } from './result.ts';
import { seeIt } from './see-it.ts';

type Account = Pick<Result, 'files' | 'unknowns' | 'incomplete'>;

/**
 * Which of the changed files were looked at, which were not and why, and what could not be known. Every changed file is
 * either analysed or skipped with a reason.
 */
export function account(
  changed: readonly ChangedFile[],
  changes: readonly UnitChange[],
  unread: readonly ContentError[],
  undecided: readonly Undecided[] = [],
): Account {
  const analysed: string[] = [];
  const skipped: Skipped[] = [];
  for (const file of changed) {
    if (changes.some(change => reads(change, file.path))) analysed.push(file.path);
    else skipped.push({ path: file.path, reason: reasonToSkip(file, changes) });
  }
  const paths = changed.map(file => file.path);
  // A tree as it stands has no side before it that could have had the same problems.
  const compared = changed.length === 0 ? changes.map(change => ({ ...change, before: undefined })) : changes;
  const lost = unread.map(unreadUnknown);
  return {
    files: { seen: paths, analysed, skipped },
    unknowns: once([
      ...compared.flatMap(unknownsOf),
      ...undecided.map(undecidedUnknown),
      ...lost.filter(unknown => !paths.includes(unknown.what)),
    ]),
    incomplete: once([...compared.flatMap(limitsOf), ...lost.filter(unknown => paths.includes(unknown.what))]),
  };
}

const UNKNOWN_SET = 'a value in its template is not known from here, so its Applications were not all looked at';

/** What the units of a tree as it stands leave out, because it is not in the repository. */
export function accountOfTree(
  changes: readonly UnitChange[],
  unread: readonly ContentError[],
  undecided: readonly Undecided[],
): Account {
  const known = account([], changes, unread, undecided);
  const gaps = changes.flatMap(({ unit, after }) =>
    (after?.gaps ?? []).map(gap => ({
      what: gap.what,
      why:
        gap.kind === 'application-set' ? UNKNOWN_SET : 'its content is not in this repository, so it was not looked at',
      hint: undefined,
      span: gap.span,
      units: [unit.key],
    })),
  );
  return { ...known, unknowns: once([...known.unknowns, ...gaps]) };
}

/** A rule of the team that failed has not passed. */
function undecidedUnknown({ rule, why, objects, span, units }: Undecided): Unknown {
  const hint = why.startsWith('no such key') ? 'Ask has(...) in the expression before the field.' : undefined;
  return { what: `${rule} of ${list(objects, 3)}`, why, hint, span, units };
}

/** What several units cannot know for the same reason at the same place is said once, with all of them. */
function once(unknowns: readonly Unknown[]): Unknown[] {
  const known = new Map<string, Unknown>();
  for (const unknown of unknowns) {
    const { what, why, hint, span } = unknown;
    const key = JSON.stringify([what, why, hint, span?.source.file, span?.start, span?.end]);
    const units = [...new Set([...(known.get(key)?.units ?? []), ...unknown.units])];
    known.set(key, { ...unknown, units });
  }
  return [...known.values()];
}

/** Why no unit reads a file. @param changes Those of the units of its commit. */
export function reasonToSkip(file: ChangedFile, changes: readonly UnitChange[]): string {
  const { path, before, after } = file;
  if (CONFIG_FILES.some(file => file === path)) {
    return 'configuration of this check; a commit is judged by the one before it';
  }
  if (before?.mode === 'submodule' || after?.mode === 'submodule') {
    return 'a submodule, whose content is in another repository';
  }
  const chart = changes
    .filter(isOfChart)
    .flatMap(({ unit }) => unit.folders.find(folder => isWithin(path, folder)) ?? []);
  if (chart[0] !== undefined) return `part of the Helm chart ${chart[0]}, which is not rendered here`;
  if (isScaffold(folderOf(path))) return 'a template, which is copied and filled in before anything applies it';
  return 'nothing that is known here deploys it';
}

function isOfChart({ unit, before, after }: UnitChange): boolean {
  const gaps = [...(before?.gaps ?? []), ...(after?.gaps ?? [])];
  return unit.kind === 'helm-chart' || gaps.some(({ kind }) => kind === 'helm-chart');
}

/** Facts whose content lies elsewhere, and builds that were refused before the commit as well. */
function unknownsOf({ unit, before, after, facts }: UnitChange): Unknown[] {
  const old = new Set(before?.problems.map(problem => problem.message));
  const [first] = (after?.problems ?? []).filter(problem => old.has(problem.message) && isRefusal(problem));
  return [
    ...facts.filter(isUnseen).map(fact => ({
      what: fact.subject,
      why: moved(fact) ?? UNSEEN[kindOfUnseen(fact)],
      hint: seeIt(fact),
      span: fact.span,
      units: [unit.key],
    })),
    ...(first === undefined
      ? []
      : [
          {
            what: 'the build was already refused before this commit',
            why: first.message,
            hint: undefined,
            span: first.span,
            units: [unit.key],
          },
        ]),
  ];
}

function kindOfUnseen({ kind, move }: Fact): keyof typeof UNSEEN {
  if (kind === 'remote') return 'elsewhere';
  if (move === 'now-builds') return 'earlier';
  return move === 'values' ? 'values' : 'here';
}

/** Why the content of something is not known. */
const UNSEEN = {
  elsewhere: 'its content is not in this repository, so what changes in the cluster is not known from here',
  values: 'what the chart makes of its values is not in this repository',
  earlier: 'the cluster has what an earlier commit built, so what changes in it is not known from here',
  here: 'it is not rendered here, so what changes in the cluster is not known',
} as const;

function isUnseen({ kind, move }: Fact): boolean {
  return kind === 'remote' || (kind === 'unknown' && move !== 'now-fails') || kind === 'chart';
}

function moved({ move, from, to }: Fact): string | undefined {
  if (move === 'values' || from === undefined || to === undefined) return undefined;
  return `${from} -> ${to}: what is between the two is not in this repository`;
}

/** What a limit kept from being looked at, unless it kept it on both sides in the same way. */
function limitsOf({ unit, before, after }: UnitChange): Unknown[] {
  const known = new Set(before?.problems.map(problem => problem.message));
  const limits = (after?.problems ?? []).filter(problem => isLimit(problem) && !known.has(problem.message));
  return limits.map(({ code, message, span }) => ({
    what: `${span.source.file}: ${message}`,
    why: code,
    hint: undefined,
    span,
    units: [unit.key],
  }));
}

function unreadUnknown({ path, message }: ContentError): Unknown {
  return { what: path, why: message, hint: undefined, span: startOf(path), units: [] };
}
