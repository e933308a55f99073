import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlainYaml } from '../../src/gitops/plain-yaml.ts';
import { type Node, Source, toJson } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';

const MANIFEST = `# A comment
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop-prod # keep
  finalizers:
    - resources-finalizer.argocd.argoproj.io
  labels: {}
spec:
  source:
    repoURL: "https://git.example.com/gitops.git"
    targetRevision: 'main'
    path: clients/shop/overlays/prod
    helm:
      values: |
        # not a comment
        replicas: 3

        image: shop
      parameters: []
  syncPolicy:
    automated:
      prune: true
    retry:
      limit: 5
      backoff: {}
---
resources:
- ../../base
- name: nested
  list:
  - one
  -
    two: 2
images:
  - name: shop/php_fpm
    newTag: 4.99.11.0-shop
empty:
patch: |-
  - op: replace
    path: /spec
`;

const valuesOf = (nodes: readonly Node[] | undefined) => nodes?.map(toJson);

describe('readPlainYaml', () => {
  it('reads what manifests are mostly written in, as the parser does', () => {
    const source = new Source('a.yaml', MANIFEST);
    expect(valuesOf(readPlainYaml(source))).toEqual(valuesOf(parse(source, 'kubectl').documents));
    expect(readPlainYaml(source)).toHaveLength(2);
  });

  it.each([
    ['an anchor', 'a: &x 1\n'],
    ['an alias', 'a: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a merge key', '<<: {}\n'],
    ['a flow mapping', 'a: {b: 1}\n'],
    ['a flow list', 'a: [1]\n'],
    ['a duplicate key', 'a: x\na: y\n'],
    ['a quoted key', '"a": x\n'],
    ['an escape', 'a: "\\x41"\n'],
    ['a scalar over two lines', 'a: one\n  two\n'],
    ['a folded block', 'a: >\n  one\n'],
    ['a tab', 'a:\tb\n'],
    ['a carriage return', 'a: b\r\n'],
    ['a word that may be a boolean', 'a: yes\n'],
    ['a key that may be a boolean', 'on: a\n'],
    ['a float', 'a: 1.10\n'],
    ['an octal number', 'a: 010\n'],
    ['a date', 'a: 2026-01-01\n'],
    ['an end of document', 'a: b\n...\n'],
    ['a directive', '%YAML 1.2\n---\na: b\n'],
    ['a colon in a value', 'a: b: c\n'],
    ['a wrong indentation', 'a:\n    b: 1\n  c: 2\n'],
  ])('leaves %s to the parser', (_what, text) => {
    expect(readPlainYaml(new Source('a.yaml', text))).toBeUndefined();
  });

  const token = fc.constantFrom(
    ...[
      'a',
      'b: ',
      'key:',
      '- ',
      '-',
      '  ',
      ' ',
      '\n',
      '\n  ',
      '\n    ',
      '\n- ',
      '#',
      ' # c',
      '|',
      '|-',
      '"',
      "'",
      '---',
    ],
    ...[
      '0',
      '1.2',
      '1.2.3',
      'true',
      'no',
      '~',
      ':',
      '{}',
      '[]',
      '{',
      '&',
      '*',
      '!',
      '%',
      '@',
      '?',
      ',',
      '\\',
      '.',
      '../x',
    ],
  );

  it('agrees with the parser on any text that it reads', () => {
    const texts = fc.oneof(
      fc.array(token, { maxLength: 24 }).map(tokens => tokens.join('')),
      fc.tuple(fc.nat(MANIFEST.length), fc.nat(6), token).map(([at, length, inserted]) => {
        return MANIFEST.slice(0, at) + inserted + MANIFEST.slice(at + length);
      }),
    );
    fc.assert(
      fc.property(texts, text => {
        const source = new Source('a.yaml', text);
        const read = readPlainYaml(source);
        if (read === undefined) return;
        const { documents, problems } = parse(source, 'kubectl');
        expect(problems).toEqual([]);
        expect(valuesOf(read)).toEqual(valuesOf(documents));
      }),
      { numRuns: 3_000 },
    );
  });
});
