import { describe, expect, it } from 'vitest';
import { toJson } from '../../src/yaml/node.ts';
import { read } from './golden.ts';

describe('documents', () => {
  it('leaves empty documents out', () => {
    expect(read('---\n# nothing\n---\na: 1\n---\n')).toMatchObject({ values: [{ a: 1 }], problems: [] });
  });

  it('reads the documents around one that does not parse', () => {
    const { values, problems } = read('a: 1\n---\nb: ]\n---\nc: 3\n');
    expect(values).toEqual([{ a: 1 }, { c: 3 }]);
    expect(problems).toEqual([expect.stringMatching(/^3:4 yaml-does-not-parse: the YAML does not parse: /)]);
  });

  it('takes a line of dashes in a block scalar for text', () => {
    expect(read('a: |\n  ---\n  b\n').values).toEqual([{ a: '---\nb\n' }]);
  });

  it('names the marks of a merge conflict, and not what a parser makes of them', () => {
    const { values, problems } = read('a: 1\n---\nb: 1\n<<<<<<< HEAD\nc: 2\n=======\nc: 3\n>>>>>>> theirs\n');
    expect(values).toEqual([{ a: 1 }]);
    expect(problems).toEqual([
      '4:1 yaml-does-not-parse: git left a merge conflict in the file, from "<<<<<<< HEAD" on',
    ]);
  });

  it('A11 keeps anchors within their document', () => {
    const { values, problems } = read('a: &x 1\n---\nb: *x\n---\nc: 3\n');
    expect(values).toEqual([{ a: 1 }, { c: 3 }]);
    expect(problems).toEqual(['3:4 yaml-does-not-parse: no anchor "x" stands before "*x"']);
  });

  it('A14 reads a document that starts with a byte order mark, and says so', () => {
    const { values, problems } = read('a: 1\n---\n\uFEFFb: 2\n');
    expect(values).toEqual([{ a: 1 }, { b: 2 }]);
    expect(problems).toEqual([expect.stringMatching(/^3:1 ambiguous-yaml: a byte order mark starts this document/)]);
  });

  it('A14 says that a key hides behind a byte order mark', () => {
    expect(read('a: 1\n\uFEFFkind: b\n').problems).toEqual([expect.stringMatching(/^2:1 ambiguous-yaml: /)]);
  });

  it('A17 refuses a NUL', () => {
    expect(read('a: "b\0c"\n').problems).toEqual([
      '1:6 yaml-does-not-parse: the control character U+0000 is not allowed in YAML',
    ]);
  });

  it.each(['%YAML 1.1\n---\na: 1\n', '%TAG ! tag:x,2000:\n---\na: 1\n'])('A19 refuses directives: %j', text => {
    expect(read(text).problems).toEqual([
      expect.stringMatching(/^\d:1 yaml-does-not-parse: the YAML does not parse: directives \(%\) are not supported$/),
    ]);
  });

  it('A19 says that what follows "..." is never read', () => {
    const { values, problems } = read('a: 1\n...\nb: 2\n---\nc: 3\n');
    expect(values).toEqual([{ a: 1 }, { c: 3 }]);
    expect(problems).toEqual([expect.stringMatching(/^3:1 ambiguous-yaml: this text is never read /)]);
  });

  it('says that a line hides behind the comment of a separator', () => {
    const { values, problems } = read('a: 1\n--- # c\rkind: b\nc: 3\n');
    expect(values).toEqual([{ a: 1 }, { c: 3 }]);
    expect(problems).toEqual([expect.stringMatching(/^2:1 ambiguous-yaml: this text is never read /)]);
  });

  it('A24 reads JSON values written one behind the other', () => {
    expect(read('{"a":"\\/"}{"b":2}\n{"c":3}')).toMatchObject({
      values: [{ a: '/' }, { b: 2 }, { c: 3 }],
      problems: [],
    });
  });

  it('says so where kubectl would take YAML for broken JSON', () => {
    const { values, codes } = read('{a: 1}\n');
    expect(values).toEqual([{ a: 1 }]);
    expect(codes).toEqual(['ambiguous-yaml']);
  });
});

