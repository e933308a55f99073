import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { goPattern, goPatternWithTail, PatternError } from '../../src/kubernetes/go-pattern.ts';
import * as fc from '../support/properties.ts';

describe('goPattern', () => {
  it.each([
    ['^(?:app)$', 'app', true],
    ['^(?:app)$', 'app-web', false],
    ['^(?:app.*)$', 'app-web', true],
    ['^a.c$', 'abc', true],
    ['^a.c$', 'ac', false],
    ['^a|b$', 'ax', true],
    ['web', 'app-web-1', true],
    ['^(?i:App)$', 'aPP', true],
    ['^\\pL+$', 'ä', true],
  ])('C01 %s on %s', (expression, text, expected) => {
    expect(goPattern(expression)(text)).toBe(expected);
  });

  const TEXTS = ['web', 'WEB', 'web-1', 'wéb', 'w.b', '', 'web\n', 'ww'];

  // Recorded from regexp.MatchString of Go 1.26.
  it.each<[expression: string, found: string[]]>([
    ['web', ['web', 'web-1', 'web\n']],
    ['^web$', ['web']],
    ['web\\z', ['web']],
    ['\\Aweb', ['web', 'web-1', 'web\n']],
    ['\\pL+', ['web', 'WEB', 'web-1', 'wéb', 'w.b', 'web\n', 'ww']],
    ['^(?:\\p{L}+)$', ['web', 'WEB', 'wéb', 'ww']],
    ['\\Qw.b\\E', ['w.b']],
    ['[[:digit:]]', ['web-1']],
    ['^\\x{77}', ['web', 'web-1', 'wéb', 'w.b', 'web\n', 'ww']],
    ['(?i)web$', ['web', 'WEB']],
    ['(?P<n>w)e', ['web', 'web-1', 'web\n']],
    ['w(?s).b', ['web', 'web-1', 'wéb', 'w.b', 'web\n']],
    ['w.b', ['web', 'web-1', 'wéb', 'w.b', 'web\n']],
    ['(?s)b.$', ['web\n']],
    ['b.$', []],
    ['(?U)w+$', ['ww']],
    ['(?m)b$', ['web', 'wéb', 'w.b', 'web\n']],
    ['[[:alpha:]]{3}', ['web', 'WEB', 'web-1', 'web\n']],
    ['[^[:alnum:]]', ['web-1', 'wéb', 'w.b', 'web\n']],
    ['\\bweb\\b', ['web', 'web-1', 'web\n']],
    ['w\\B', ['web', 'web-1', 'web\n', 'ww']],
    ['w{2}', ['ww']],
    ['w{2,}?', ['ww']],
    ['(w)|(e)', ['web', 'web-1', 'wéb', 'w.b', 'web\n', 'ww']],
    ['(?:)', ['web', 'WEB', 'web-1', 'wéb', 'w.b', '', 'web\n', 'ww']],
    ['\\w+', ['web', 'WEB', 'web-1', 'wéb', 'w.b', 'web\n', 'ww']],
    ['\\W', ['web-1', 'wéb', 'w.b', 'web\n']],
    ['[\\d-]', ['web-1']],
    ['\\101|\\x57', ['WEB']],
    ['(?-i)WEB', ['WEB']],
    ['(?<n>w)w', ['ww']],
    ['^$', ['']],
    ['.{3}', ['web', 'WEB', 'web-1', 'wéb', 'w.b', 'web\n']],
    ['{,2}', []],
    ['(w|e|b){1000}', []],
    ['(((w*)*)*)*$', ['web', 'WEB', 'web-1', 'wéb', 'w.b', '', 'web\n', 'ww']],
    ['^(w+)+$', ['ww']],
  ])('C01 C02 %j finds what Go finds', (expression, found) => {
    expect(TEXTS.filter(goPattern(expression))).toEqual(found);
  });

  it.each([
    '\\C',
    '(?=w)',
    '(?!w)',
    '(?<=w)e',
    '\\1',
    'web\\Z',
    '\\u0077',
    '\\cA',
    '[^]',
    '[]',
    'a**',
    '(?>w)',
    'w++',
    '(',
    ')',
    '[b-a]',
    '\\8',
    'w{1001}',
    '(?P=n)',
    '*w',
    '\\p{Nope}',
    '(?x)w',
    '((a{100}){100}){100}',
    '(a{1000}){2}',
  ])('C01 C02 refuses %j, as Go does', expression => {
    expect(() => goPattern(expression)).toThrow(PatternError);
  });

  it('C02 answers at once for what backtracks elsewhere, and for an expression of 64 kB', () => {
    expect(goPattern('^(a+)+$')(`${'a'.repeat(10_000)}b`)).toBe(false);
    expect(goPattern('(.*)*x')('a'.repeat(5_000))).toBe(false);
    expect(goPattern(`^(?:${'ab|'.repeat(21_845)}web)$`)('web')).toBe(true);
  });

  it('takes no short cut that changes the answer', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '-', '/', ':', '_', '1'), maxLength: 6 });
    fc.assert(
      fc.property(text, text, (name, value) => {
        expect(goPattern(`^(?:${name})$`)(value)).toBe(RE2JS.compile(`^(?:${name})$`).matcher(value).find());
        const tail = /^(:[a-z]*)?$/;
        expect(goPatternWithTail(name, tail)(value)).toBe(RE2JS.compile(`^${name}(:[a-z]*)?$`).matcher(value).find());
      }),
    );
  });
});
