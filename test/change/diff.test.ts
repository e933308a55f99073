import { describe, expect, it } from 'vitest';
import { dotted } from '../../src/change/aspect.ts';
import { differences } from '../../src/change/diff.ts';
import { at, type Json, type Node, toJson } from '../../src/yaml/node.ts';
import { object } from '../support/objects.ts';

/** The tree of a value, as the `spec` of an object. */
function tree(yaml: string): Node {
  return object(`apiVersion: v1\nkind: X\nmetadata: { name: x }\nspec: ${yaml}`).root;
}

const shown = (node: Node | undefined): Json | undefined => (node === undefined ? undefined : toJson(node));

/** Path, value before and value after of each field that differs. */
function diff(before: string, after: string): [string, unknown, unknown][] {
  return differences(tree(before), tree(after)).map(field => [
    dotted(field.path.slice(1)),
    shown(field.before),
    shown(field.after),
  ]);
}

describe('the fields that differ', () => {
  it.each([
    ['nothing', '{ a: 1 }', '{ a: 1 }', []],
    ['the order of keys', '{ a: 1, b: 2 }', '{ b: 2, a: 1 }', []],
    ['a value', '{ a: { b: 1 } }', '{ a: { b: 2 } }', [['a.b', 1, 2]]],
    ['a key more', '{ a: {} }', '{ a: { b: 1 } }', [['a.b', undefined, 1]]],
    ['a key less', '{ a: { b: 1 } }', '{ a: {} }', [['a.b', 1, undefined]]],
    ['another shape', '{ a: [1] }', '{ a: { b: 1 } }', [['a', [1], { b: 1 }]]],
    ['null for nothing', '{ a: null }', '{}', [['a', null, undefined]]],
    ['a key with dots', '{ a: { b.c/d: 1 } }', '{ a: { b.c/d: 2 } }', [['a."b.c/d"', 1, 2]]],
    ['a key that is a name of JavaScript', '{ __proto__: 1 }', '{ __proto__: 2 }', [['__proto__', 1, 2]]],
  ])('%s', (_case, before, after, expected) => {
    expect(diff(before, after)).toEqual(expected);
  });
});

describe('A13 numbers that a double cannot tell apart', () => {
  it.each([
    ['9007199254740992', '9007199254740993', 1],
    ['9223372036854775806', '9223372036854775807', 1],
    ['-9007199254740993', '-9007199254740992', 1],
    ['18446744073709551616', '18446744073709551617', 0],
    ['1e400', '1e401', 1],
    ['-0', '0', 0],
    ['"1e400"', '"1e401"', 1],
    ['"1.10"', '"1.1"', 1],
    ['1.10', '1.1', 0],
    ['1e3', '1000', 0],
  ])('%s and %s differ in %i fields', (before, after, fields) => {
    expect(diff(`{ a: ${before} }`, `{ a: ${after} }`)).toHaveLength(fields);
  });
});

describe('the items of a list', () => {
  it.each([
    [
      'by name, wherever they stand',
      '{ env: [{ name: A, value: 1 }, { name: B, value: 2 }] }',
      '{ env: [{ name: B, value: 3 }, { name: A, value: 1 }] }',
      [['env[0].value', 2, 3]],
    ],
    [
      'one more in front',
      '{ env: [{ name: A }] }',
      '{ env: [{ name: B }, { name: A }] }',
      [['env[0]', undefined, { name: 'B' }]],
    ],
    [
      'mounts by their path, although they share a name',
      '{ volumeMounts: [{ name: c, mountPath: /a }, { name: c, mountPath: /b, readOnly: true }] }',
      '{ volumeMounts: [{ name: c, mountPath: /b, readOnly: false }, { name: c, mountPath: /a }] }',
      [['volumeMounts[0].readOnly', true, false]],
    ],
    [
      'ports by number and protocol',
      '{ ports: [{ containerPort: 53, protocol: UDP }, { containerPort: 53 }] }',
      '{ ports: [{ containerPort: 53, name: dns }, { containerPort: 53, protocol: UDP }] }',
      [['ports[0].name', undefined, 'dns']],
    ],
    [
      'by place where two have one name',
      '{ env: [{ name: A, value: 1 }, { name: A, value: 2 }] }',
      '{ env: [{ name: A, value: 1 }, { name: A, value: 3 }] }',
      [['env[1].value', 2, 3]],
    ],
    ['as a set', '{ finalizers: [a, b] }', '{ finalizers: [b, a] }', []],
    [
      'as a set with one more',
      '{ finalizers: [a, b] }',
      '{ finalizers: [b, c, a] }',
      [['finalizers[1]', undefined, 'c']],
    ],
    [
      'in their order where it counts',
      '{ args: [a, b] }',
      '{ args: [b, a] }',
      [
        ['args[0]', 'a', undefined],
        ['args[1]', undefined, 'a'],
      ],
    ],
    ['around what they have in common', '{ args: [a, b, c] }', '{ args: [a, x, c] }', [['args[1]', 'b', 'x']]],
    [
      'of rules with a new one in front',
      '{ rules: [{ verbs: [get] }, { verbs: [list] }] }',
      '{ rules: [{ verbs: [watch] }, { verbs: [get] }, { verbs: [list] }] }',
      [['rules[0]', undefined, { verbs: ['watch'] }]],
    ],
  ])('%s', (_case, before, after, expected) => {
    expect(diff(before, after)).toEqual(expected);
  });

  it.each([
    ['{ c: [{ name: a }, { name: b, args: [x] }] }', '{ c: [{ name: b }] }'],
    ['{ c: [{ name: a, env: [{ name: A, value: 1 }] }] }', '{ c: [{ name: b }, { name: a, env: [{ name: A }] }] }'],
    ['{ c: [{ name: a, n: 1 }, { name: b, n: 1 }] }', '{ c: [{ name: b, n: 2 }, { name: a, n: 2 }] }'],
  ])('are found by their path on the side that has them: %s and %s', (before, after) => {
    const [old, now] = [tree(before), tree(after)];
    for (const field of differences(old, now)) {
      expect(at(field.after === undefined ? old : now, ...field.path)).toBe(field.after ?? field.before);
      if (field.before !== undefined) expect(at(old, ...(field.pathBefore ?? []))).toBe(field.before);
    }
  });

  it('in great number are paired by place in the middle, in good time', () => {
    const list = (offset: number) =>
      `{ args: [${Array.from({ length: 3000 }, (_, index) => index + offset).join(', ')}] }`;
    expect(diff(list(0), list(5000))).toHaveLength(3000);
  });
});
