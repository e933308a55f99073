import { markdownCode, markdownText } from '../report/markdown-escape.ts';
import type { Row } from './check.ts';
import { isVersion } from './release.ts';
import { whyOf } from './table.ts';

const HEADER = ['Component', 'Current', 'Allowed', 'Newest', 'Class', 'Why'];

/** The table for an issue or a pull request. */
export function updatesMarkdown(rows: readonly Row[]): string {
  const line = (texts: readonly string[]) => `| ${texts.join(' | ')} |`;
  const body = rows.map(row => {
    const { component, allowed, newest } = row;
    const versions = [component.version.text, allowed?.version ?? '', newest?.version ?? ''].map(version);
    return line([markdownText(component.name.text), ...versions, row.class, markdownText(whyOf(row).join('; '))]);
  });
  return `${[line(HEADER), line(HEADER.map(() => '---')), ...body].join('\n')}\n`;
}

/** A bar would end the cell, even in code. */
function version(text: string): string {
  return isVersion(text) ? markdownCode(text) : markdownText(text);
}
