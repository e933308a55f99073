import { describe, expect, it } from 'vitest';
import type { Json, Node } from '../../src/yaml/node.ts';
import * as fc from '../support/properties.ts';
import { canonical, read } from './golden.ts';

const DIALECTS = ['kubectl', 'kustomize'] as const;

/** Pieces that make a text look like YAML, so that random texts get further than the first character. */
const PIECE = fc.constantFrom(
  ...[
    'a',
    'b: ',
    '- ',
    '\n',
    '\n  ',
    '\n    ',
    ': ',
    '? ',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '"',
    "'",
    '|',
    '>-',
    '|+',
    '#',
    ' # c',
  ],
  ...[
    '&x ',
    '*x',
    '<<: ',
    '!!int ',
    '!t ',
    '---',
    '\n---\n',
    '\n...\n',
    '%YAML 1.1',
    '{{ .v }}',
    '\t',
    '\r\n',
    '\r',
    '\\',
  ],
  ...['1', '0x', '.5_0', 'yes', '~', '2001-01-01', '\uFEFF', '\u0085', '\u2028', '\0', '\uD800', '😀', 'é', '`', '@'],
);
const YAML = fc.oneof(
  fc.array(PIECE, { maxLength: 40 }).map(pieces => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

function spansOf(node: Node): [number, number][] {
  const own: [number, number] = [node.span.start, node.span.end];
  if (node.kind === 'scalar') return [own];
  if (node.kind === 'seq') return [own, ...node.items.flatMap(spansOf)];
  const entries = [...node.entries.values()];
  return [own, ...entries.flatMap(({ key, value }) => [[key.start, key.end] as [number, number], ...spansOf(value)])];
}

describe('any text', () => {
  it('is read or refused, with every place within the text', () => {
    fc.assert(
      fc.property(YAML, fc.constantFrom(...DIALECTS), (text, dialect) => {
        const { documents, source } = read(text, dialect);
        for (const [start, end] of documents.flatMap(spansOf)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(source.text.length);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('says why where it has no document', () => {
    fc.assert(
      fc.property(YAML, text => {
        const { documents, problems, source } = read(text);
        if (documents.length > 0 || problems.length > 0) return;
        // What is left are texts that say nothing: comments, separators, and the words for null.
        expect(source.text.replace(/#[^\r\n\u0085\u2028\u2029]*/g, '')).toMatch(
          /^(?:[\s\uFEFF\u0085]|---|\.\.\.|~|!t|!<|&x|\|\+?|>-)*$/,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('holds a document whatever stands in the documents around it', () => {
    fc.assert(
      fc.property(YAML, YAML, (before, after) => {
        const text = `${before.replaceAll('*x', 'x')}\n---\nmarker: here\n---\n${after}`;
        expect(read(`a: 1\n---\n${text}`).values.map(canonical)).toContain('{"marker":"here"}');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('JSON', () => {
  const json = fc.jsonValue({ maxDepth: 5 }).filter(value => value !== null);

  it.each(DIALECTS)('means the same to %s', dialect => {
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        // A key that kustomize drops is told of.
        fc.pre(!text.includes('"<<"'));
        fc.pre(dialect === 'kubectl' ? !/^[^{]*[\u007f\u0085]/.test(text) : isYaml(text));
        const { values, problems } = read(text, dialect);
        expect(problems).toEqual([]);
        expect(values.map(canonical)).toEqual([canonical(value as Json)]);
      }),
      { numRuns: 1000 },
    );
  });
});

/** JSON that is YAML to libyaml as well. */
function isYaml(text: string): boolean {
  return !/[\u007f-\u009f\u2028\u2029\ufffe\uffff]|\\u[dD][89a-fA-F]/.test(text);
}
