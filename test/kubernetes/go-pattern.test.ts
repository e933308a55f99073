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
  ])('%s on %s', (expression, text, expected) => {
    expect(goPattern(expression)(text)).toBe(expected);
  });

  it.each(['(?=a)', '\\1', '[', 'a**'])('refuses %s, as Go does', expression => {
    expect(() => goPattern(expression)).toThrow(PatternError);
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
