import type { UnitChange } from '../change/change.ts';
import { isMended } from '../change/facts-problem.ts';
import type { Config } from '../config/config.ts';
import type { Unit } from '../gitops/unit.ts';
import { withoutHash } from '../kubernetes/affixes.ts';
import { idKey, nearest } from '../kubernetes/object.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import type { Span } from '../yaml/node.ts';
import type { Finding } from './finding.ts';
import type { Knowledge } from './knowledge.ts';
import {
  type CommitRule,
  type RepositoryRule,
  type Rule,
  SEVERITIES,
  type Severity,
  type Sighting,
  type StateRule,
  type UnitState,
  type WholeCommit,
  type WideSighting,
} from './rule.ts';
import { isMeant } from './scope.ts';

/** The mistakes that a commit makes: what change rules say of it, and what state rules see now and did not before. */
export function checkChanges(
  rules: readonly Rule[],
  changes: readonly UnitChange[],
  knowledge: Knowledge,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (rule.on === 'commit') continue;
    if (rule.on === 'repository') {
      for (const sighting of newInRepository(rule, changes, knowledge)) {
        findings.push(findingOf(rule, sighting, sighting.units ?? []));
      }
      continue;
    }
    for (const change of changes) {
      const seen = rule.on === 'change' ? rule.check(change, knowledge) : newSightings(rule, change, knowledge);
      for (const sighting of seen) findings.push(findingOf(rule, sighting, [change.unit]));
    }
  }
  return settled(findings, knowledge.config);
}

/** The mistakes of a commit as a whole: what its message says against what it does, and what should be two commits. */
export function checkCommit(rules: readonly Rule[], commit: WholeCommit, knowledge: Knowledge): readonly Finding[] {
  const { oid } = commit;
  const findings = rules
    .filter(rule => rule.on === 'commit')
    .flatMap((rule: CommitRule) =>
      [...rule.check(commit, knowledge)].map(sighting => {
        const finding = findingOf(rule, sighting, sighting.units ?? []);
        return oid === undefined ? finding : { ...finding, commit: oid };
      }),
    );
  return settled(findings, knowledge.config);
}

/** The mistakes that stand in the units, whoever made them. Rules about changes have nothing to say here. */
export function checkState(
  rules: readonly Rule[],
  states: readonly UnitState[],
  knowledge: Knowledge,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (rule.on === 'state') {
      for (const { unit, rendered } of states) {
        for (const sighting of rule.check(rendered, unit, knowledge)) findings.push(findingOf(rule, sighting, [unit]));
      }
    } else if (rule.on === 'repository') {
      for (const sighting of rule.check(states, knowledge)) {
        findings.push(findingOf(rule, sighting, sighting.units ?? []));
      }
    }
  }
  return settled(findings, knowledge.config);
}

function newSightings(rule: StateRule, change: UnitChange, knowledge: Knowledge): Sighting[] {
  const { unit, unitBefore = unit, before, after } = rule.alone === undefined ? change : onlyDiffering(change);
  if (after === undefined) return [];
  const then = () => (before === undefined ? [] : rule.check(before, unitBefore, asBefore(knowledge)));
  const found = unknownBefore(then, rule.check(after, unit, knowledge));
  return isMended(change.before, change.after) ? found.filter(one => knowledge.changed.has(placeOf(one))) : found;
}

/**
 * The file in which a mistake stands. What appears with a build that was refused before may have been in the cluster all
 * the time, so that only what stands in a file of the commit is new.
 */
function placeOf({ at }: Sighting): string {
  return fileOf('object' in at ? nearest(at.object, at.path).span : at.span);
}

function onlyDiffering({ before, after, changes, ...rest }: UnitChange): UnitChange {
  return {
    ...rest,
    changes,
    before: before && { ...before, objects: changes.flatMap(change => (change.kind === 'added' ? [] : change.before)) },
    after: after && { ...after, objects: changes.flatMap(change => (change.kind === 'removed' ? [] : change.after)) },
  };
}

