import type { Severity } from '../rule/rule.ts';
import { escapeJson } from './escape.ts';
import { fileWithoutPlace, remarksOf, textOf } from './remark.ts';
import type { Result } from './result.ts';

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', info: 'info' };

/** GitLab's code quality report: docs.gitlab.com/ci/testing/code_quality, "Code Quality report format". */
export function reportGitlab(result: Result): string {
  const fallback = fileWithoutPlace(result);
  const issues = remarksOf(result).map(remark => ({
    description: textOf(remark),
    check_name: remark.rule,
    fingerprint: remark.fingerprint,
    severity: SEVERITIES[remark.severity],
    location: { path: remark.place?.file ?? fallback, lines: { begin: remark.place?.line ?? 1 } },
  }));
  return `${escapeJson(JSON.stringify(issues, undefined, 2))}\n`;
}
