import { describe, expect, it } from 'vitest';
import { repaired } from '../../src/fix/edit.ts';
import type { Repair } from '../../src/rule/repair.ts';
import { at, type Node, type Path, Source, toJson } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';
import * as fc from '../support/properties.ts';

const documents = (text: string) => parse(new Source('a.yaml', text), 'kustomize').documents;

/** The text with the value at the path of its first document repaired. */
function repair(text: string, path: Path, how: Repair): string | undefined {
  const node = at(documents(text)[0], ...path);
  if (node === undefined) throw new Error('nothing is there');
  return repaired(text, node.span, how);
}

const set = (value: string): Repair => ({ kind: 'set', value });
const TAG = ['images', 0, 'newTag'];

describe('a value is set in the style that it has', () => {
  it.each([
    ['images: [{newTag: 1.10}]\n', '1.10', 'images: [{newTag: "1.10"}]\n'],
    ['images:\n  - newTag: 1.0.1  # now\n', '1.0.2', 'images:\n  - newTag: 1.0.2  # now\n'],
    ["images:\r\n- newTag: '1.0'\r\n", "1'1", "images:\r\n- newTag: '1''1'\r\n"],
    ['images:\n- newTag: "1.0"\n  x: 1', '1.1', 'images:\n- newTag: "1.1"\n  x: 1'],
    ['images:\n- newTag: v1\n', 'on', 'images:\n- newTag: "on"\n'],
    ['images:\n- newTag: v1\n', 'a: b #c', 'images:\n- newTag: "a: b #c"\n'],
  ])('%j to %s', (text, value, expected) => {
    expect(repair(text, TAG, set(value))).toBe(expected);
  });

  it.each([
    ['that others take over from an anchor', 'x: &tag 1.0.0\nimages:\n- newTag: *tag\n'],
    ['that is a block of text', 'images:\n- newTag: |-\n    1.0.0\n'],
  ])('and one %s is left', (_, text) => {
    expect(repair(text, TAG, set('1.0.1'))).toBeUndefined();
  });

  it('keeps an anchor that nothing takes over', () => {
    expect(repair('images:\n- newTag: &tag 1.0.0\n', TAG, set('1.0.1'))).toBe('images:\n- newTag: &tag 1.0.1\n');
  });
});

describe('a field is removed with its line', () => {
  it.each([
    ['spec:\n  # how many\n  replicas: 2 # two\n  paused: true\n', 'spec:\n  # how many\n  paused: true\n'],
    ['spec:\r\n  replicas: 2\r\n  paused: true\r\n', 'spec:\r\n  paused: true\r\n'],
    ['spec: { replicas: 2, paused: true }\n', 'spec: { paused: true }\n'],
    ['spec: {paused: true, replicas: 2}\n', 'spec: {paused: true}\n'],
    ['spec:\n  paused: true\n  replicas: 2', 'spec:\n  paused: true\n'],
  ])('%j', (text, expected) => {
    expect(repair(text, ['spec', 'replicas'], { kind: 'remove' })).toBe(expected);
  });

  it('is left where nothing else would be in its mapping', () => {
    expect(repair('spec:\n  replicas: 2\n', ['spec', 'replicas'], { kind: 'remove' })).toBeUndefined();
  });
});

describe('an annotation is added', () => {
  const annotate: Repair = { kind: 'annotate', key: 'reloader.stakater.com/auto', value: 'true' };
  it.each([
    [
      'kind: Deployment\nmetadata:\n  name: app # it\n  labels: {}\nspec: {}\n',
      'kind: Deployment\nmetadata:\n  name: app # it\n  annotations:\n    reloader.stakater.com/auto: "true"\n  labels: {}\nspec: {}\n',
    ],
    [
      'kind: Deployment\r\nmetadata:\r\n  name: app\r\n  annotations:\r\n    # why\r\n    a: b\r\n',
      'kind: Deployment\r\nmetadata:\r\n  name: app\r\n  annotations:\r\n    # why\r\n    reloader.stakater.com/auto: "true"\r\n    a: b\r\n',
    ],
    [
      'kind: Deployment\nmetadata: {name: app}\n',
      'kind: Deployment\nmetadata: {name: app, annotations: { reloader.stakater.com/auto: "true" }}\n',
    ],
    [
      'kind: Deployment\nmetadata:\n  annotations: {}\n  name: app\n',
      'kind: Deployment\nmetadata:\n  annotations: { reloader.stakater.com/auto: "true" }\n  name: app\n',
    ],
    [
      'kind: Deployment\nmetadata:\n  name: app',
      'kind: Deployment\nmetadata:\n  name: app\n  annotations:\n    reloader.stakater.com/auto: "true"',
    ],
  ])('%j', (text, expected) => {
    expect(repair(text, ['kind'], annotate)).toBe(expected);
  });

  it('is left where the annotations are an anchor', () => {
    const text = 'kind: A\nmetadata:\n  name: app\n  labels: &all\n    a: b\n  annotations: *all\n';
    expect(repair(text, ['kind'], annotate)).toBeUndefined();
  });
});

describe('nothing but the intended value changes', () => {
  const word = fc.constantFrom('a', 'b1', 'v1.2', '"x y"', "'q'", '1.10', 'true', '~', '{p: 1}', '[1, 2]');
  const comment = fc.constantFrom('', ' # why', '   #');
  const line = fc.tuple(fc.constantFrom('k', 'l', 'm', 'n'), word, comment);
  const newline = fc.constantFrom('\n', '\r\n');
  const text = fc
    .tuple(fc.uniqueArray(line, { minLength: 1, maxLength: 4, selector: ([key]) => key }), newline, fc.boolean())
    .map(([lines, end, more]) =>
      [
        '# first',
        'spec:',
        ...lines.map(([key, value, note]) => `  ${key}: ${value}${note}`),
        ...(more ? ['---', 'b: 1'] : []),
        '',
      ].join(end),
    );

  it('in any text, whatever is set', () => {
    fc.assert(
      fc.property(text, fc.string({ minLength: 1, maxLength: 8 }), (written, value) => {
        const [root] = documents(written);
        for (const [path, node] of scalarsOf(root)) {
          const after = repaired(written, node.span, set(value));
          expect(after).toBeDefined();
          expect(after?.startsWith(written.slice(0, node.span.start))).toBe(true);
          expect(after?.endsWith(written.slice(node.span.end))).toBe(true);
          const [now] = documents(after ?? '');
          expect(toJson(at(now, ...path) ?? node)).toBe(value);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('in any text, whatever is removed', () => {
    fc.assert(
      fc.property(text, written => {
        const [root] = documents(written);
        for (const [path, node] of scalarsOf(root).filter(([{ length }]) => length === 2)) {
          const after = repaired(written, node.span, { kind: 'remove' });
          if (after === undefined) continue;
          const lines = written.split('\n');
          const gone = lines.findIndex(one => one.trim().startsWith(`${path[1]}:`));
          expect(after.split('\n')).toEqual(lines.filter((_, i) => i !== gone));
        }
      }),
      { numRuns: 200 },
    );
  });
});

function scalarsOf(node: Node | undefined, path: Path = []): [Path, Node][] {
  if (node === undefined) return [];
  if (node.kind === 'scalar') return [[path, node]];
  if (node.kind === 'seq') return node.items.flatMap((item, i) => scalarsOf(item, [...path, i]));
  return [...node.entries].flatMap(([key, { value }]) => scalarsOf(value, [...path, key]));
}