describe('A22 templates', () => {
  it.each([
    'a: {{ .V }}\n',
    'a:\n  {{ .V }}: 1\n',
    '{{- if .X }}\na: 1\n{{- end }}\n',
    '{% if x %}\na: 1\n{% endif %}\n',
  ])('refuses %j and says why', text => {
    const { values, problems } = read(text);
    expect(values).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(/yaml-does-not-parse: .*it looks like a template/)]);
  });

  it('reads an expression within a text', () => {
    expect(read('a: cluster-{{name}}\nb: "{{ .V }}"\n')).toMatchObject({
      values: [{ a: 'cluster-{{name}}', b: '{{ .V }}' }],
      problems: [],
    });
  });
});

describe('aliases', () => {
  it('shares the node, with the place where it was written', () => {
    const { documents } = read('a: &x {k: v}\nb: *x\n');
    const [root] = documents;
    const [a, b] = root?.kind === 'map' ? [...root.entries.values()].map(entry => entry.value) : [];
    expect(b).toBe(a);
    expect(b?.span).toMatchObject({ start: 6, end: 12 });
  });

  it('A01 A02 counts what an alias stands for', () => {
    const levels = [...'abcdefghi'].map(
      (name, i, all) => `${name}: &${name} [${Array(9).fill(i === 0 ? 'lol' : `*${all[i - 1]}`)}]`,
    );
    const { values, codes } = read(levels.join('\n'));
    expect(values).toEqual([]);
    expect(codes).toEqual(['too-many-nodes']);
  });

  it('A01 counts over all documents of a text', () => {
    const document = `a: &a [${Array(999).fill('x')}]\nb: [${Array(400).fill('*a')}]\n`;
    expect(read(`${document}---\n${document}---\nc: 1\n`)).toMatchObject({ codes: ['too-many-nodes'] });
  });

  it.each([
    ['a scalar', 'x'],
    ['a mapping', '{k: v}'],
  ])('A03 takes 10,000 aliases of %s', (_, value) => {
    const { documents, problems } = read(`- &a ${value}\n${'- *a\n'.repeat(10_000)}`);
    expect(problems).toEqual([]);
    const items = documents[0]?.kind === 'seq' ? documents[0].items : [];
    expect(items).toHaveLength(10_001);
    expect(items.at(-1)).toBe(items[0]);
  });

  it.each(['a: &a [*a]', 'a: &a {b: *a}', '&a a: *a\nb: &b\n  c:\n  - *b'])(
    'A04 refuses %j, which contains itself',
    text => {
      const { values, problems } = read(text);
      if (text.startsWith('&')) expect(problems).toEqual(['4:5 yaml-does-not-parse: anchor "b" contains itself']);
      else expect(problems).toEqual([expect.stringMatching(/anchor "a" contains itself/)]);
      expect(values).toEqual([]);
    },
  );

  it('A05 counts the depth that aliases make', () => {
    const anchors = Array.from({ length: 200 }, (_, i) => `- &a${i} [${i === 0 ? 'x' : `*a${i - 1}`}]`);
    expect(read(anchors.join('\n')).codes).toContain('too-deep');
  });
});

