import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UnitChange } from '../../src/change/change.ts';
import { lint } from '../../src/lint.ts';
import { explain } from '../../src/report/explain.ts';
import { type Explanation, explanationOf } from '../../src/report/explanation/explanation.ts';
import { reportJson } from '../../src/report/json.ts';
import type { Result } from '../../src/report/result.ts';
import { PLAIN } from '../../src/report/text.ts';
import { at, scalar } from '../../src/yaml/node.ts';
import type { TestRepository } from '../support/git-repository.ts';
import { COMMITS, repositoryOf } from './commits.ts';
import { expectedOf } from './oracle.ts';
import { sentencesOf } from './oracle-changes.ts';

const schema = JSON.parse(await readFile(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ allErrors: true }).compile(schema);

describe.each(COMMITS)('%s', name => {
  let repository: TestRepository;
  let result: Result;
  let told: Explanation;
  beforeAll(async () => {
    repository = repositoryOf(name);
    const { path: cwd, env } = repository;
    const subject = { kind: 'commit', rev: 'HEAD' } as const;
    result = await lint({ subject, cwd, env, home: '.', config: undefined, explained: true });
    told = explanationOf(result);
  });
  afterAll(() => repository.cleanup());

  it('is told as before', async () => {
    await expect(explain(result, { ...PLAIN, width: 100 })).toMatchFileSnapshot(`commits/${name}.txt`);
  });

  it('fits the contract', () => {
    validate(JSON.parse(reportJson(result, '0', told)));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('what changes is what differs between the objects, in the units where it does, and all of it', () => {
    const expected = new Map<string, string[]>();
    for (const change of result.units) {
      for (const sentence of sentencesOf(change).keys())
        expected.set(sentence, [...(expected.get(sentence) ?? []), change.unit.key]);
    }
    const found = told.changes.flatMap(({ units, changes }) =>
      changes.map(({ text }) => [text, [...units].sort()] as const),
    );
    expect(new Map(found)).toEqual(new Map([...expected].map(([sentence, units]) => [sentence, units.sort()])));
    expect(found.length).toBe(expected.size);
  });

  it('each change points to the line that has the value, in all files that have it', () => {
    for (const { units, changes } of told.changes) {
      const sentences = new Map(units.flatMap(key => [...sentencesOf(unitOf(result, key))]));
      for (const { text, places, side } of changes) {
        const value = sentences.get(text);
        for (const { file, lines } of places) {
          const source = repository.git('show', `${side === 'before' ? 'HEAD^' : 'HEAD'}:${file}`).split('\n');
          for (const line of lines)
            expect([text, source[line - 1]]).toEqual([text, expect.stringContaining(value ?? '?')]);
        }
        expect(places.length).toBeGreaterThan(0);
      }
    }
  });

  it('what happens is what follows from the objects, and all of it', () => {
    for (const unit of result.units) {
      const { steps, pace } = expectedOf(unit);
      expect(stepsIn(told, unit.unit.key).sort()).toEqual(steps);
      for (const [label, how] of pace) {
        const step = told.timeline.find(({ subject, pace: own }) => subject === label && own !== undefined);
        expect(step?.pace?.line ?? step?.text).toContain(how);
      }
    }
  });

  it('Argo CD does what the Application says', () => {
    for (const { units, text } of told.timeline.filter(({ kind }) => kind === 'sync')) {
      for (const key of units) {
        const { unit, after } = unitOf(result, key);
        if (unit.application === undefined) expect(text).toMatch(/^no Application in this repository/);
        if (unit.application === undefined || after === undefined) continue;
        const [own, made] = [['spec'], ['spec', 'template', 'spec']].map(spec =>
          at(after.manifest, ...spec, 'syncPolicy', 'automated'),
        );
        const automated = own ?? made;
        const isSet = (field: string) => scalar(automated, field) === true;
        expect(text.includes('waits for a sync by hand')).toBe(automated === undefined);
        expect(text.includes('prunes what is gone')).toBe(isSet('prune'));
        expect(text.includes('undoes what is changed by hand')).toBe(isSet('selfHeal'));
      }
    }
  });

  it('reaches whom the objects reach', () => {
    const reached = result.units.filter(({ unit }) => told.radius.units.includes(unit.key)).map(expectedOf);
    const total = (of: (expected: (typeof reached)[number]) => number) =>
      reached.reduce((sum, one) => sum + of(one), 0);
    expect(told.radius.workloads).toBe(total(({ workloads }) => workloads));
    expect(told.radius.pods).toEqual({ min: total(({ pods }) => pods.min), max: total(({ pods }) => pods.max) });
    expect(told.radius.hostnames).toEqual([...new Set(reached.flatMap(({ hostnames }) => hostnames))].sort());
    const untouched = result.units.filter(({ unit }) => !told.radius.units.includes(unit.key));
    expect(untouched.flatMap(unit => expectedOf(unit).steps)).toEqual([]);
  });
});

function unitOf({ units }: Result, key: string): UnitChange {
  const found = units.find(({ unit }) => unit.key === key);
  if (found === undefined) throw new Error(`there is no unit ${key}`);
  return found;
}

/** One `roll Deployment web` for each object that a step names: a kind stands once for all names behind it. */
function stepsIn({ timeline }: Explanation, key: string): string[] {
  return timeline.flatMap(({ kind, subject, units }) => {
    if (kind === 'sync' || !units.includes(key)) return [];
    let last = '';
    return subject.split(', ').map(part => {
      const [first = '', second] = part.split(' ');
      if (second !== undefined) last = first;
      return `${kind} ${last} ${second ?? first}`;
    });
  });
}
