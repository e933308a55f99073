import { escapeJson } from '../escape.ts';
import { firingsOf, type Past } from './past.ts';

/** The past for programs: `schemas/history.schema.json` describes it. */
export function historyJson({ from, to, commits }: Past, tool: string): string {
  const rules = firingsOf(commits).map(firing => ({ ...firing, newest: firing.newest.commit }));
  const report = { version: 1, tool: { name: 'deploy-lint', version: tool }, from, to, rules, commits };
  return `${escapeJson(JSON.stringify(report, undefined, 2))}\n`;
}
