import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { reportCheckstyle } from '../../src/report/checkstyle.ts';
import { reportGithub } from '../../src/report/github.ts';
import { reportGitlab } from '../../src/report/gitlab.ts';
import { reportJunit } from '../../src/report/junit.ts';
import { reportDotenv } from '../../src/report/outputs.ts';
import { reportRdjson } from '../../src/report/rdjson.ts';
import type { Result } from '../../src/report/result.ts';
import { reportSarif } from '../../src/report/sarif.ts';
import * as make from '../support/results.ts';
import { parseXml, type XmlElement } from '../support/xml.ts';
import { compileXsd } from '../support/xsd.ts';
import { STORIES } from './stories.ts';

// What reads the machine formats has rules of its own. They are told here as their documentation has them.

const HOSTILE = `a<b>&"' ]]> \u0000\u001b[2J\u202e\ufffe ::error:: ##[x] ü 100%\n${'x'.repeat(2000)}`;

function hostile(): Result {
  const span = make.spanAt(`d\u202ei r/ü%20#?${'\u0001'}.yaml`, 3);
  const findings = [1, 2].map(() => make.finding(span, { message: HOSTILE, why: HOSTILE, fix: HOSTILE }));
  const by = { rules: ['x'], until: '2027-01-31', owner: HOSTILE, reason: HOSTILE, span };
  const allowed = findings.map(finding => ({ finding, by, isNew: false }));
  const staging = [{ state: 'unmet' as const, evidence: HOSTILE, units: [] }];
  return make.result({ findings, allowed, staging, files: { seen: ['a'], analysed: [], skipped: [] } });
}

const RESULTS = [
  ...Object.entries(STORIES).map(([name, story]) => [name, story()] as const),
  ['hostile text', hostile()] as const,
];

const ajv = new Ajv2020({ allErrors: true, strict: false });

function valid(validate: ReturnType<typeof ajv.compile>, value: unknown): void {
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}

const object = (required: object, optional: object = {}) => ({
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
  additionalProperties: false,
});
const list = (items: object, more: object = {}) => ({ type: 'array', items, ...more });
const text = (more: object = {}) => ({ type: 'string', minLength: 1, ...more });
const positive = { type: 'integer', minimum: 1 };
const PATH = text({ pattern: '^[^/\\\\:][^\\\\]*$' });

/** docs.github.com, "SARIF support for code scanning": what is required, and the limits. */
const message = object({ text: text() });
const RULE = object(
  {
    id: text({ maxLength: 255 }),
    shortDescription: object({ text: text({ maxLength: 1024 }) }),
    fullDescription: object({ text: text({ maxLength: 1024 }) }),
    help: object({ text: text(), markdown: text() }),
    defaultConfiguration: object({ level: { enum: ['note', 'warning', 'error'] } }),
    properties: object({
      precision: { enum: ['very-high', 'high', 'medium', 'low'] },
      tags: list(text(), { maxItems: 10 }),
    }),
  },
  { name: text({ maxLength: 255 }) },
);
const URI = text({ pattern: "^(?:[A-Za-z0-9._~!$&'()*+,;=@-]|%[0-9A-F]{2}|/)+$", not: { pattern: '^/' } });
const RESULT = object({
  ruleId: text(),
  ruleIndex: { type: 'integer', minimum: 0 },
  level: { enum: ['note', 'warning', 'error'] },
  message,
  locations: list(
    object({
      physicalLocation: object({
        artifactLocation: object({ uri: URI, uriBaseId: text() }),
        region: object({ startLine: positive, startColumn: positive, endLine: positive, endColumn: positive }),
      }),
    }),
    { minItems: 1, maxItems: 1 },
  ),
  partialFingerprints: object({ primaryLocationLineHash: text() }),
});
const SARIF = object({
  $schema: text(),
  version: { const: '2.1.0' },
  runs: list(
    object({
      tool: object({
        driver: object({ name: text(), semanticVersion: text({ pattern: '^\\d+\\.\\d+\\.\\d+' }), rules: list(RULE) }),
      }),
      automationDetails: object({ id: text({ pattern: '/$' }) }),
      columnKind: { const: 'utf16CodeUnits' },
      invocations: list(object({ executionSuccessful: { type: 'boolean' }, toolExecutionNotifications: list({}) })),
      properties: { type: 'object' },
      results: list(RESULT, { maxItems: 25_000 }),
    }),
    { minItems: 1, maxItems: 20 },
  ),
});

/** docs.gitlab.com/ci/testing/code_quality, "Code Quality report format". */
const GITLAB = list(
  object({
    description: text(),
    check_name: text(),
    fingerprint: text(),
    severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
    location: object({ path: PATH, lines: object({ begin: positive }) }),
  }),
);

/** reviewdog's own schema needs nothing to be there; this does, and its columns count bytes, so there are none. */
const line = object({ line: positive });
const RDJSON = object({
  source: object({ name: text() }),
  diagnostics: list(
    object({
      message: text(),
      location: object({ path: PATH }, { range: object({ start: line, end: line }) }),
      severity: { enum: ['ERROR', 'WARNING', 'INFO'] },
      code: object({ value: text() }),
    }),
  ),
});

