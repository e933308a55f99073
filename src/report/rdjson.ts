import type { Severity } from '../rule/rule.ts';
import { escapeJson } from './escape.ts';
import { fileWithoutPlace, type Remark, remarksOf, textOf } from './remark.ts';
import type { Result } from './result.ts';

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' };

/** reviewdog's diagnostic format: github.com/reviewdog/reviewdog, proto/rdf/reviewdog.proto. */
export function reportRdjson(result: Result): string {
  const diagnostics = remarksOf(result).map(remark => ({
    message: textOf(remark),
    location: locationOf(remark, fileWithoutPlace(result)),
    severity: SEVERITIES[remark.severity],
    code: { value: remark.rule },
  }));
  return `${escapeJson(JSON.stringify({ source: { name: 'deploy-lint' }, diagnostics }, undefined, 2))}\n`;
}

/** Its columns count bytes, which ours do not, so the lines alone are said. */
function locationOf({ place }: Remark, fallback: string) {
  if (place === undefined) return { path: fallback };
  return { path: place.file, range: { start: { line: place.line }, end: { line: place.endLine } } };
}
