import type { UnitChange } from '../change/change.ts';
import type { Fact } from '../change/fact.ts';
import type { ObjectId } from '../kubernetes/object.ts';
import type { Allowed } from '../policy/review.ts';
import type { Verdict } from '../risk/verdict.ts';
import type { Finding } from '../rule/finding.ts';
import type { Span } from '../yaml/node.ts';
import { describe } from './describe.ts';
import { escapeJson } from './escape.ts';
import type { Explanation } from './explanation/explanation.ts';
import { fold } from './fold.ts';
import { list } from './line.ts';
import { locationOf, placesOf } from './place.ts';
import type { Result, Unknown } from './result.ts';
import { type Units, unitsOf, where } from './where.ts';

/** Rises when a field changes its meaning or goes away; new fields do not raise it. */
const REPORT_VERSION = 1;

/** The contract for programs: `schemas/report.schema.json` describes it. What is absent is null. */
export function reportJson(result: Result, tool: string, explanation?: Explanation): string {
  const told = explanation === undefined ? {} : { explanation: withNulls(explanation) };
  return `${escapeJson(JSON.stringify({ ...reportOf(result, tool), ...told }, undefined, 2))}\n`;
}

function withNulls(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(withNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withNulls(part)]));
}

/** The same as data. */
export function reportOf(result: Result, tool: string) {
  const units = unitsOf(result);
  const facts = result.units.flatMap(unit => unit.facts);
  return {
    version: REPORT_VERSION,
    tool: { name: 'deploy-lint', version: tool },
    subject: {
      kind: result.subject.kind,
      commit: result.subject.commit ?? null,
      title: result.subject.title ?? null,
      base: result.subject.base ?? null,
      parents: result.subject.parents,
    },
    verdict: verdictOf(result.verdict, facts, units),
    units: result.units.map(unit => unitOf(unit, result.counted?.get(unit.unit.key))),
    changes: facts.map(changeOf),
    findings: result.findings.map(findingOf),
    staging: result.staging,
    allowed: result.allowed.map(allowedOf),
    baselined: result.baselined.length,
    unknowns: result.unknowns.map(unknownOf),
    incomplete: result.incomplete.map(unknownOf),
    files: result.files,
    review: reviewOf(result),
    commits: result.commits.map(({ commit, title, verdict, errors }) => ({
      commit,
      title,
      level: verdict.level,
      errors,
      reasons: verdict.reasons.map(reason => `${reason.level}: ${reason.title}`),
    })),
  };
}

/** What a pipeline is told; null where none asked. */
function reviewOf({ review, verdict }: Result) {
  if (review === undefined) return null;
  const { vendor, name, branch, lands, passes, bars, labels, answer, preview } = review;
  return {
    vendor,
    name,
    branch: branch ?? null,
    lands,
    passes,
    risk: verdict.level,
    autoMergeable: bars.length === 0,
    autoMergeBars: bars,
    labels,
    stops: answer.stops,
    notes: [...answer.differs, ...answer.notes],
    preview: preview ?? null,
  };
}

function verdictOf({ level, reasons, obligations, consult }: Verdict, facts: readonly Fact[], units: Units) {
  const index = new Map(facts.map((fact, i) => [fact, i]));
  return {
    level,
    reasons: reasons.map(reason => ({
      row: reason.row,
      level: reason.level,
      title: reason.title,
      why: reason.why,
      shape: reason.shape,
      text: reasonText(reason.facts, units),
      changes: reason.facts.flatMap(fact => index.get(fact) ?? []),
    })),
    obligations,
    consult,
  };
}

/** One line that names units, both values and file:line. */
function reasonText(facts: readonly Fact[], units: Units): string {
  const told = fold(facts).map(telling => {
    return `${where(telling.units, units)}: ${describe(telling)} at ${list(placesOf(telling.spans), 2)}`;
  });
  return told.slice(0, 3).join('; ') + (told.length > 3 ? `; and ${told.length - 3} more` : '');
}

/** @param counted The number of its objects, where another run has looked at it. */
function unitOf({ unit, before, after, changes }: UnitChange, counted?: number) {
  const number = (kind: UnitChange['changes'][number]['kind']) => changes.filter(change => change.kind === kind).length;
  return {
    key: unit.key,
    kind: unit.kind,
    name: unit.name,
    environment: unit.environment,
    client: unit.client ?? null,
    app: unit.app ?? null,
    application: unit.application === undefined ? null : { name: unit.application.name, file: unit.application.file },
    folders: unit.folders,
    objects: {
      before: counted ?? before?.objects.length ?? null,
      after: counted ?? after?.objects.length ?? null,
      added: number('added'),
      removed: number('removed'),
      modified: number('modified'),
    },
  };
}

function changeOf({ kind, move, unit, object, subject, from, to, engine, span, side }: Fact) {
  return {
    kind,
    move,
    unit,
    object: object === undefined ? null : objectOf(object),
    subject,
    from: from ?? null,
    to: to ?? null,
    engine: engine ?? null,
    side,
    location: locationOf(span),
  };
}

function objectOf({ group, kind, namespace, name }: ObjectId) {
  return { group, kind, namespace, name };
}

function findingOf({ rule, severity, message, why, fix, span, units, commit, isConfidential }: Finding) {
  const told = { rule, severity, message, why, fix, location: locationOf(span), units, commit: commit ?? null };
  return { ...told, confidential: isConfidential === true };
}

function allowedOf({ finding, by, isNew }: Allowed) {
  const said = {
    until: by.until ?? null,
    owner: by.owner ?? null,
    reason: by.reason ?? '',
    location: locationOf(by.span),
  };
  return { finding: findingOf(finding), by: said, new: isNew };
}

function unknownOf({ what, why, hint, span, units }: Unknown) {
  return { what, why, hint: hint ?? null, location: locationOrNull(span), units };
}

function locationOrNull(span: Span | undefined) {
  return span === undefined ? null : locationOf(span);
}
