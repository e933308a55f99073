import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/yaml/node.ts';
import { canonical, golden, read } from './golden.ts';

/**
 * The objects that kubectl 1.32.4 and its kustomize 5.5.0 saw in a text (commands: see scalars.test.ts), or `refused`.
 * `<a>` stands for the four lines of a ConfigMap named a, and an object without `kind` for such a ConfigMap.
 */
interface Row {
  readonly case: string;
  readonly yaml: string;
  readonly both?: Objects;
  readonly kubectl?: Objects;
  readonly kustomize?: Objects;
}

type Objects = 'refused' | readonly Readonly<Record<string, Json>>[];

/** Where this reader differs, and why it may. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'alias-key-nospace': 'YAML 1.2 takes the colon for a part of the alias: refused here',
  question: 'YAML 1.2 takes "?a" for a text: read here',
  'key-dq0': 'a key over two lines: read here',
  'tab-flow': 'a tab as indentation inside braces: read here',
  'ls-block': 'U+2028 as a line break in a literal block: a line feed here',
  'ls-fold': 'U+2028 as a line break in a folded block: a space here',
  'nel-json kustomize': 'U+0085 before U+2028 in quotes folds to a space here',
  'bom-bom': 'two byte order marks: the second one is a part of the key here, and reported',
  'fold-more kustomize': 'kustomize adds an empty line when it writes this folded block out and reads it again',
  'tab2-blockind kustomize': 'kustomize cannot read what it wrote out',
  'json-1.0 kubectl': 'JSON with a number that no double holds: a text here',
};

const ROWS = (golden('documents.jsonl') as Row[]).flatMap(row =>
  (['kubectl', 'kustomize'] as const).flatMap(dialect => {
    const objects = row[dialect] ?? row.both;
    const known = row.case in DIFFERENT || `${row.case} ${dialect}` in DIFFERENT;
    return known || objects === undefined
      ? []
      : [{ name: `${row.case} (${dialect})`, yaml: row.yaml, dialect, objects }];
  }),
);

describe('A14 A18 A19 A22 A24 the objects of a text', () => {
  it.each(ROWS.filter(row => row.objects !== 'refused'))('$name', ({ yaml, dialect, objects }) => {
    const { values, problems, codes } = read(inFull(yaml), dialect);
    const expected = objects === 'refused' ? [] : objects.map(full);
    expect(values.map(canonical).sort(), problems.join()).toEqual(expected.map(canonical).sort());
    expect(codes.filter(code => code !== 'ambiguous-yaml' && code !== 'duplicate-key')).toEqual([]);
  });

  it.each(ROWS.filter(row => row.objects === 'refused'))('$name is refused', ({ yaml, dialect }) => {
    const codes = ['yaml-does-not-parse', 'ambiguous-yaml', 'duplicate-key'];
    expect(read(inFull(yaml), dialect).codes.filter(code => codes.includes(code))).not.toEqual([]);
  });
});

function inFull(yaml: string): string {
  return yaml.replace(/<([abc])>\n/g, 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: $1\n');
}

function full(object: Readonly<Record<string, Json>>): Json {
  if ('kind' in object) return object;
  const { name = null, ...rest } = object;
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...rest };
}
