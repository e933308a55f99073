import { termOf } from '../policy/allowance.ts';
import type { Allowed } from '../policy/review.ts';
import { type Remark, remarksOf } from './remark.ts';
import type { Result } from './result.ts';
import { attributes, escapeXml } from './xml.ts';

/**
 * JUnit's XML: the check itself is a test, which always runs and says the verdict, and so is each remark. Errors fail;
 * warnings and risks pass and say so, since they do not fail the check either.
 */
export function reportJunit(result: Result): string {
  const remarks = remarksOf(result);
  const failures = remarks.filter(remark => elementOf(remark) === 'failure').length;
  const errors = remarks.filter(remark => elementOf(remark) === 'error').length;
  const { allowed } = result;
  const counts = { name: 'deploy-lint', tests: remarks.length + allowed.length + 1, failures, errors };
  const verdict = `    <testcase ${attributes({ classname: 'deploy-lint', name: `verdict: ${result.verdict.level}` })}/>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes(counts)}>`,
    `  <testsuite ${attributes({ ...counts, skipped: allowed.length })}>`,
    verdict,
    ...named(remarks, nameOf).map(testcase),
    ...named(allowed, ({ finding }) => finding.message).map(skippedCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function elementOf({ rule, severity }: Remark): 'error' | 'failure' | undefined {
  if (rule === 'incomplete') return 'error';
  return severity === 'error' ? 'failure' : undefined;
}

type Named<T> = readonly [what: T, name: string];

/** GitLab and Jenkins know a test by its names, and take the first of two alike. */
function named<T>(all: readonly T[], nameOf: (what: T) => string): Named<T>[] {
  const seen = new Map<string, number>();
  return all.map(what => {
    const name = nameOf(what);
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return [what, number === 1 ? name : `${name} (${number})`];
  });
}

/** Without a line, so that it is the same test after an edit above. */
function nameOf({ units, message, place }: Remark): string {
  const where = [units, place?.file ?? ''].filter(part => part !== '').join(', ');
  return where === '' ? message : `${where}: ${message}`;
}

/** What the team lives with is a test that it skips, with its reason. */
function skippedCase([{ finding, by }, name]: Named<Allowed>): string {
  const head = attributes({ classname: `deploy-lint.${finding.rule}`, name });
  return `    <testcase ${head}><skipped ${attributes({ message: `allowed${termOf(by)}: ${by.reason ?? ''}` })}/></testcase>`;
}

/** Only what junit-10.xsd of Jenkins' xUnit plugin has: a file and a line are told in the text. */
function testcase([remark, name]: Named<Remark>): string {
  const { rule, message, advice, place, severity } = remark;
  const at = place === undefined ? '' : `${place.file}:${place.line}:${place.column}`;
  const head = attributes({ classname: `deploy-lint.${rule}`, name });
  const text = escapeXml([at, message, advice].filter(part => part !== '').join('. '));
  const element = elementOf(remark);
  const body =
    element === undefined
      ? `<system-out>${escapeXml(severity)}: ${text}</system-out>`
      : `<${element} ${attributes({ message, type: rule })}>${text}</${element}>`;
  return `    <testcase ${head}>${body}</testcase>`;
}
