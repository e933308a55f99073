import { markdownText } from '../report/markdown-escape.ts';
import type { Row } from './check.ts';
import { whyOf } from './table.ts';

const HEADER = ['Component', 'Current', 'Allowed', 'Newest', 'Class', 'Why'];

/** The table for an issue or a pull request. */
export function updatesMarkdown(rows: readonly Row[]): string {
  const cells = rows.map(row => [
    row.component.name.text,
    row.component.version.text,
    row.allowed?.version ?? '',
    row.newest?.version ?? '',
    row.class,
    whyOf(row).join('; '),
  ]);
  const line = (texts: readonly string[]) => `| ${texts.join(' | ')} |`;
  return `${[line(HEADER), line(HEADER.map(() => '---')), ...cells.map(texts => line(texts.map(markdownText)))].join('\n')}\n`;
}
