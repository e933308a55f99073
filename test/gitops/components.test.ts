import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { type ComponentList, readComponents } from '../../src/gitops/components.ts';
import { findVersion } from '../../src/gitops/version-places.ts';
import { Source, type Span } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';

function read(text: string): ComponentList {
  const [root] = parse(new Source('scripts/apps.yaml', text), 'kubectl').documents;
  return root === undefined ? expect.fail('no document') : readComponents(root);
}

function slice({ source, start, end }: Span): string {
  return source.text.slice(start, end);
}

describe('the list of components', () => {
  it('is read with the places of what can be edited', () => {
    const [longhorn, ...others] = read(`
apps:
  - name: longhorn
    current: "1.9.1" # see the notes
    source: { type: helm, url: https://charts.longhorn.io, tag-prefix: v }
    files:
      - path: argocd/longhorn.yaml
        key: spec.source.targetRevision
      - docs/versions.md
    skip_major: true
    manual-only: yes
    pin: null
`).components;
    expect(others).toEqual([]);
    if (longhorn === undefined) expect.fail('it is a component');
    expect(slice(longhorn.version.span)).toBe('1.9.1');
    expect(longhorn).toMatchObject({ name: { text: 'longhorn' }, skipMajor: true, manualOnly: true, pin: undefined });
    expect(longhorn.files.map(({ path, key }) => [path.text, key?.text])).toEqual([
      ['argocd/longhorn.yaml', 'spec.source.targetRevision'],
      ['docs/versions.md', undefined],
    ]);
    expect(longhorn.source?.type).toBe('helm');
    expect(longhorn.source?.fields.get('tag_prefix')).toBe('v');
  });

  it.each([
    ['a mapping by name', 'keda: {currentVersion: 2.15.0, file: a.yaml, skipMajor: true}', 'keda 2.15.0 a.yaml major'],
    ['a list at the root', '- {app: keda, version: 2.15.0, path: a.yaml}', 'keda 2.15.0 a.yaml'],
    ['a key beside one file', '[{name: k8s, version: 1.30, file: a.tf, manual: true}]', 'k8s 1.30 a.tf manual'],
    ['entries beside defaults', 'defaults: {skip_major: true}\napps: {keda: {version: v2}}', 'keda v2'],
  ])('may be %s', (_, text, expected) => {
    const told = read(text).components.map(({ name, version, files, skipMajor, manualOnly }) =>
      [name.text, version.text, ...files.map(({ path }) => path.text), skipMajor && 'major', manualOnly && 'manual']
        .filter(Boolean)
        .join(' '),
    );
    expect(told).toEqual([expected]);
  });

  it.each([
    ['- {version: 1.0.0}', 'an entry has a version and no name'],
    ['- {name: keda, file: a.yaml}', 'keda has no version'],
    ['- {name: keda, version: 1.0.0}\n- {name: keda, version: 2.0.0}', 'keda is listed twice'],
    [
      '- {name: keda, version: 1.0.0, skip_mayor: true, namespace: x}',
      'keda has skip_mayor, which is not followed; skip_major is',
    ],
    ['- {name: keda, version: 1.0.0, minimum_age: 2w}', 'keda has 2w where a number of days is wanted'],
    ['- {name: keda, version: 1.0.0, manual-only: sometimes}', 'keda has sometimes where true or false is wanted'],
  ])('says what is wrong with %s', (text, message) => {
    expect(read(text).problems.map(problem => problem.message)).toEqual([message]);
  });

  it.each(['skip_major: yes, minimum_age: 7 days', 'manualOnly: no, minAge: 0', 'manual: docs/upgrade.md, pin: ~'])(
    'is fine with %s',
    fields => {
      expect(read(`- {name: keda, version: 1.0.0, ${fields}}`).problems).toEqual([]);
    },
  );
});

