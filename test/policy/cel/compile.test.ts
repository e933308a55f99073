import { describe, expect, it } from 'vitest';
import { compileRules, type Input } from '../../../src/policy/cel/compile.ts';
import { readPolicies } from '../../../src/policy/cel/read.ts';
import type { CelValue } from '../../../src/policy/cel/values.ts';

/** A file with one rule of this expression, as a block where it has lines. */
function file(when: string, more = 'message: bad'): string {
  const lines = when.split('\n').map(line => `      ${line}`);
  return [
    'rules:',
    '  a-danger:',
    '    when: |-',
    ...lines,
    `    ${more}`,
    '    why: It hurts.',
    '    fix: Stop it.',
    '',
  ].join('\n');
}

async function compile(text: string) {
  const rules = readPolicies('policies/a.yaml', Buffer.from(text))?.rules ?? [];
  const [compiled] = await compileRules(rules);
  if (compiled === undefined) throw new Error('no rule');
  return compiled;
}

const input = (object: CelValue, oldObject: CelValue = null): Input => ({
  object,
  oldObject,
  change: 'modified',
  unit: new Map([['environment', 'production']]),
});

describe('an expression', () => {
  it.each([
    ['object.replicas > 1', true],
    ['object.replicas == 2 && unit.environment == "production"', true],
    ['oldObject == null', true],
    ['has(object.labels)', false],
    ['object.images.exists(image, image.endsWith(":latest"))', true],
    ['object.images.all(image, image.matches("^[a-z]+:[0-9.]+$"))', false],
    ['change == "added"', false],
  ])('%s is %s', async (when, expected) => {
    const object = new Map<string, CelValue>([
      ['replicas', 2n],
      ['images', ['shop:1.0', 'cache:latest']],
    ]);
    expect((await compile(file(when))).when(input(object))).toBe(expected);
  });

  it.each([
    ['objct.spec == 1', '4:7: unknown variable: objct', 'Did you mean object?'],
    ['true &&\nunit.envronment == "x"', '5:12: no such key: envronment', 'Did you mean environment?'],
    [
      'object.name.startWith("a")',
      "4:7: found no matching overload for 'dyn.startWith(string)'",
      'Did you mean startsWith?',
    ],
    ['change == 1', '4:7: no such overload: string == int', undefined],
    ['1 + 1', '4:7: the expression is of type int and must be bool', undefined],
    ['object.', '4:14: expected IDENTIFIER, got EOF', undefined],
  ])('%j is refused at its place', async (when, message, hint) => {
    await expect(compile(file(when))).rejects.toMatchObject({
      message: `policies/a.yaml:${message}`,
      hint,
      exitCode: 2,
    });
  });

  it('may make the message, which is one line', async () => {
    const rule = await compile(
      file('true', 'messageExpression: \'"from " + string(oldObject.n) + "\\nto " + string(object.n)\''),
    );
    expect(rule.message(input(new Map([['n', 2n]]), new Map([['n', 1n]])))).toBe('from 1 to 2');
    expect(rule.isAboutChange).toBe(true);
    await expect(compile(file('true', 'messageExpression: "1"'))).rejects.toThrow('of type int and must be string');
  });

  it('says where it comes to no answer', async () => {
    const rule = await compile(file('object.spec.replicas > 1'));
    expect(() => rule.when(input(new Map()))).toThrow('no such key: spec');
  });
});

describe('A03 an expression that would go on for ever', () => {
  const names = Array.from({ length: 1_000 }, (_, i) => `${'a'.repeat(50)}${i}`);
  const hostile = new Map<string, CelValue>([
    ['l', names],
    ['s', 'a'.repeat(60_000)],
    ['m', new Map<string, CelValue>(names.map(name => [name, names]))],
  ]);

  it.each([
    ['loops in loops', 'object.l.all(a, object.l.all(b, object.l.all(c, a + b != c)))'],
    ['whose errors are passed over', 'object.l.exists(a, object.l.exists(b, object.l.exists(c, int(c) == 1)))'],
    [
      'a text that doubles',
      `cel.bind(a, object.s + object.s, ${'cel.bind(a, a + a, '.repeat(8)}a != ""${')'.repeat(9)}`,
    ],
    ['a list that doubles', `object.l${'.map(x, object.l)'.repeat(3)}.all(x, object.l.map(y, x + x).size() == 1)`],
    ['a search for a text that is nearly there', 'object.l.exists(a, object.s.contains(object.s + "b"))'],
    ['comparisons of all there is', 'object.l.all(x, object.m == object.m)'],
    ['a list searched for each of its items', 'object.l.all(x, x in object.l)'],
    ['texts made anew', 'object.l.all(x, object.s.lowerAscii().upperAscii() != "")'],
    ['texts taken apart', 'object.l.exists(x, object.s.split("").size() == 0)'],
  ])('ends without an answer: %s', async (_, when) => {
    const rule = await compile(file(when));
    expect(() => rule.when(input(hostile))).toThrow('it takes more steps than an evaluation may');
  });

  it('ends with one where RE2 knows none that does not', async () => {
    expect((await compile(file('object.s.matches("(a*)*b")'))).when(input(hostile))).toBe(false);
  });

  it.each([
    ['a pattern that unfolds', 'object.s.matches("((a{100}){10}){10}")', 'invalid repeat count'],
    ['a pattern that is long', `object.s.matches("${'a'.repeat(600)}")`, 'a pattern has more than 500 characters'],
  ])('has no answer: %s', async (_, when, message) => {
    const rule = await compile(file(when));
    expect(() => rule.when(input(hostile))).toThrow(message);
  });

  it.each([
    ['nested', `${'('.repeat(60)}true${')'.repeat(60)}`, 'exceeded maxDepth (40)'],
    ['many nodes', `${'!'.repeat(3_000)}true`, 'exceeded maxAstNodes (500)'],
    ['long', `true || ${'"a" == "b" || '.repeat(400)}true`, 'has more than 4000 characters'],
  ])('is refused: %s', async (_, when, message) => {
    await expect(compile(file(when))).rejects.toThrow(message);
  });
});
