import { describe, expect, it } from 'vitest';
import type { TreeEntry } from '../../src/git/tree.ts';
import { isRemote, remoteOf } from '../../src/kustomize/remote.ts';
import { createRenderer } from '../../src/kustomize/renderer.ts';
import { memoryTree } from '../support/memory-tree.ts';
import { placeOf, render } from '../support/render.ts';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

describe('B06 every form of a remote base is named and not fetched', () => {
  it.each<[address: string, what: string, version: string | undefined]>([
    ['https://github.com/org/repo/config/default?ref=v1.2.3', 'https://github.com/org/repo/config/default', 'v1.2.3'],
    ['https://github.com/org/repo//deploy?ref=0123abc&timeout=90s', 'https://github.com/org/repo//deploy', '0123abc'],
    ['github.com/org/repo/deploy?ref=main', 'github.com/org/repo/deploy', 'main'],
    ['github.com/org/repo', 'github.com/org/repo', undefined],
    ['git@github.com:org/repo.git//x?ref=v2', 'git@github.com:org/repo.git//x', 'v2'],
    ['ssh://git@host.example/org/repo?version=v3', 'ssh://git@host.example/org/repo', 'v3'],
    ['git::https://host.example/repo.git', 'git::https://host.example/repo.git', undefined],
    ['ext::sh -c whoami', 'ext::sh -c whoami', undefined],
    ['file:///repo?ref=--upload-pack=/bin/x', 'file:///repo', '--upload-pack=/bin/x'],
    [
      'https://github.com/org/repo/releases/download/v0.26.2/release.yaml',
      'https://github.com/org/repo/releases/download/*/release.yaml',
      'v0.26.2',
    ],
    [
      'https://raw.githubusercontent.com/org/repo/main/crd.yaml',
      'https://raw.githubusercontent.com/org/repo/*/crd.yaml',
      'main',
    ],
    [
      'https://host.example/previous/v20251003-18d3/release.yaml',
      'https://host.example/previous/*/release.yaml',
      'v20251003-18d3',
    ],
    ['https://host.example/o/r?submodules=true&ref=v1', 'https://host.example/o/r', 'v1'],
    ['ssh://-oProxyCommand=x/o/r', 'ssh://-oProxyCommand=x/o/r', undefined],
    ['http://host.example/all.yaml', 'http://host.example/all.yaml', undefined],
  ])('%s', async (address, what, version) => {
    const kustomization = `resources:\n- cm.yaml\n- ${JSON.stringify(address)}\n`;
    const { gaps, problems, objects } = await render({ 'kustomization.yaml': kustomization, 'cm.yaml': CONFIG_MAP });
    expect(gaps.map(gap => [gap.kind, gap.what, gap.version])).toEqual([['remote-base', what, version]]);
    expect(gaps.map(gap => placeOf(gap.span))).toEqual(['kustomization.yaml:3:3']);
    expect(problems).toEqual([]);
    expect(objects.map(object => object.id.name)).toEqual(['a']);
  });

  it.each(['base', '../base', './github.com', 'a.b/c', 'x@y', 'https-proxy.yaml', 'github.community/a'])(
    '%s is local',
    text => {
      expect(isRemote(text)).toBe(false);
    },
  );

  it('a moved ref is another version of the same gap', () => {
    const [before, after] = ['v1', 'v2'].map(ref => remoteOf(`https://github.com/org/repo/x?ref=${ref}`));
    expect(before?.what).toBe(after?.what);
    expect(before?.version).not.toBe(after?.version);
  });

  it('a patch, a component and a generated file may be remote as well', async () => {
    const { gaps, problems } = await render({
      'kustomization.yaml': `resources: [cm.yaml]
components: ["https://host.example/org/repo?ref=a"]
patches: [{path: "https://host.example/patch.yaml"}]
configMapGenerator: [{name: b, files: ["k=https://host.example/file"]}]
`,
      'cm.yaml': CONFIG_MAP,
    });
    expect(gaps.map(gap => gap.what).sort()).toEqual([
      'https://host.example/file',
      'https://host.example/org/repo',
      'https://host.example/patch.yaml',
    ]);
    expect(problems).toEqual([]);
  });
});

describe('a chart is a gap with what fills it in', () => {
  const chart = (more: string) =>
    `helmCharts:\n- {name: redis, repo: "https://charts.example", version: 1.2.3${more}}\n`;
  const gapOf = async (files: Record<string, string>) => (await render(files)).gaps;

  it('without values', async () => {
    const gaps = await gapOf({ 'kustomization.yaml': chart('') });
    expect(gaps.map(gap => [gap.kind, gap.what, gap.version])).toEqual([
      ['helm-chart', 'https://charts.example/redis', '1.2.3'],
    ]);
  });

  it.each([
    ['inline values', ', valuesInline: {a: 1}', ', valuesInline: {a: 2}'],
    ['the release', ', releaseName: a', ', releaseName: b'],
  ])('changes with %s', async (_, before, after) => {
    const [first] = await gapOf({ 'kustomization.yaml': chart(before) });
    const [second] = await gapOf({ 'kustomization.yaml': chart(after) });
    expect(first?.values).toMatch(/^[0-9a-f]{12}$/);
    expect([second?.what, second?.version]).toEqual([first?.what, '1.2.3']);
    expect(second?.values).not.toBe(first?.values);
  });

  it('changes with a file of values, also for the generator in a file of its own', async () => {
    const generator =
      'apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: g}\nname: redis\nrepo: https://charts.example\nversion: 1.2.3\nvaluesFile: values.yaml\n';
    const digests = [];
    for (const values of ['a: 1\n', 'a: 2\n']) {
      const inField = await gapOf({ 'kustomization.yaml': chart(', valuesFile: values.yaml'), 'values.yaml': values });
      const inFile = await gapOf({
        'kustomization.yaml': 'generators: [g.yaml]\n',
        'g.yaml': generator,
        'values.yaml': values,
      });
      digests.push(...inField.map(gap => gap.values), ...inFile.map(gap => gap.values));
    }
    expect(new Set(digests).size).toBe(2);
    expect(digests).toHaveLength(4);
  });

  it('changes with the files of a local chart', async () => {
    const local = 'helmCharts: [{name: own, releaseName: r}]\n';
    const [before] = await gapOf({
      'kustomization.yaml': local,
      'charts/own/templates/a.yaml': 'a: {{ .Values.a }}\n',
    });
    const [after] = await gapOf({ 'kustomization.yaml': local, 'charts/own/templates/a.yaml': 'b: {{ .Values.a }}\n' });
    expect(before?.what).toBe('charts/own');
    expect(before?.values).not.toBe(after?.values);
  });
});