describe('the version of a component in a file', () => {
  const find = (entry: string, file: string, content: string) => {
    const [component] = read(`- {name: keda, version: 2.16.1, ${entry}}`).components;
    const [tracked] = component?.files ?? [];
    if (component === undefined || tracked === undefined) expect.fail('it tracks a file');
    const place = findVersion(component, tracked, new Source(file, content));
    if (place.state !== 'found') return place;
    expect(slice(place.version.span)).toBe(place.version.text);
    return place.version.text;
  };

  it.each([
    ['a chart of an Application', 'a.yaml', 'spec: {source: {chart: keda, targetRevision: "2.16.0"}}', '2.16.0'],
    ['a tag', 'a.yaml', 'images: [{name: x/other, newTag: 1.0.0}, {name: x/keda, newTag: 2.15.0}]', '2.15.0'],
    ['an image', 'a.yaml', 'spec: {containers: [{image: "ghcr.io/kedacore/keda:2.15.1"}]}', '2.15.1'],
    ['a remote base', 'a.yaml', 'resources: ["https://github.com/kedacore/keda//config?ref=v2.16.1"]', 'v2.16.1'],
    ['a release', 'a.yaml', 'resources: ["https://github.com/x/keda/releases/download/v2.14.0/a.yaml"]', 'v2.14.0'],
    ['a chart', 'a.yaml', 'helmCharts: [{name: keda, version: 2.16.2}]', '2.16.2'],
    ['Terraform', 'a.tf', 'variable "keda" { default = "2.16.1" }', '2.16.1'],
  ])('is found in %s', (_, file, content, expected) => {
    expect(find('file: a', file, content)).toBe(expected);
  });

  it('is found by key and by expression', () => {
    expect(find('file: a, key: "images[1].newTag"', 'a.yaml', 'images: [{newTag: a}, {newTag: 2.0.0}]')).toBe('2.0.0');
    expect(find("file: a, regex: '^keda (\\d.*)$'", 'a.txt', 'other 1.0\nkeda 2.9.0\n')).toBe('2.9.0');
    expect(find("file: a, regex: 'keda-(?P<version>[0-9.]+)'", 'a.txt', 'keda-2.8.0 ')).toBe('2.8.0');
  });

  it('is not guessed', () => {
    const two = 'images: [{name: a, newTag: 1.0.0}, {name: b, newTag: 2.0.0}]';
    expect(find('file: a', 'a.yaml', two)).toEqual({ state: 'unclear', versions: ['1.0.0', '2.0.0'] });
    expect(find('file: a', 'a.tf', 'x = "12.16.1"')).toMatchObject({ state: 'absent' });
    expect(find('file: a, regex: "(["', 'a.tf', '')).toMatchObject({ state: 'absent' });
    expect(find('file: a, key: a.b', 'a.yaml', 'a: 1')).toEqual({ state: 'absent', reason: 'it has no a.b' });
  });
});

describe('the schema', () => {
  const schema = JSON.parse(readFileSync(new URL('../../schemas/apps.schema.json', import.meta.url), 'utf8'));
  const validate = new Ajv2020({ allowUnionTypes: true, strictTypes: false }).compile(schema);

  it('takes the sample', () => {
    const sample = new URL('../../examples/shop-gitops/scripts/apps.yaml', import.meta.url);
    expect(validate(load(readFileSync(sample, 'utf8')))).toBe(true);
  });

  it('takes what the documentation shows, of which every key is followed', () => {
    const page = readFileSync(new URL('../../docs/updates.md', import.meta.url), 'utf8');
    const [, shown = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    expect(validate(load(shown))).toBe(true);
    expect(read(shown).problems).toEqual([]);
    expect(read(shown).components.map(({ minimumAge }) => minimumAge)).toEqual([undefined, undefined, 7]);
  });

  it.each([
    ['a list of files', '[{name: a, version: "1", files: [{path: b, regex: c}, d], manual_only: true}]', true],
    ['another spelling', 'keda: {currentVersion: "1", file: a, skip-major: true}', true],
    ['a typo', '[{name: a, version: "1", skip_mayor: true}]', false],
    ['an entry without a name', '[{version: "1"}]', false],
  ])('judges %s', (_, text, expected) => {
    expect(validate(load(text))).toBe(expected);
  });
});