function newInRepository(
  rule: RepositoryRule,
  changes: readonly UnitChange[],
  knowledge: Knowledge,
): readonly WideSighting[] {
  const stateOf = (unit: Unit, rendered: Rendered | undefined) => (rendered === undefined ? [] : [{ unit, rendered }]);
  const old = () => changes.flatMap(({ unit, unitBefore = unit, before }) => stateOf(unitBefore, before));
  const now = changes.flatMap(({ unit, after }) => stateOf(unit, after));
  return unknownBefore(() => rule.check(old(), asBefore(knowledge)), rule.check(now, knowledge));
}

function asBefore(knowledge: Knowledge): Knowledge {
  return { ...knowledge, here: knowledge.before };
}

/**
 * Counted, not looked up: a second duplicate of a key with the same words is a new mistake. The side before is looked at
 * only where there is something to compare with it, which is seldom.
 */
function unknownBefore<S extends Sighting>(before: () => Iterable<Sighting>, after: Iterable<S>): S[] {
  const found = [...after];
  if (found.length === 0) return found;
  const known = new Map<string, number>();
  for (const sighting of before()) {
    const key = sightingKey(sighting);
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  return found.filter(sighting => {
    const key = sightingKey(sighting);
    const left = known.get(key) ?? 0;
    if (left > 0) known.set(key, left - 1);
    return left === 0;
  });
}

/**
 * Without indexes and lines, which move when something is added above, and without the hash in a generated name, which
 * moves with the content; a message about a text may name a line.
 */
function sightingKey({ at, message }: Sighting): string {
  if ('object' in at) {
    const { id } = at.object;
    const name = withoutHash(id.name);
    return JSON.stringify([idKey({ ...id, name }), message.replaceAll(id.name, name)]);
  }
  return JSON.stringify([at.span.source.file, message.replace(/\b\d+:\d+\b/g, 'line:column')]);
}

function findingOf(rule: Rule, sighting: Sighting, units: readonly Unit[]): Finding {
  return {
    rule: rule.id,
    severity: sighting.severity ?? rule.severity,
    message: sighting.message,
    why: rule.why,
    fix: sighting.fix ?? rule.fix,
    span: 'object' in sighting.at ? nearest(sighting.at.object, sighting.at.path).span : sighting.at.span,
    ...(sighting.repair && { repair: sighting.repair }),
    ...(sighting.isConfidential && { isConfidential: true }),
    units: [...new Set(units.map(unit => unit.key))].sort(),
    sightings: units.map(({ key }) => ({ unit: key, field: 'object' in sighting.at ? sighting.at : undefined })),
  };
}

/** Findings with the severities of the configuration, each told once, in the order of a report. */
export function settled(findings: readonly Finding[], config: Config): readonly Finding[] {
  return inOrder(merged(overridden(findings, config)));
}

function overridden(findings: readonly Finding[], config: Config): Finding[] {
  return findings.flatMap(finding => {
    const { severity = finding.severity, ignore = [] } = config.rules.get(finding.rule) ?? {};
    return severity === 'off' || isMeant(fileOf(finding.span), ignore) ? [] : [{ ...finding, severity }];
  });
}

/** One mistake in a base, seen in each of its overlays, is one finding in several units. */
function merged(findings: readonly Finding[]): Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const finding of findings) {
    const { source, start, end } = finding.span;
    const key = JSON.stringify([finding.rule, finding.message, source.file, start, end]);
    const first = byPlace.get(key) ?? finding;
    byPlace.set(key, {
      ...first,
      severity: worse(first.severity, finding.severity),
      units: [...new Set([...first.units, ...finding.units])].sort(),
      sightings: first === finding ? finding.sightings : [...first.sightings, ...finding.sightings],
    });
  }
  return [...byPlace.values()];
}

function worse(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b;
}

/** Worst first, then as one reads: by file and from top to bottom. Compared by code unit, the same in every locale. */
export function inOrder(findings: Finding[]): Finding[] {
  const rank = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
  return findings.sort(
    (a, b) =>
      rank(b) - rank(a) ||
      compareText(fileOf(a.span), fileOf(b.span)) ||
      a.span.start - b.span.start ||
      compareText(a.rule, b.rule) ||
      compareText(a.message, b.message),
  );
}

function fileOf(span: Span): string {
  return span.source.file;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
