import { expect, it } from 'vitest';
import { checkStanding, checkTeamRules } from '../../../src/policy/cel/check.ts';
import { compileRules } from '../../../src/policy/cel/compile.ts';
import { readPolicies } from '../../../src/policy/cel/read.ts';
import { change, renderedOf, unitOf } from '../../support/changes.ts';

const rulesOf = (text: string) => compileRules(readPolicies('policies/a.yaml', Buffer.from(text))?.rules ?? []);

const rule = (when: string, message = 'message: bad') =>
  rulesOf(`rules: { a-danger: { when: ${JSON.stringify(when)}, ${message}, why: It hurts., fix: Stop it. } }`);

const map = (data: string, name = 'app') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: ${data}\n`;

it('reports of what stands what a commit brings, and not what it leaves', async () => {
  const rules = await rule("'a' in object.data", 'messageExpression: "\'a is \' + object.data.a"');
  const messages = (before: string | undefined, after: string | undefined) =>
    checkTeamRules(rules, [change(before, after)]).findings.map(({ message }) => message);
  expect(messages(undefined, map('{a: x}'))).toEqual(['a is x']);
  expect(messages(map('{b: x}'), map('{a: x}'))).toEqual(['a is x']);
  expect(messages(map('{a: x}'), map('{a: x, b: y}'))).toEqual([]);
  expect(messages(map('{a: x}'), map('{a: y}'))).toEqual(['a is y']);
  expect(messages(map('{a: x}'), undefined)).toEqual([]);
});

it('asks a rule about changes of removals as well, and of no tree that stands', async () => {
  const rules = await rule('change == "removed"');
  const { findings } = checkTeamRules(rules, [change(map('{a: x}'), undefined)]);
  expect(findings).toMatchObject([{ rule: 'a-danger', severity: 'warning', message: 'bad', why: 'It hurts.' }]);
  expect(findings[0]?.span.source.position(findings[0].span.start).line).toBe(3);
  const rendered = renderedOf(map('{a: x}'));
  if (rendered === undefined) throw new Error('no objects');
  expect(checkStanding(rules, [{ unit: unitOf(), rendered }])).toEqual({ findings: [], undecided: [] });
});

it('shows no value of a Secret to an expression', async () => {
  const secret = (value: string) =>
    `apiVersion: v1
kind: Secret
metadata:
  name: app
  annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"data":"${value}"}'}
data: {key: ${value}}
stringData: {list: {inner: ${value}}}
`;
  const rules = await rule(
    'true',
    'messageExpression: "object.data.key + object.stringData.list.inner + object.metadata.annotations[\'kubectl.kubernetes.io/last-applied-configuration\']"',
  );
  const { findings } = checkTeamRules(rules, [change(undefined, secret('hunter2'))]);
  expect(findings).toMatchObject([{ message: '<redacted>'.repeat(3), isConfidential: true }]);
});

it('says of which objects it does not know, once for each reason', async () => {
  const rules = await rule('object.spec.replicas > 1');
  const { undecided } = checkTeamRules(rules, [change(undefined, `${map('{}')}---\n${map('{}', 'other')}`)]);
  expect(undecided).toMatchObject([
    { rule: 'a-danger', why: 'no such key: spec', objects: ['ConfigMap app', 'ConfigMap other'], units: ['shop'] },
  ]);
});

it('is not asked of other kinds than its own, nor of objects that are too large', async () => {
  const [kinds, all] = [
    await rulesOf('rules: { a-danger: { kinds: [Secret], when: "true", message: bad, why: Why., fix: Fix. } }'),
    await rule('true'),
  ];
  expect(checkTeamRules(kinds, [change(undefined, map('{}'))])).toEqual({ findings: [], undecided: [] });
  const { undecided } = checkTeamRules(all, [change(undefined, map(`{a: ${'x'.repeat(70_000)}}`))]);
  expect(undecided).toMatchObject([{ why: 'a text of the object has more than 65536 characters' }]);
});
