import { describe, expect, it } from 'vitest';
import type { Node } from '../../src/yaml/node.ts';
import { read } from './golden.ts';

describe('spans', () => {
  const text = [
    'name: app # the name',
    "single: 'it''s'",
    'double:   "a\\n"',
    'empty:',
    'block: | # kept',
    '  one',
    '',
    '  two',
    '',
    'folded: &f !!str >-',
    '  three',
    'list:',
    '- a',
    '- {b: 1, c: [2, 3 ] } # end',
    '-',
    'alias: *f',
    'tagged: !!int "5"',
    'multi: one',
    '  two',
    '"quoted key" : 1',
    '? explicit',
    ': value',
    'flow: { x: }',
    'last: [',
    '  # nothing',
    ']',
  ].join('\n');

  /** Each node by its path with the text under its span, keys after a `~`. */
  function slices(node: Node, path: string, into: [string, string][]): [string, string][] {
    into.push([path, node.span.source.text.slice(node.span.start, node.span.end)]);
    if (node.kind === 'seq') for (const [i, item] of node.items.entries()) slices(item, `${path}/${i}`, into);
    if (node.kind === 'map') {
      for (const [name, { key, value }] of node.entries) {
        into.push([`~${path}/${name}`, key.source.text.slice(key.start, key.end)]);
        slices(value, `${path}/${name}`, into);
      }
    }
    return into;
  }

  it.each([
    ['LF', '\n'],
    ['A18 CR LF', '\r\n'],
    ['A18 CR', '\r'],
  ])('cover what was written, with %s', (_, lineBreak) => {
    const { documents, problems } = read(text.replaceAll('\n', lineBreak));
    expect(problems).toEqual([]);
    const found = new Map(documents.flatMap(root => slices(root, '', [])));
    const expected = {
      '': text,
      '~/name': 'name',
      '/name': 'app',
      '/single': "'it''s'",
      '/double': '"a\\n"',
      '/empty': '',
      '/block': '| # kept\n  one\n\n  two',
      '/folded': '>-\n  three',
      '/list': '- a\n- {b: 1, c: [2, 3 ] } # end\n-',
      '/list/0': 'a',
      '/list/1': '{b: 1, c: [2, 3 ] }',
      '~/list/1/c': 'c',
      '/list/1/c': '[2, 3 ]',
      '/list/1/c/1': '3',
      '/list/2': '',
      '/alias': '>-\n  three',
      '/tagged': '"5"',
      '/multi': 'one\n  two',
      '~/quoted key': '"quoted key"',
      '~/explicit': 'explicit',
      '/explicit': 'value',
      '/flow': '{ x: }',
      '/flow/x': '',
      '/last': '[\n  # nothing\n]',
    };
    const inFile = Object.entries(expected).map(([path, slice]) => [path, slice.replaceAll('\n', lineBreak)]);
    expect(inFile.map(([path]) => [path, found.get(path ?? '')])).toEqual(inFile);
  });

  it('put a value that is missing behind its colon or dash', () => {
    const { documents } = read('a:\n  b:\nc: 1\nd:\n-\n- 2\n');
    const starts = documents.flatMap(root => slices(root, '', [])).filter(([, slice]) => slice === '');
    expect(starts.map(([path]) => path)).toEqual(['/a/b', '/d/0']);
    const [root] = documents;
    const place = root?.kind === 'map' && root.entries.get('d')?.value;
    expect(place && place.kind === 'seq' && place.items.map(item => item.span.start)).toEqual([17, 20]);
  });

  it.each([
    ['brackets', 'a: {\n"b": [\n1,\n2\n]\n}\nc: x\n', '/c', 'x'],
    ['brackets', 'a: {\n"b": [\n1,\n2\n]\n}\nc: x\n', '/a/b/1', '2'],
    ['quotes', 'a: "one\ntwo"\nc: x\n', '/c', 'x'],
    ['an escaped apostrophe', 'a: "it\\\'s"\nc: "x"\n', '/c', '"x"'],
    ['a comment without a space', 'a: [b,#c\n  d]\nc: x\n', '/a/1', 'd'],
    ['U+0085 as a line break', 'a: b\u0085c: x\n', '/c', 'x'],
  ])('stay right where the text was put right: %s', (_, yaml, path, slice) => {
    const { documents, problems } = read(yaml);
    expect(problems).toEqual([]);
    expect(new Map(documents.flatMap(root => slices(root, '', []))).get(path)).toBe(slice);
  });
});