describe('A05 depth', () => {
  const nested = (open: string, close: string, levels: number) => open.repeat(levels) + close.repeat(levels);
  const block = (line: string, levels: number) =>
    Array.from({ length: levels }, (_, i) => `${' '.repeat(i)}${line}`).join('\n');

  it.each([
    ['flow', nested('[', ']', 99)],
    ['mappings', block('a:', 99)],
    ['lists', '- '.repeat(99)],
  ])('reads 99 levels of %s', (_, text) => {
    expect(read(text).problems).toEqual([]);
  });

  it.each([
    ['flow', nested('[', ']', 101)],
    ['1,000 of flow', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`],
    ['10,001 of flow', nested('[', ']', 10_001)],
    ['mappings', block('a:', 101)],
    ['lists', '- '.repeat(101)],
    ['A07 100,000 open brackets', '['.repeat(100_000)],
  ])('stops at 101 levels of %s', (_, text) => {
    expect(read(text)).toMatchObject({ values: [], codes: ['too-deep'] });
  });
});

describe('A09 duplicate keys', () => {
  it('takes the last and names both places', () => {
    const { values, problems } = read('a: 1\nb:\n  c: 2\n  c: 3\n');
    expect(values).toEqual([{ a: 1, b: { c: 3 } }]);
    expect(problems).toEqual([
      '4:3 duplicate-key: key "c" stands twice in one mapping, at 3:3 and at 4:3: kubectl takes the last, kustomize refuses both',
    ]);
  });

  it.each([
    ['annotations twice', 'metadata:\n  annotations:\n    x: 1\n  annotations:\n    y: 2\n', { x: 1, y: 2 }],
    ['one of them twice', 'metadata:\n  annotations:\n    x: 1\n    x: 2\n', { x: 2 }],
  ])('are no reason for kustomize to refuse an object: %s', (_, text, annotations) => {
    const { values, codes } = read(text, 'kustomize');
    expect(values).toEqual([{ metadata: { annotations } }]);
    expect(codes).toEqual(['ambiguous-yaml']);
  });

  it.each(['1: a\n"1": b', 'on: a\ntrue: b', 'y: a\nyes: b', '0x10: a\n16: b', '1.50: a\n1.5: b'])(
    'sees that kubectl takes %j for one key',
    text => {
      expect(read(text).codes).toEqual(['duplicate-key']);
    },
  );

  it.each([
    ['{k:}', { 'k:': '' }, ['ambiguous-yaml']],
    ['{k:, b: 1}', { 'k:': '', b: 1 }, ['ambiguous-yaml']],
    ['{k::,b: 1}', { 'k::': '', b: 1 }, ['ambiguous-yaml']],
    ['{k: }', { k: '' }, []],
    ['{"k":}', { k: '' }, []],
    ['{k:\n  }', { k: '' }, []],
  ])('have the colon that no space follows in braces: %s', (text, value, expected) => {
    const { values, codes } = read(`a: ${text}\n`, 'kustomize');
    expect(values).toEqual([{ a: value }]);
    expect(codes).toEqual(expected);
  });

  it('reports 20 and no more', () => {
    expect(read('a: 1\n'.repeat(1000)).problems).toHaveLength(20);
  });

  it('A06 reads 80,000 keys of one mapping', () => {
    const { documents } = read(Array.from({ length: 80_000 }, (_, i) => `key${i}: ${i}\n`).join(''));
    expect(documents[0]?.kind === 'map' && documents[0].entries.size).toBe(80_000);
  });
});

describe('A10 merge keys', () => {
  const cases = [
    ['before the own key', '{<<: *a, k: own}', 'own', 'own'],
    ['after the own key', '{k: own, <<: *a}', 'merged', 'own'],
    ['list, the first wins', '{<<: [*a, *b]}', 'merged', 'merged'],
    ['of a merge', '{<<: {<<: *b}}', 'other', 'other'],
    ['with the same value', '{k: merged, <<: *a}', 'merged', 'merged'],
  ] as const;

  it.each(cases)('%s', (_, text, inKubectl, inKustomize) => {
    const yaml = `a: &a {k: merged}\nb: &b {k: other}\nc: ${text}\n`;
    const kubectl = read(yaml, 'kubectl');
    expect(kubectl.values[0]).toMatchObject({ c: { k: inKubectl } });
    expect(read(yaml, 'kustomize').values[0]).toMatchObject({ c: { k: inKustomize } });
    expect(kubectl.codes).toEqual(inKubectl === inKustomize ? [] : ['ambiguous-yaml']);
  });

  it.each(['1', '[1]', '*list', '[*list]'])('refuses to merge %s', value => {
    const { values, codes } = read(`a: &list [{b: 1}]\nc: {<<: ${value}}\n`);
    expect(values).toEqual([]);
    expect(codes).toEqual(['yaml-does-not-parse']);
  });

  it('leaves the mapping that is merged as it is', () => {
    expect(read('a: &a {k: 1}\nb: {<<: *a, k: 2, l: 3}\nc: *a\n').values).toEqual([
      { a: { k: 1 }, b: { k: 2, l: 3 }, c: { k: 1 } },
    ]);
  });
});

describe('A20 A21 nothing in a text is more than data', () => {
  it.each(['!vault x', '!reference [a]', '!!js/function "() => 1"', '!!python/object:os.system x'])('%s', value => {
    expect(read(`a: ${value}`).problems).toEqual([]);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__', 'then', '""'])(
    'a key named %s',
    key => {
      const { documents } = read(`${key}: {polluted: 1}`);
      const names = documents.flatMap(root => (root.kind === 'map' ? [...root.entries.keys()] : []));
      expect(names).toEqual([key === '""' ? '' : key]);
      expect(JSON.stringify(documents.map(toJson))).toBe(`[{"${names[0]}":{"polluted":1}}]`);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
  );
});