/** See schemas/README.md. The JSON Schemas are of draft 04, of which nothing that this reader takes otherwise is used. */
const read = (name: string) => readFileSync(new URL(`schemas/${name}`, import.meta.url), 'utf8');
function compiled(name: string) {
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(read(name));
  const lenient = { allErrors: true, strict: false, validateFormats: false, unicodeRegExp: false };
  return new Ajv2020(lenient).compile(schema);
}
const standardSarif = compiled('sarif-2.1.0.json');
const standardRdjson = compiled('reviewdog-diagnostic-result.json');
const junitFaults = compileXsd(read('junit-10.xsd'));
const sarif = ajv.compile(SARIF);
const gitlab = ajv.compile(GITLAB);
const rdjson = ajv.compile(RDJSON);

describe.each(RESULTS)('%s', (_name, result) => {
  it('E07 as SARIF is what code scanning takes', () => {
    const log = JSON.parse(reportSarif(result, '1.2.3', () => undefined));
    valid(standardSarif, log);
    valid(sarif, log);
    const [{ results, tool }] = log.runs;
    expect(results.map((one: { ruleIndex: number; ruleId: string }) => tool.driver.rules[one.ruleIndex].id)).toEqual(
      results.map((one: { ruleId: string }) => one.ruleId),
    );
    const prints = results.map((one: { partialFingerprints: object }) => JSON.stringify(one.partialFingerprints));
    expect(new Set(prints).size).toBe(prints.length);
  });

  it('as a code quality report is what GitLab takes', () => {
    const issues = JSON.parse(reportGitlab(result));
    valid(gitlab, issues);
    const prints = issues.map((issue: { fingerprint: string }) => issue.fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
  });

  it('as rdjson is what reviewdog takes', () => {
    const said = JSON.parse(reportRdjson(result));
    valid(standardRdjson, said);
    valid(rdjson, said);
  });

  it('as JUnit is what Jenkins and GitLab take', () => {
    const root = parseXml(reportJunit(result));
    expect(junitFaults(root)).toEqual([]);
    const [suite] = root.children;
    const cases = suite?.children ?? [];
    const having = (name: string) => cases.filter(({ children }) => children.some(child => child.name === name)).length;
    expect(suite?.attributes).toMatchObject({
      tests: String(cases.length),
      failures: String(having('failure')),
      errors: String(having('error')),
      skipped: String(having('skipped')),
    });
    const names = cases.map(({ attributes }) => `${attributes.classname} ${attributes.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('as checkstyle is what its readers take', () => {
    const root = parseXml(reportCheckstyle(result));
    fits(root, CHECKSTYLE);
    for (const error of root.children.flatMap(({ children }) => children)) {
      expect(error.attributes.severity).toMatch(/^(?:error|warning|info)$/);
      expect(`${error.attributes.line} ${error.attributes.column}`).toMatch(/^[1-9]\d* [1-9]\d*$/);
    }
  });

  it('E03 as annotations has no more of a kind than GitHub shows', () => {
    const lines = reportGithub(result).split('\n');
    for (const kind of ['error', 'warning', 'notice']) {
      expect(lines.filter(one => one.startsWith(`::${kind} `)).length).toBeLessThanOrEqual(10);
    }
  });

  it('as dotenv is what GitLab takes', () => {
    for (const one of reportDotenv(result).trimEnd().split('\n')) expect(one).toMatch(/^[A-Z_]+=[a-z/,-]*$/);
  });
});

describe('the schemas of others', () => {
  it('refuse a log of code scanning, a result for reviewdog and a suite of tests that are none', () => {
    expect(standardSarif({ version: '2.1.0', runs: [{ tool: { driver: {} }, results: [{ message: 'text' }] }] })).toBe(
      false,
    );
    expect(standardRdjson({ diagnostics: [{ message: 'text', severity: 'FATAL' }] })).toBe(false);
    expect(junitFaults(parseXml('<testsuite name="a" tests="1" failures="0" time="soon"><test/></testsuite>'))).toEqual(
      [expect.stringContaining('time="soon"'), 'testsuite needs errors', 'testsuite holds no test'],
    );
  });
});

describe('E03 more than a consumer takes', () => {
  const many = make.result({
    findings: Array.from({ length: 6000 }, (_, i) => make.finding(make.spanAt('a.yaml', i + 1), { message: `${i}` })),
  });

  it('is left out of SARIF, and that is said', () => {
    const [run] = JSON.parse(reportSarif(many, '1.2.3', () => undefined)).runs;
    expect(run.results).toHaveLength(5000);
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toBe(
      '1000 results of less weight were left out.',
    );
  });

  it('is counted in annotations', () => {
    expect(reportGithub(many)).toContain('::error title=deploy-lint::5991 more remarks');
  });
});

/** What an element may hold: attributes, those with a `!` needed, and elements. */
type Model = Readonly<Record<string, readonly [attributes: string, children: string]>>;

/** github.com/reviewdog/errorformat, writer/checkstyle.go, and Jenkins' analysis-model read the same. */
const CHECKSTYLE: Model = {
  checkstyle: ['version!', 'file'],
  file: ['name!', 'error'],
  error: ['line! column severity! message! source', ''],
};

function fits({ name, attributes, children }: XmlElement, model: Model): void {
  const [known, inner] = model[name] ?? ['', ''];
  expect(Object.keys(model)).toContain(name);
  const allowed = known.split(' ').map(attribute => attribute.replace('!', ''));
  expect(allowed).toEqual(expect.arrayContaining(Object.keys(attributes)));
  const needed = known.split(' ').filter(attribute => attribute.endsWith('!'));
  expect(Object.keys(attributes)).toEqual(expect.arrayContaining(needed.map(attribute => attribute.replace('!', ''))));
  for (const child of children) {
    expect(inner.split(' ')).toContain(child.name);
    fits(child, model);
  }
}
