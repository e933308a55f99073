import { uriOf } from '../git/path.ts';
import type { Allowed } from '../policy/review.ts';
import type { Severity } from '../rule/rule.ts';
import { escapeJson } from './escape.ts';
import type { Location } from './place.ts';
import { fileWithoutPlace, type Remark, remarksOf, textOf } from './remark.ts';
import type { Result } from './result.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** GitHub keeps no more of one run: docs.github.com, "SARIF support for code scanning", limits. */
const MOST_RESULTS = 5_000;

/** What code scanning needs to know of a rule beyond its id. */
export interface RuleText {
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly severity: Severity;
}

/**
 * SARIF 2.1.0 as GitHub's code scanning reads it: `results` always there, paths from the repository's root, a place for
 * each result, and a fingerprint that no moved line changes. The worst results are kept where there are too many.
 *
 * @param ruleText what the catalogue says of a rule; undefined for a remark that no rule makes
 */
export function reportSarif(result: Result, tool: string, ruleText: (id: string) => RuleText | undefined): string {
  const remarks = remarksOf(result);
  const kept = remarks.slice(0, MOST_RESULTS);
  const fallback = fileWithoutPlace(result);
  const ids = [...new Set(kept.map(({ rule }) => rule))].sort();
  const run = {
    tool: {
      driver: {
        name: 'deploy-lint',
        semanticVersion: tool,
        rules: ids.map(id => ruleOf(id, ruleText(id), kept)),
      },
    },
    automationDetails: { id: 'deploy-lint/' },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: result.incomplete.length === 0,
        toolExecutionNotifications: notifications(remarks.length - kept.length),
      },
    ],
    // Not as `suppressions`, which GitHub does not know: it would show what is allowed as an alert.
    properties: { level: result.verdict.level, staging: result.staging, allowed: result.allowed.map(allowedOf) },
    results: kept.map(remark => resultOf(remark, ids, fallback)),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${escapeJson(JSON.stringify(log, undefined, 2))}\n`;
}

function allowedOf({ finding: { rule, message }, by }: Allowed) {
  return { rule, message, until: by.until, reason: by.reason };
}

function ruleOf(id: string, text: RuleText | undefined, remarks: readonly Remark[]) {
  const example = remarks.find(({ rule }) => rule === id);
  const title = text?.title ?? example?.message ?? id;
  const help = text === undefined ? (example?.advice ?? id) : `${text.why} Fix: ${text.fix}`;
  return {
    id,
    ...nameOf(id),
    shortDescription: { text: cut(title) },
    fullDescription: { text: cut(help) },
    help: { text: help, markdown: help },
    defaultConfiguration: { level: LEVELS[text?.severity ?? example?.severity ?? 'info'] },
    properties: { precision: 'high', tags: ['deployment'] },
  };
}

function resultOf(remark: Remark, ids: readonly string[], fallback: string) {
  return {
    ruleId: remark.rule,
    ruleIndex: ids.indexOf(remark.rule),
    level: LEVELS[remark.severity],
    message: { text: textOf(remark) },
    locations: [{ physicalLocation: physical(remark.place, fallback) }],
    // The only one that GitHub looks at; ours outlives edits above the line.
    partialFingerprints: { primaryLocationLineHash: remark.fingerprint },
  };
}

/** GitHub refuses a result without a place. */
function physical(place: Location | undefined, fallback: string) {
  const start = { file: fallback, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const { file, line, column, endLine, endColumn } = place ?? start;
  return {
    artifactLocation: { uri: uriOf(file), uriBaseId: '%SRCROOT%' },
    region: { startLine: line, startColumn: column, endLine, endColumn },
  };
}

function notifications(hidden: number) {
  if (hidden <= 0) return [];
  return [{ level: 'warning', message: { text: `${hidden} results of less weight were left out.` } }];
}

/** The specification wants another text than the id, in whatever case, as in the names of Microsoft's own rules. */
function nameOf(id: string): { readonly name?: string } {
  if (!id.includes('-')) return {};
  return { name: id.replace(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase()) };
}

/** Descriptions may have 1,024 characters. */
function cut(text: string): string {
  return text.length <= 1024 ? text : `${text.slice(0, 1021)}...`;
}
