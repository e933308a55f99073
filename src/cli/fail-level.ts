import type { Result } from '../report/result.ts';
import { LEVELS } from '../risk/verdict.ts';
import { SEVERITIES } from '../rule/rule.ts';
import { EXIT } from './io.ts';

export const FAIL_LEVELS = ['low', 'medium', 'high', 'warning', 'error'] as const;
export type FailLevel = (typeof FAIL_LEVELS)[number];

/** The exit code of a result. A severity looks at findings alone; a risk level at the verdict, and errors all the same. */
export function exitCodeOf(result: Result, failLevel: FailLevel): number {
  if (result.incomplete.length > 0) return EXIT.incomplete;
  return reaches(result, failLevel) ? EXIT.found : EXIT.clean;
}

function reaches({ verdict, findings }: Result, failLevel: FailLevel): boolean {
  if (failLevel === 'warning' || failLevel === 'error') {
    const least = SEVERITIES.indexOf(failLevel);
    return findings.some(finding => SEVERITIES.indexOf(finding.severity) >= least);
  }
  const risky = LEVELS.indexOf(verdict.level) >= LEVELS.indexOf(failLevel);
  return risky || findings.some(finding => finding.severity === 'error');
}
