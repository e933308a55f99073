import { describe, expect, it } from 'vitest';
import { compileGlob } from '../../src/kustomize/glob.ts';
import * as fc from '../support/properties.ts';

describe('compileGlob', () => {
  it.each<[pattern: string, path: string, matches: boolean]>([
    ['*.yaml', 'a.yaml', true],
    ['*.yaml', 'deep/a.yaml', true],
    ['*.yaml', 'a.yml', false],
    ['**/x.yaml', 'a/b/x.yaml', true],
    ['{a,b}.yaml', 'b.yaml', true],
    ['{a,{b,c}}.yaml', 'c.yaml', true],
    ['{a,b}.yaml', 'c.yaml', false],
    ['a?.yaml', 'ab.yaml', true],
    ['a?.yaml', 'a.yaml', false],
    ['[a-c].yaml', 'b.yaml', true],
    ['[!a-c].yaml', 'b.yaml', false],
    ['[!-~].yaml', 'a.yaml', true],
    ['\\*.yaml', '*.yaml', true],
    ['\\*.yaml', 'a.yaml', false],
    ['a.yaml', 'axyaml', false],
    ['{a', '{a', true],
    ['', '', true],
  ])('%s on %s', (pattern, path, matches) => {
    expect(compileGlob(pattern)(path)).toBe(matches);
  });

  it('C05 patterns of many stars and braces are done at once', () => {
    expect(compileGlob(`${'*a'.repeat(5_000)}b`)('a'.repeat(5_000))).toBe(false);
    expect(compileGlob('{a,b}'.repeat(40))('ab'.repeat(20))).toBe(false);
  });

  it('a path without special characters matches itself alone', () => {
    const plain = fc.stringMatching(/^[a-z/.]{1,20}$/);
    fc.assert(fc.property(plain, plain, (a, b) => compileGlob(a)(b) === (a === b)));
  });
});
