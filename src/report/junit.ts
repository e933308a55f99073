import type { Allowed } from '../policy/review.ts';
import { escapeText } from './escape.ts';
import { type Remark, remarksOf } from './remark.ts';
import type { Result } from './result.ts';
import { attributes, escapeXml } from './xml.ts';

/**
 * JUnit's XML: the check itself is a test, which always runs and says the verdict, and so is each remark. Errors fail;
 * warnings and risks pass and say so, since they do not fail the check either.
 */
export function reportJunit(result: Result): string {
  const remarks = remarksOf(result);
  const failures = remarks.filter(isFailure).length;
  const errors = remarks.filter(isError).length;
  const { allowed } = result;
  const counts = { name: 'deploy-lint', tests: remarks.length + allowed.length + 1, failures, errors };
  const verdict = `    <testcase ${attributes({ classname: 'deploy-lint', name: `verdict: ${result.verdict.level}` })}/>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes(counts)}>`,
    `  <testsuite ${attributes({ ...counts, skipped: allowed.length })}>`,
    verdict,
    ...remarks.map(testcase),
    ...allowed.map(skippedCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

const isError = ({ rule }: Remark) => rule === 'incomplete';
const isFailure = (remark: Remark) => remark.severity === 'error' && !isError(remark);

/** What the team lives with is a test that it skips, with its reason. */
function skippedCase({ finding: { rule, message }, by }: Allowed): string {
  const until = by.until === undefined ? '' : ` until ${by.until}`;
  const head = attributes({ classname: `deploy-lint.${rule}`, name: escapeText(message) });
  const reason = escapeText(`allowed${until}: ${by.reason ?? ''}`);
  return `    <testcase ${head}><skipped ${attributes({ message: reason })}/></testcase>`;
}

function testcase(remark: Remark): string {
  const { rule, message, advice, place, units, severity } = remark;
  const at = place === undefined ? '' : `${place.file}:${place.line}:${place.column}`;
  const name = [units, message].filter(part => part !== '').join(': ');
  const file = place === undefined ? {} : { file: place.file, line: place.line };
  const head = attributes({ classname: `deploy-lint.${rule}`, name, ...file });
  const text = escapeXml([at, message, advice].filter(part => part !== '').join('. '));
  const element = isError(remark) ? 'error' : isFailure(remark) ? 'failure' : undefined;
  const body =
    element === undefined
      ? `<system-out>${escapeXml(severity)}: ${text}</system-out>`
      : `<${element} ${attributes({ message, type: rule })}>${text}</${element}>`;
  return `    <testcase ${head}>${body}</testcase>`;
}
