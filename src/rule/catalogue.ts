import type { Rule } from './rule.ts';

const OPEN = '<!-- generated -->';
const CLOSE = '<!-- /generated -->';

/** The rules as a Markdown table, a line each, in the order given. */
export function ruleTable(rules: readonly Rule[]): string {
  const rows = rules.map(({ id, severity, title }) => `| [${id}](rules/${id}.md) | ${severity} | ${title} |`);
  return ['| Rule | Severity | What it finds |', '| --- | --- | --- |', ...rows].join('\n');
}

const LOOKS_AT: Readonly<Record<Rule['on'], string>> = {
  state: 'what stands after a commit',
  change: 'what a commit changes',
  repository: 'what stands in the repository as a whole after a commit',
  commit: 'a commit as a whole',
};

/** A rule's page with the part between the markers written anew from the rule; undefined where it has no markers. */
export function pageOf(rule: Rule, page: string): string | undefined {
  const open = page.indexOf(OPEN);
  const close = page.indexOf(CLOSE);
  if (open < 0 || close < open) return undefined;
  const header = [
    `**${rule.severity}** · looks at ${LOOKS_AT[rule.on]}`,
    '',
    `${rule.title}. ${rule.why}`,
    '',
    `Fix: ${rule.fix}`,
  ];
  return `${page.slice(0, open + OPEN.length)}\n${header.join('\n')}\n${page.slice(close)}`;
}
