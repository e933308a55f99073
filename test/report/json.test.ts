import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { FACTS } from '../../src/change/fact.ts';
import { explanationOf } from '../../src/report/explanation/explanation.ts';
import { reportJson } from '../../src/report/json.ts';
import * as make from '../support/results.ts';
import { EXPLAINED } from './explained.ts';
import { STORIES } from './stories.ts';

const schema = JSON.parse(await readFile(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ allErrors: true }).compile(schema);

function report(result: Parameters<typeof reportJson>[0]) {
  return JSON.parse(reportJson(result, '1.2.3'));
}

describe('the contract', () => {
  test.each(Object.entries(STORIES))('%s fits the schema', (_name, story) => {
    validate(report(story()));
    expect(validate.errors ?? []).toEqual([]);
  });

  test.each(Object.entries(EXPLAINED))('%s fits the schema with its explanation', (_name, story) => {
    const result = story();
    const told = JSON.parse(reportJson(result, '1.2.3', explanationOf(result)));
    validate(told);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ ...told, explanation: { ...told.explanation, extra: 1 } })).toBe(false);
  });

  test('every field of the report is in the schema and required', () => {
    const full = report(STORIES['risk-with-obligations']?.() ?? make.result());
    delete full.verdict.reasons[0].text;
    expect(validate(full)).toBe(false);
    expect(validate({ ...report(make.result()), extra: 1 })).toBe(false);
  });

  test('has every kind of fact with its values, or null for the side that has none', () => {
    const span = make.spanAt('a.yaml', 3);
    const facts = Object.entries(FACTS).flatMap(([kind, moves]) =>
      moves.map(move => make.fact('unit', { kind: kind as keyof typeof FACTS, move, subject: 'x', span })),
    );
    const { changes } = report(make.result({ units: [make.unitChange(make.unit('a', 'b', 'staging'), facts)] }));
    expect(changes).toHaveLength(facts.length);
    expect(changes[0]).toEqual({
      kind: 'image',
      move: 'major',
      unit: 'unit',
      object: null,
      subject: 'x',
      from: null,
      to: null,
      engine: null,
      side: 'after',
      location: { file: 'a.yaml', line: 3, column: 1, endLine: 3, endColumn: 6 },
    });
  });

  test('a reason names units, both values and file:line in one line, and points to its changes', () => {
    const { verdict, changes } = report(STORIES['risk-with-obligations']?.() ?? make.result());
    expect(verdict.reasons[0].text).toBe(
      'wecare/adveshop4 prod: php_fpm, php_cli 4.99.10.0-wecare -> 5.0.0.0-wecare (major) at clients/wecare/adveshop4/base/kustomization.yaml:13, :15',
    );
    expect(verdict.reasons[0].changes.map((index: number) => changes[index].subject)).toEqual(['php_fpm', 'php_cli']);
  });

  test('says what was seen, analysed and skipped', () => {
    const files = { seen: ['a', 'b'], analysed: ['a'], skipped: [{ path: 'b', reason: 'a picture' }] };
    expect(report(make.result({ files })).files).toEqual(files);
  });
});

describe('hostile content', () => {
  test('E01 E02 E08 keeps its value and is plain on the way', () => {
    const message = '\u001b[2J\u202e\u009b\u2028 ##[set-output name=risk]low \u{e0041}\n::error::';
    const finding = make.finding(make.spanAt('a.yaml', 1), { message });
    const printed = reportJson(make.result({ findings: [finding] }), '1');
    expect(JSON.parse(printed).findings[0].message).toBe(message);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
    expect(printed).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]|##\[/);
    expect(printed.split('\n').filter(line => line.trimStart().startsWith('::'))).toEqual([]);
  });
});
