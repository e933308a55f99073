import { describe, expect, it } from 'vitest';
import { decode } from '../../src/yaml/decode.ts';
import { type Node, Source } from '../../src/yaml/node.ts';
import { type Dialect, parse, parseWhole } from '../../src/yaml/parse.ts';

/** Each value of a text with its place, as `path line:column text`. */
function places(source: Source, read: typeof parse, dialect: Dialect): string[] {
  return read(source, dialect).documents.flatMap((document, i) => walk(document, `${i}`));
}

function walk(node: Node, path: string): string[] {
  if (node.kind === 'seq') return node.items.flatMap((item, i) => walk(item, `${path}.${i}`));
  if (node.kind === 'map') return [...node.entries].flatMap(([key, { value }]) => walk(value, `${path}.${key}`));
  const { source, start, end } = node.span;
  const { line, column } = source.position(start);
  return [`${path} ${line}:${column} ${JSON.stringify(source.text.slice(start, end))}`];
}

describe('A18 the line and the column of each value, as an editor counts them', () => {
  it.each<[what: string, text: string, places: string[]]>([
    ['lines that end in CR LF', 'a: 1\r\nb:\r\n  c: x\r\n', ['0.a 1:4 "1"', '0.b.c 3:6 "x"']],
    ['lines that end in CR', 'a: 1\rb: x\r', ['0.a 1:4 "1"', '0.b 2:4 "x"']],
    ['no line feed at the end', 'a: 1\nb: x', ['0.a 1:4 "1"', '0.b 2:4 "x"']],
    ['a block with CR LF', 'a: |\r\n  x\r\n  y\r\nb: z\r\n', ['0.a 1:4 "|\\r\\n  x\\r\\n  y"', '0.b 4:4 "z"']],
    ['tabs before a value and a comment', 'a:\t\tx\t# c\nb: y\n', ['0.a 1:5 "x"', '0.b 2:4 "y"']],
    [
      'breaks of YAML that are none to an editor',
      'a: "x\u0085 y\u2028z"\nb: w\n',
      ['0.a 1:4 "\\"x\u0085 y\u2028z\\""', '0.b 2:4 "w"'],
    ],
    ['trailing spaces', 'a: x   \nb:   \n- y   \n', ['0.a 1:4 "x"', '0.b.0 3:3 "y"']],
    ['a comment before and behind', '# c\n\n  # d\na: x # "e"\n', ['0.a 4:4 "x"']],
    [
      'an anchor and its alias: both stand where the value is written',
      'a: &v x\nb: *v\nc: [*v, y]\n',
      ['0.a 1:7 "x"', '0.b 1:7 "x"', '0.c.0 1:7 "x"', '0.c.1 3:9 "y"'],
    ],
    [
      'a merge key: what is merged stands where it is written',
      'base: &b\n  x: 1\n  z: 2\nown:\n  <<: *b\n  z: 3\n',
      ['0.base.x 2:6 "1"', '0.base.z 3:6 "2"', '0.own.x 2:6 "1"', '0.own.z 6:6 "3"'],
    ],
    [
      'a list of merge keys, the first wins',
      'a: &a {x: 1}\nb: &b {x: 2, z: 3}\nc: {<<: [*a, *b]}\n',
      ['0.a.x 1:11 "1"', '0.b.x 2:11 "2"', '0.b.z 2:17 "3"', '0.c.x 1:11 "1"', '0.c.z 2:17 "3"'],
    ],
    ['a literal block', 'a: |\n  x\n\n   y\nb: z\n', ['0.a 1:4 "|\\n  x\\n\\n   y"', '0.b 5:4 "z"']],
    ['a folded block that is stripped', 'a: >-\n  x\n  y\nb: z\n', ['0.a 1:4 ">-\\n  x\\n  y"', '0.b 4:4 "z"']],
    ['a block that keeps its end', 'a: |+\n  x\n\n\nb: z\n', ['0.a 1:4 "|+\\n  x"', '0.b 5:4 "z"']],
    ['an indentation that is told', 'a: |2- # c\n    x\nb: z\n', ['0.a 1:4 "|2- # c\\n    x"', '0.b 3:4 "z"']],
    ['an empty block', 'a: |\nb: z\n', ['0.a 1:4 "|"', '0.b 2:4 "z"']],
    ['a block behind an anchor and a tag', 'a: &x !!str |\n  y\n', ['0.a 1:13 "|\\n  y"']],
    ['quotes', `a: "x\\ty"\nb: 'it''s'\n`, ['0.a 1:4 "\\"x\\\\ty\\""', `0.b 2:4 "'it''s'"`]],
    [
      'a text over lines',
      'a: one\n  two\nb: "x\n  y"\nc: z\n',
      ['0.a 1:4 "one\\n  two"', '0.b 3:4 "\\"x\\n  y\\""', '0.c 5:4 "z"'],
    ],
    [
      'flow style',
      'a: {b: [1, {c: x}], "d": "y"}\n',
      ['0.a.b.0 1:9 "1"', '0.a.b.1.c 1:16 "x"', '0.a.d 1:26 "\\"y\\""'],
    ],
    [
      'flow style over lines',
      'a: [\n  x,\n  {b: 1,\n   c: 2}\n]\n',
      ['0.a.0 2:3 "x"', '0.a.1.b 3:7 "1"', '0.a.1.c 4:7 "2"'],
    ],
    [
      'a value that is left out',
      'a:\nb: # c\nc: {d: , e}\n',
      ['0.a 1:3 ""', '0.b 2:3 ""', '0.c.d 3:7 ""', '0.c.e 3:11 ""'],
    ],
    ['an item that is left out', '- x\n-\n- # c\n', ['0.0 1:3 "x"', '0.1 2:2 ""', '0.2 3:2 ""']],
    [
      'a list at the indent of its key',
      'a:\n- b: x\n  c: y\n- d\n',
      ['0.a.0.b 2:6 "x"', '0.a.0.c 3:6 "y"', '0.a.1 4:3 "d"'],
    ],
    [
      'several documents',
      '---\na: x\n--- # two\n\nb: y\n---\n# none\n---\nc: z\n',
      ['0.a 2:4 "x"', '1.b 5:4 "y"', '2.c 9:4 "z"'],
    ],
    ['a byte order mark before the second document', 'a: x\n---\n\uFEFFb: y\n', ['0.a 1:4 "x"', '1.b 3:5 "y"']],
    [
      'characters of two code units',
      'a: "\u{1f600}" # \u{1f600}\nb: \u{1f600}x\nc: y\n',
      ['0.a 1:4 "\\"\u{1f600}\\""', '0.b 2:4 "\u{1f600}x"', '0.c 3:4 "y"'],
    ],
    ['characters of one code unit', 'a: {ä: 東京, π: y}\n', ['0.a.ä 1:8 "東京"', '0.a.π 1:15 "y"']],
    ['a tag', 'a: !!str 1\nb: !vault x\n', ['0.a 1:10 "1"', '0.b 2:11 "x"']],
    ['a key with a question mark', '? a\n: x\n? b\n: y\n', ['0.a 2:3 "x"', '0.b 4:3 "y"']],
  ])('%s', (_, text, expected) => {
    const source = new Source('a.yaml', text);
    for (const dialect of ['kustomize', 'kubectl'] as const) {
      expect(places(source, parse, dialect)).toEqual(expected);
      expect(places(source, parseWhole, dialect)).toEqual(expected);
    }
  });

  it('JSON, also one value behind the other', () => {
    const text = '{\n\t"a": 1,\r\n\t"b": ["x", null, {"c": true}]\n}\n{"d": "\\u00e4"}';
    const expected = ['0.a 2:7 "1"', '0.b.0 3:8 "\\"x\\""', '0.b.1 3:13 "null"', '0.b.2.c 3:25 "true"'];
    expect(places(new Source('a.json', text), parse, 'kubectl')).toEqual([...expected, '1.d 5:7 "\\"\\\\u00e4\\""']);
  });

  it.each([
    ['UTF-8', Buffer.from('\uFEFFa: x\nb: ä\n')],
    ['UTF-16LE', Buffer.from('\uFEFFa: x\nb: ä\n', 'utf16le')],
    ['UTF-16BE', Buffer.from('\uFEFFa: x\nb: ä\n', 'utf16le').swap16()],
  ])('A14 A15 a file that starts with the byte order mark of %s', (_, bytes) => {
    const { source, problems } = decode('a.yaml', bytes);
    expect(problems).toEqual([]);
    expect(places(source, parse, 'kustomize')).toEqual(['0.a 1:4 "x"', '0.b 2:4 "ä"']);
  });
});
