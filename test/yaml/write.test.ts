import { describe, expect, it } from 'vitest';
import { type Json, type MapNode, type Node, Source, toJson } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';
import { writeYaml } from '../../src/yaml/write.ts';
import * as fc from '../support/properties.ts';

const NOWHERE = { source: new Source('', ''), start: 0, end: 0 };

function nodeOf(value: Json): Node {
  if (typeof value !== 'object' || value === null) return { kind: 'scalar', value, span: NOWHERE };
  if (Array.isArray(value)) return { kind: 'seq', items: value.map(nodeOf), span: NOWHERE };
  return mapOf(Object.entries(value));
}

function mapOf(entries: readonly (readonly [string, Json])[]): MapNode {
  const nodes = entries.map(([key, value]) => [key, { key: NOWHERE, value: nodeOf(value) }] as const);
  return { kind: 'map', entries: new Map(nodes), span: NOWHERE };
}

const LONG = Array.from({ length: 12 }, (_, i) => `word-${i}`).join(' ');

describe('as kubectl kustomize prints it', () => {
  // Recorded from kubectl 1.32.4.
  it.each<[value: Json, printed: string]>([
    ['plain', 'a: plain'],
    ['', 'a: ""'],
    ['true', 'a: "true"'],
    ['on', 'a: "on"'],
    ['~', 'a: "~"'],
    ['0x10', 'a: "0x10"'],
    ['1_000', 'a: "1_000"'],
    ['1e3', 'a: "1e3"'],
    ['12:30:45', 'a: "12:30:45"'],
    ['2001-01-01', 'a: "2001-01-01"'],
    ['a: b', "a: 'a: b'"],
    ['- x', "a: '- x'"],
    ["'q'", "a: '''q'''"],
    ['a #b', "a: 'a #b'"],
    [' lead', "a: ' lead'"],
    ['tab\there', 'a: "tab\\there"'],
    ['\u00e9\u0001', 'a: "\u00e9\\x01"'],
    ['😀', 'a: "\\U0001F600"'],
    ['one\ntwo\n', 'a: |\n  one\n  two'],
    ['one\n\ntwo', 'a: |-\n  one\n\n  two'],
    ['end\n\n', 'a: |+\n  end\n'],
    ['  lead\nx', 'a: |2-\n    lead\n  x'],
    ['line  \ntrail', 'a: "line  \\ntrail"'],
    [`${LONG} end`, `a: word-0 word-1 word-2 word-3 word-4 word-5 word-6 word-7 word-8 word-9 word-10 word-11\n  end`],
    [1.5, 'a: 1.5'],
    [1234567.5, 'a: 1.2345675e+06'],
    [0.0000001, 'a: 1e-07'],
    [1e21, 'a: 1e+21'],
    [null, 'a: null'],
    [[], 'a: []'],
    [{}, 'a: {}'],
    [['x', ['y'], { z: 1 }, []], 'a:\n- x\n- - "y"\n- z: 1\n- []'],
  ])('%j', (value, printed) => {
    expect(writeYaml(mapOf([['a', value]]))).toBe(`${printed}\n`);
  });

  it('an integer that a double cannot hold', () => {
    expect(writeYaml(mapOf([['a', 9007199254740993n]]))).toBe('a: 9007199254740993\n');
  });

  it('sorts keys as go-yaml does', () => {
    const keys = ['a_b', 'a10', 'a9', 'aB', 'A', '.x', '', '1', 'x100', 'x20', 'b'];
    const printed = writeYaml(mapOf(keys.map(key => [key, 0])));
    expect(printed.match(/^[^:]+(?=: 0)/gm)).toEqual([
      '""',
      '.x',
      '"1"',
      'A',
      'a_b',
      'a9',
      'a10',
      'aB',
      'b',
      'x20',
      'x100',
    ]);
  });

  it('a long key stands in a line of its own', () => {
    const key = 'k'.repeat(129);
    expect(writeYaml(mapOf([[key, 'v']]))).toBe(`? ${key}\n: v\n`);
  });
});

describe('E01 and E02 what would do something to the reader is escaped', () => {
  it.each([
    ['\u202etxt', 'a: "\\u202Etxt"'],
    ['##[set-output name=x]y', 'a: "#\\x23[set-output name=x]y"'],
    ['one\n::error::two\n', 'a: "one\\n:\\x3Aerror:\\x3Atwo\\n"'],
    [`${LONG} ::error::x`, `a: "${LONG} :\\x3Aerror:\\x3Ax"`],
  ])('%j', (value, printed) => {
    expect(writeYaml(mapOf([['a', value]]))).toBe(`${printed}\n`);
  });

  it('a key as well', () => {
    expect(writeYaml(mapOf([['##[error]', 1]]))).toBe('"#\\x23[error]": 1\n');
  });
});

const json = fc.letrec(tie => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.string({
      unit: fc.constantFrom(...' \n\t:-#\'"[]{}&*!|>%@`,?aeEnNyY0179.+_~\u00e9\u2028\u202e😀'),
      maxLength: 12,
    }),
    fc.string({ unit: fc.constantFrom(...' a:#'), maxLength: 200 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => (Object.is(value, -0) ? 0 : value)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 5 }), tie('node'), { maxKeys: 3 }),
  ),
})).node;

/** As JSON. A whole number beyond 2^53 is read as an integer, whatever it was written from. */
function textOf(node: Node): string {
  return JSON.stringify(toJson(node), (_key, value) => (typeof value === 'bigint' ? Number(value) : value));
}

describe('what is written is read as the same value', () => {
  it.each(['kubectl', 'kustomize'] as const)('by %s', dialect => {
    fc.assert(
      fc.property(json, fc.boolean(), (value, remarks) => {
        const root = mapOf([['a', value as Json]]);
        const printed = writeYaml(root, remarks ? () => 'base/a.yaml:1:2' : undefined);
        const { documents, problems } = parse(new Source('printed', printed), dialect);
        expect(problems).toEqual([]);
        expect(documents.map(textOf)).toEqual([textOf(sorted(root))]);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** With the keys in the order in which they are printed. */
function sorted(node: Node): Node {
  if (node.kind === 'seq') return { ...node, items: node.items.map(sorted) };
  if (node.kind === 'scalar') return node;
  const printed = parse(new Source('', writeYaml(node)), 'kubectl').documents[0];
  const order = printed?.kind === 'map' ? [...printed.entries.keys()] : [];
  const entries = order.flatMap(key => {
    const entry = node.entries.get(key);
    return entry === undefined ? [] : [[key, { key: entry.key, value: sorted(entry.value) }] as const];
  });
  return { ...node, entries: new Map(entries) };
}
