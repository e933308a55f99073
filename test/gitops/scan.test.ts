import { describe, expect, it } from 'vitest';
import { ContentError, type Tree } from '../../src/git/tree.ts';
import { scan } from '../../src/gitops/scan.ts';
import { memoryTree } from '../support/memory-tree.ts';
import { application, CONFIG_MAP, kustomization } from './repository.ts';

/** The tree with some files that are too large, missing from the clone, or symbolic links. */
function treeWith(files: Record<string, string>, special: Record<string, ContentError['code'] | 'symlink'>): Tree {
  const tree = memoryTree(files);
  return {
    ...tree,
    files: async () =>
      (await tree.files()).map(entry => (special[entry.path] === 'symlink' ? { ...entry, mode: 'symlink' } : entry)),
    read: async entry => {
      const code = special[entry.path];
      if (code === undefined || code === 'symlink') return tree.read(entry);
      throw new ContentError(code, entry.path, `${entry.path} cannot be read`);
    },
  };
}

async function scanned(files: Record<string, string>, special: Parameters<typeof treeWith>[1] = {}) {
  const tree = treeWith(files, special);
  return scan(tree, await tree.files());
}

describe('scan', () => {
  it('finds what each kind of file means', async () => {
    const { facts, unread, isComplete } = await scanned({
      'a/kustomization.yaml': kustomization(
        'resources: [x.yaml, ../b, https://example.com/c]',
        'patches: [{path: p.yaml}]',
      ),
      'a/x.yaml': CONFIG_MAP,
      'b/Kustomization': 'kind: Component\n',
      'chart/Chart.yaml': 'name: x\n',
      'infra/main.tf': '',
      'README.md': 'argoproj.io',
      'package.json': '{}',
    });
    expect(Object.fromEntries(facts)).toEqual({
      'a/kustomization.yaml': {
        kind: 'kustomization',
        component: false,
        names: ['a/p.yaml', 'a/x.yaml', 'b'],
        alters: true,
      },
      'b/Kustomization': { kind: 'kustomization', component: true, names: [] },
      'chart/Chart.yaml': { kind: 'chart' },
      'infra/main.tf': { kind: 'terraform' },
    });
    expect(unread).toEqual([]);
    expect(isComplete).toBe(true);
  });

  it('A15: finds Applications in UTF-16', async () => {
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(application('shop', 'shop'), 'utf16le')]);
    const tree = memoryTree({ 'app.yaml': '' });
    const { facts } = await scan({ ...tree, read: async () => wide }, await tree.files());
    expect(facts.get('app.yaml')).toMatchObject({ declared: [{ application: { name: 'shop' } }] });
  });

  it('reads of many files those that a search finds, and kustomizations', async () => {
    const others = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`data/${index}.yaml`, CONFIG_MAP]));
    const told = { 'apps/a.yaml': application('a', 'a'), 'a/kustomization.yaml': kustomization('resources: [x.yaml]') };
    const tree = memoryTree({ ...others, ...told, 'infra/main.tf': '' });
    const read: string[] = [];
    const { facts } = await scan(
      {
        ...tree,
        filesWith: async texts =>
          new Set(
            Object.entries(told).flatMap(([path, text]) =>
              texts.some(word => text.includes(word.toString())) ? path : [],
            ),
          ),
        read: entry => {
          read.push(entry.path);
          return tree.read(entry);
        },
      },
      await tree.files(),
    );
    expect(read.sort()).toEqual(['a/kustomization.yaml', 'apps/a.yaml']);
    expect([...facts.keys()].sort()).toEqual(['a/kustomization.yaml', 'apps/a.yaml', 'infra/main.tf']);
  });

  it('B04: follows a link by its own folder', async () => {
    const { facts } = await scanned(
      { 'a/link': '../b/c', 'd/out': '../../x' },
      { 'a/link': 'symlink', 'd/out': 'symlink' },
    );
    expect(facts.get('a/link')).toEqual({ kind: 'link', target: 'b/c' });
    expect(facts.get('d/out')).toEqual({ kind: 'link', target: '../../x' });
  });

  it('keeps a kustomization that cannot be read as one that names nothing', async () => {
    const { facts, unread, isComplete } = await scanned(
      { 'a/kustomization.yaml': '' },
      { 'a/kustomization.yaml': 'file-too-large' },
    );
    expect(facts.get('a/kustomization.yaml')).toEqual({ kind: 'kustomization', component: false, names: [] });
    expect(unread.map(error => error.path)).toEqual(['a/kustomization.yaml']);
    expect(isComplete).toBe(true);
  });

  it('D09: is not complete where content is missing from the clone', async () => {
    const { unread, isComplete } = await scanned({ 'a/x.yaml': CONFIG_MAP }, { 'a/x.yaml': 'content-not-available' });
    expect(unread).toEqual([]);
    expect(isComplete).toBe(false);
  });
});
