import { escapeJson } from './escape.ts';
import { reportOf } from './json.ts';
import type { Result } from './result.ts';

/** The same facts as JSON, a line each, so that a program can read them as they come: `record` says what a line is. */
export function reportJsonl(result: Result, tool: string): string {
  const { units, changes, findings, unknowns, incomplete, commits, ...report } = reportOf(result, tool);
  const lines = [
    { record: 'report', ...report },
    ...units.map(unit => ({ record: 'unit', ...unit })),
    ...changes.map(change => ({ record: 'change', ...change })),
    ...findings.map(finding => ({ record: 'finding', ...finding })),
    ...unknowns.map(unknown => ({ record: 'unknown', ...unknown })),
    ...incomplete.map(unknown => ({ record: 'incomplete', ...unknown })),
    ...commits.map(commit => ({ record: 'commit', ...commit })),
  ];
  return lines.map(line => `${escapeJson(JSON.stringify(line))}\n`).join('');
}
