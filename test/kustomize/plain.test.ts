import { describe, expect, it } from 'vitest';
import { createRenderer } from '../../src/kustomize/renderer.ts';
import { memoryTree } from '../support/memory-tree.ts';
import { placeOf } from '../support/render.ts';

const object = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;

const TREE = memoryTree({
  'app/a.yaml': `${object('a1')}---\n${object('a2')}`,
  'app/b.yml': object('b'),
  'app/c.json':
    '{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "c"}}]}',
  'app/values.yaml': 'replicas: 3\n',
  'app/notes.md': 'not a manifest',
  'app/deep/d.yaml': object('d'),
  'app/deep/er/e.yaml': object('e'),
  'templated/t.yaml': `${object('t')}data:\n{{- if .Values.x }}\n  a: b\n{{- end }}\n`,
  'broken/x.yaml': 'a: [\n',
  'broken/whole.yaml': object('whole'),
  'told/skipped.yaml': `# +argocd:skip-file-rendering\n${object('skipped')}`,
  'told/made.jsonnet': '{kind: "ConfigMap"}\n',
  'told/x.yaml': object('x'),
  'encrypted/s.yaml': `${object('s')}data: {a: "ENC[AES256_GCM,data:xx]"}\nsops: {mac: m}\n`,
});

describe('directory renders what Argo CD applies of a folder', () => {
  it.each<[what: string, options: { recurse: boolean; include?: string; exclude?: string }, names: string[]]>([
    ['the files of the folder alone', { recurse: false }, ['a1', 'a2', 'b', 'c']],
    ['with the folders below', { recurse: true }, ['a1', 'a2', 'b', 'c', 'd', 'e']],
    ['what is included', { recurse: true, include: '{a,deep/*}.yaml' }, ['a1', 'a2', 'd', 'e']],
    ['without what is excluded', { recurse: true, exclude: '*.{yml,json}' }, ['a1', 'a2', 'd', 'e']],
    ['exclusion is stronger', { recurse: false, include: '*.yaml', exclude: 'a*' }, []],
  ])('%s', async (_, options, names) => {
    const { objects, problems, gaps } = await createRenderer(TREE).directory('app', options);
    expect(objects.map(({ id }) => id.name)).toEqual(names);
    expect([...problems, ...gaps]).toEqual([]);
  });

  it('counts every manifest as read, also without objects', async () => {
    const { files } = await createRenderer(TREE).directory('app', { recurse: false });
    expect(files).toEqual(['app/a.yaml', 'app/b.yml', 'app/c.json', 'app/values.yaml']);
  });

  it('leaves out a file that says so, and names a program as a gap', async () => {
    const { gaps, objects, files } = await createRenderer(TREE).directory('told', { recurse: false });
    expect(objects.map(({ id }) => id.name)).toEqual(['x']);
    expect(gaps.map(gap => [gap.kind, gap.what])).toEqual([['unsupported', 'the program told/made.jsonnet']]);
    expect(files).toEqual(['told/made.jsonnet', 'told/skipped.yaml', 'told/x.yaml']);
  });

  it('A22 a template is a gap, not a syntax error', async () => {
    const { gaps, problems, objects } = await createRenderer(TREE).directory('templated', { recurse: false });
    expect(gaps.map(gap => [gap.kind, gap.what])).toEqual([['templated', 'templated/t.yaml']]);
    expect([...problems, ...objects]).toEqual([]);
  });

  it('a broken file does not hide the others', async () => {
    const { problems, objects } = await createRenderer(TREE).directory('broken', { recurse: false });
    expect(problems.map(problem => problem.code)).toEqual(['yaml-does-not-parse']);
    expect(objects.map(({ id }) => id.name)).toEqual(['whole']);
  });

  it('A23 an encrypted manifest is an object like any other', async () => {
    const { objects } = await createRenderer(TREE).directory('encrypted', { recurse: false });
    expect(objects.map(({ id }) => id.name)).toEqual(['s']);
  });

  it('says that a folder is missing', async () => {
    const { problems } = await createRenderer(TREE).directory('gone', { recurse: true });
    expect(problems.map(problem => [problem.code, problem.message])).toEqual([
      ['file-not-in-tree', 'the tree has no folder gone'],
    ]);
  });
});

describe('manifests renders single files', () => {
  it('in their order, with the missing ones said', async () => {
    const { objects, problems, files } = await createRenderer(TREE).manifests(['app/b.yml', 'gone.yaml', 'app/a.yaml']);
    expect(objects.map(({ id }) => id.name)).toEqual(['b', 'a1', 'a2']);
    expect(problems.map(problem => [problem.message, placeOf(problem.span)])).toEqual([
      ['gone.yaml is not in the tree', 'gone.yaml:1:1'],
    ]);
    expect(files).toEqual(['app/a.yaml', 'app/b.yml']);
  });
});
