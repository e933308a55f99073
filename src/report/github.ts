import type { Severity } from '../rule/rule.ts';
import { escapeText } from './escape.ts';
import { count } from './line.ts';
import { type Remark, remarksOf } from './remark.ts';
import type { Result } from './result.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** GitHub shows so many of each command in one step and drops the rest without a word. */
const MOST = 10;

/** Annotations as workflow commands, the worst first; what GitHub would drop is counted in a line of its own. */
export function reportGithub(result: Result): string {
  const remarks = remarksOf(result);
  const lines = (['error', 'warning', 'info'] as const).flatMap(severity => {
    const all = remarks.filter(remark => remark.severity === severity);
    // One place is kept for the line that counts the rest.
    const shown = all.length > MOST ? all.slice(0, MOST - 1) : all;
    const hidden = all.length - shown.length;
    const more = `${count(hidden, 'more remark')} of this kind: see the whole report in the log`;
    return [...shown.map(annotation), ...(hidden === 0 ? [] : [command(severity, 'title=deploy-lint', more)])];
  });
  const level = `${result.verdict.level}, ${count(remarks.length, 'remark')}`;
  return `${[...lines, `deploy-lint: ${level}`].join('\n')}\n`;
}

function annotation({ severity, rule, message, advice, place, units }: Remark): string {
  const properties = [
    ...(place === undefined ? [] : placeProperties(place)),
    `title=${property(escapeText(units === '' ? rule : `${rule} (${units})`))}`,
  ];
  return command(severity, properties.join(','), `${message}\n${advice}`);
}

/** Columns mean nothing to GitHub where the place has several lines. */
function placeProperties({ file, line, endLine, column, endColumn }: NonNullable<Remark['place']>): string[] {
  const lines = [`file=${property(escapeText(file))}`, `line=${line}`, `endLine=${endLine}`];
  return line === endLine ? [...lines, `col=${column}`, `endColumn=${endColumn}`] : lines;
}

function command(severity: Severity, properties: string, message: string): string {
  return `::${COMMANDS[severity]} ${properties}::${data(message)}`;
}

/** As `@actions/core` escapes: packages/core/src/command.ts. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('##[', '# #[');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