describe('B12 a chart is neither unpacked nor read', () => {
  it.each<[what: string, file: string, content: string]>([
    ['an archive', 'charts/own-1.2.3.tgz', 'a bomb'],
    ['a schema that leads elsewhere', 'charts/own/values.schema.json', '{"$ref": "file:///dev/zero"}'],
    ['a lock file', 'charts/own/Chart.lock', '../../../etc/passwd'],
  ])('%s', async (_, file, content) => {
    const tree = memoryTree({
      'kustomization.yaml': 'resources: [cm.yaml]\nhelmCharts: [{name: own, version: 1.2.3, releaseName: r}]\n',
      'cm.yaml': CONFIG_MAP,
      'charts/own/Chart.yaml': 'name: own\n',
      [file]: content,
    });
    const read: string[] = [];
    const watched = {
      ...tree,
      read: (entry: TreeEntry) => {
        read.push(entry.path);
        return tree.read(entry);
      },
    };
    const { gaps, objects, problems } = await createRenderer(watched).kustomization('');
    expect(gaps.map(({ kind, what }) => [kind, what])).toEqual([['helm-chart', 'charts/own']]);
    expect(objects.map(({ id }) => id.name)).toEqual(['a']);
    expect(problems).toEqual([]);
    expect(read.sort()).toEqual(['cm.yaml', 'kustomization.yaml']);
  });
});

describe('B08 nothing is run', () => {
  const plugin = (annotations: string) =>
    `apiVersion: example.com/v1\nkind: Sed\nmetadata:\n  name: s\n  annotations: ${annotations}\nspec: {}\n`;

  it.each([
    ['transformers', '{}', 'plugin'],
    ['generators', '{config.kubernetes.io/function: "{exec: {path: ./run.sh}}"}', 'function'],
    ['validators', '{config.kubernetes.io/function: "{container: {image: example/x}}"}', 'function'],
  ])('%s with annotations %s are a gap', async (field, annotations, kind) => {
    const { gaps, objects } = await render({
      'kustomization.yaml': `resources: [cm.yaml]\n${field}: [p.yaml]\n`,
      'cm.yaml': CONFIG_MAP,
      'p.yaml': plugin(annotations),
      'run.sh': '#!/bin/sh\n',
    });
    expect(gaps.map(gap => [gap.kind, gap.what, placeOf(gap.span)])).toEqual([
      [kind, 'example.com/v1/Sed s', 'p.yaml:1:1'],
    ]);
    expect(objects).toHaveLength(1);
  });

  it('is another content of a plugin where a file differs that it decrypts', async () => {
    const files = (secret: string) => ({
      'kustomization.yaml': 'generators: [secrets.yaml]\n',
      'secrets.yaml': 'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata: {name: s}\nfiles: [./s.enc.yaml]\n',
      's.enc.yaml': secret,
    });
    const versionOf = async (secret: string) => (await render(files(secret))).gaps[0]?.version;
    expect(await versionOf('a: ENC[1]\n')).toBe(await versionOf('a: ENC[1]\n'));
    expect(await versionOf('a: ENC[1]\n')).not.toBe(await versionOf('a: ENC[2]\n'));
  });

  it.each([
    ['a comment', 'key: x # why'],
    ['an anchor', 'key: &key x'],
    ['a tag', 'key: !!str x'],
    ['a folded text', 'key: x\\nother: >\\n  folded\\n'],
    ['an escape', 'key: x\\nother: \\"a\\\\tb\\"'],
  ])(
    'a replacement inside of YAML with %s in a text is left open, with a version that follows the value',
    async (_what, text) => {
      const files = (value: string) => ({
        'kustomization.yaml': `resources: [cm.yaml]
replacements:
- sourceValue: ${value}
  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.text.key]}]
`,
        'cm.yaml': `${CONFIG_MAP}data: {text: "${text}"}\n`,
      });
      const [one, two] = [await render(files('a')), await render(files('b'))];
      expect(one.problems).toEqual([]);
      expect(one.gaps.map(gap => gap.what)).toEqual(['replacement in ConfigMap a data.text.key']);
      expect(one.gaps[0]?.version).not.toBe(two.gaps[0]?.version);
    },
  );
});
