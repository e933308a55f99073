import { describe, expect, it } from 'vitest';
import { Source, toJson } from '../../src/yaml/node.ts';
import { type Dialect, parseWhole } from '../../src/yaml/parse.ts';
import { readPlainYaml } from '../../src/yaml/plain-yaml.ts';
import * as fc from '../support/properties.ts';

const MANIFEST = `# A comment
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop-prod # keep
  command: [ "php-fpm", --limit=3 ,'it is', 010, a b] # both
  shell: [sh, -c]
  resources: { limits: {cpu: 100m, memory: "1Gi" }, claims: [{name: a b}, {}],} # both
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

const DIALECTS: readonly Dialect[] = ['kubectl', 'kustomize'];

describe('readPlainYaml', () => {
  it.each(DIALECTS)('reads what manifests are mostly written in, as the parser does for %s', dialect => {
    const source = new Source('a.yaml', MANIFEST);
    const read = readPlainYaml(source, dialect, 'exact');
    expect(read).toEqual(parseWhole(source, dialect).documents);
    expect(read).toHaveLength(2);
  });

  it.each([
    ['an anchor', 'a: &x 1\n'],
    ['an alias', 'a: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a merge key', '<<: {}\n'],
    ['a flow mapping over lines', 'a: {b: 1,\n  c: 2}\n'],
    ['a flow mapping with a key twice', 'a: {b: 1, b: 2}\n'],
    ['a flow mapping without a value', 'a: {b: }\n'],
    ['a flow mapping with a quoted key', 'a: {"b": 1}\n'],
    ['a flow mapping with a key that may be a boolean', 'a: {y: 1}\n'],
    ['a flow mapping with something behind it', 'a: {b: 1} c\n'],
    ['brackets that are deep', `a: ${'['.repeat(30)}${']'.repeat(30)}\n`],
    ['a flow list over lines', 'a: [1,\n  2]\n'],
    ['a flow list with an empty item', 'a: [1, , 2]\n'],
    ['a flow list of mappings', 'a: [b: 1]\n'],
    ['a flow list with something behind it', 'a: [1] b\n'],
    ['a duplicate key', 'a: x\na: y\n'],
    ['a quoted key', '"a": x\n'],
    ['an escape', 'a: "\\x41"\n'],
    ['a scalar over two lines', 'a: one\n  two\n'],
    ['a folded block', 'a: >\n  one\n'],
    ['a tab', 'a:\tb\n'],
    ['a carriage return', 'a: b\r\n'],
    ['a key that may be a boolean', 'on: a\n'],
    ['what has no form in JSON', 'a: .inf\n'],
    ['a literal block that ends with the text', 'a: |\n  b'],
    ['a line separator', 'a: b\u2028c\n'],
    ['an end of document', 'a: b\n...\n'],
    ['a directive', '%YAML 1.2\n---\na: b\n'],
    ['a colon in a value', 'a: b: c\n'],
    ['a wrong indentation', 'a:\n    b: 1\n  c: 2\n'],
  ])('leaves %s to the parser', (_what, text) => {
    expect(readPlainYaml(new Source('a.yaml', text), 'kubectl', 'exact')).toBeUndefined();
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
      ', ',
      ']',
      '[a, ',
      '{a: ',
      '}',
      ': b',
      '\\',
      '.',
      '../x',
      'yes',
      '010',
      '1.10',
      '2026-01-01',
      '0x1F',
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
      fc.property(texts, fc.constantFrom(...DIALECTS), (text, dialect) => {
        const source = new Source('a.yaml', text);
        const read = readPlainYaml(source, dialect, 'exact');
        if (read === undefined) return;
        const { documents, problems } = parseWhole(source, dialect);
        expect(problems).toEqual([]);
        expect(read).toEqual(documents);
        expect(readPlainYaml(source, dialect, 'rough')?.map(toJson)).toEqual(documents.map(toJson));
      }),
      { numRuns: 3_000 },
    );
  });
});
