import type { Level } from '../../risk/verdict.ts';
import type { Finding } from '../../rule/finding.ts';
import type { Severity } from '../../rule/rule.ts';
import { type Location, locationOf } from '../place.ts';

/** One step of a repository's past as it would have been judged, without what it was judged from. */
export interface PastCommit {
  readonly commit: string;
  /** ISO 8601. */
  readonly date: string;
  readonly title: string;
  readonly level: Level;
  /** Titles of the rows of the risk table that applied, the worst first. */
  readonly reasons: readonly string[];
  readonly findings: readonly PastFinding[];
  /** Why some of it was not analysed. */
  readonly incomplete: readonly string[];
}

export interface PastFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly location: Location;
}

/** The past of a repository, the oldest step first. */
export interface Past {
  readonly from: string;
  readonly to: string;
  readonly commits: readonly PastCommit[];
}

/** How often a rule fired. */
export interface Firing {
  readonly rule: string;
  /** The worst that it was. */
  readonly severity: Severity;
  readonly findings: number;
  readonly commits: number;
  /** The commit in which it fired last. */
  readonly newest: PastCommit;
}

/** The rules that fired, those of most commits first. */
export function firingsOf(commits: readonly PastCommit[]): Firing[] {
  const firings = new Map<string, Firing>();
  for (const commit of commits) {
    for (const [rule, found] of byRule(commit.findings)) {
      const known = firings.get(rule);
      firings.set(rule, {
        rule,
        severity: worst([...(known === undefined ? [] : [known.severity]), ...found.map(({ severity }) => severity)]),
        findings: (known?.findings ?? 0) + found.length,
        commits: (known?.commits ?? 0) + 1,
        newest: commit,
      });
    }
  }
  return [...firings.values()].sort(
    (a, b) => b.commits - a.commits || b.findings - a.findings || (a.rule < b.rule ? -1 : 1),
  );
}

/** The findings of a commit by their rule, in their order. */
export function byRule(findings: readonly PastFinding[]): Map<string, PastFinding[]> {
  const groups = new Map<string, PastFinding[]>();
  for (const finding of findings) groups.set(finding.rule, [...(groups.get(finding.rule) ?? []), finding]);
  return groups;
}

export function worst(severities: readonly Severity[]): Severity {
  if (severities.includes('error')) return 'error';
  return severities.includes('warning') ? 'warning' : 'info';
}

export function pastFinding({ rule, severity, message, span }: Finding): PastFinding {
  return { rule, severity, message, location: locationOf(span) };
}
