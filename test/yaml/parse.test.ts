import { describe, expect, it } from 'vitest';
import { Source, toJson } from '../../src/yaml/node.ts';
import { type Dialect, parse } from '../../src/yaml/parse.ts';

function read(text: string, dialect: Dialect = 'kubectl') {
  const { documents, problems } = parse(new Source('a.yaml', text), dialect);
  return { values: documents.map(toJson), codes: problems.map(problem => problem.code), problems };
}

describe('documents', () => {
  it('leaves empty documents out', () => {
    expect(read('---\n# nothing\n---\na: 1\n---\n')).toMatchObject({ values: [{ a: 1 }], codes: [] });
  });

  it('reads the other documents where one does not parse', () => {
    const { values, problems } = read('a: 1\n---\nb: [\n---\nc: 3\n');
    expect(values).toEqual([{ a: 1 }, { c: 3 }]);
    expect(problems).toHaveLength(1);
  });

  it('reads JSON objects written one behind the other', () => {
    expect(read('{"a":1}{"b":2}\n{"c":3}').values).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }]);
  });
});
