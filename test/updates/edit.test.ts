import { describe, expect, it } from 'vitest';
import { componentsOf, trackedVersions } from '../../src/gitops/tracked.ts';
import { editVersion } from '../../src/updates/edit.ts';
import { memoryTree } from '../support/memory-tree.ts';
import * as fc from '../support/properties.ts';

const LIST = 'scripts/apps.yaml';

/** What becomes of the files when the one component of the list goes on to another version. */
async function edited(files: Readonly<Record<string, string>>, to: string): Promise<Record<string, string>> {
  const tree = memoryTree(files);
  const tracked = await trackedVersions(tree, await componentsOf(tree, LIST));
  const [component] = tracked.components;
  if (component === undefined) return expect.fail('the list has a component');
  const changes = await editVersion(component, to, tracked, tree);
  return Object.fromEntries([...changes].map(([path, { content }]) => [path, content.toString()]));
}

const list = (entry: string) => `# kept\napps:\n  - {name: keda, ${entry}} # kept too\n`;

describe('an edit', () => {
  it.each([
    ['plain', 'version: 2.16.1', 'targetRevision: 2.16.1 # why', 'targetRevision: 2.17.0 # why'],
    ['in double quotes', 'version: "2.16.1"', 'targetRevision: "2.16.1"', 'targetRevision: "2.17.0"'],
    ['in single quotes', "version: '2.16.1'", "targetRevision:   '2.16.1'", "targetRevision:   '2.17.0'"],
    ['with a v in the file alone', 'version: 2.16.1', 'targetRevision: v2.16.1', 'targetRevision: v2.17.0'],
  ])('changes the version alone, and no line ending, where it stands %s (F05)', async (_, version, before, after) => {
    const file = (line: string) => `spec:\r\n  source: {chart: keda, repoURL: x,\r\n    ${line}\r\n  }\t\n`;
    const written = version.replace('2.16.1', '2.17.0');
    expect(await edited({ [LIST]: list(`${version}, file: a.yaml`), 'a.yaml': file(before) }, '2.17.0')).toEqual({
      [LIST]: list(`${written}, file: a.yaml`),
      'a.yaml': file(after),
    });
  });

  it('puts quotes around what would be read as a number, and nowhere else', async () => {
    const files = {
      [LIST]: list('version: 1.9.1, file: a.yaml'),
      'a.yaml': 'helmCharts:\n  - name: keda\n    version: 1.9.1\n',
    };
    expect(await edited(files, '1.10')).toEqual({
      [LIST]: list('version: "1.10", file: a.yaml'),
      'a.yaml': 'helmCharts:\n  - name: keda\n    version: "1.10"\n',
    });
  });

  it('keeps a byte order mark', async () => {
    const files = {
      [LIST]: `\ufeff${list('version: 1.9.1, file: a.yaml')}`,
      'a.yaml': '\ufeffimages: [{name: keda, newTag: 1.9.1}]',
    };
    expect(await edited(files, '1.9.2')).toEqual({
      [LIST]: `\ufeff${list('version: 1.9.2, file: a.yaml')}`,
      'a.yaml': '\ufeffimages: [{name: keda, newTag: 1.9.2}]',
    });
  });

  it('takes every remote base of one repository along', async () => {
    const base = (ref: string) =>
      ['a', 'b'].map(part => `  - https://github.com/kedacore/keda//config/${part}?ref=${ref}\n`).join('');
    const other = '  - https://github.com/other/thing//config?ref=v2.16.1\n';
    const files = {
      [LIST]: list('version: v2.16.1, file: k.yaml'),
      'k.yaml': `resources:\n${base('v2.16.1')}${other}`,
    };
    expect(await edited(files, 'v2.17.0')).toMatchObject({ 'k.yaml': `resources:\n${base('v2.17.0')}${other}` });
  });

  it('reaches every file of the entry, by key and by expression', async () => {
    const entry = `version: 2.16.1, files: [{path: a.yaml, key: "images[1].newTag"}, {path: b.txt, regex: 'keda (\\S+)'}, c.tf]`;
    const files = {
      [LIST]: list(entry),
      'a.yaml': 'images: [{name: x, newTag: 2.16.1}, {name: y, newTag: 2.16.1}]\n',
      'b.txt': 'other 2.16.1\nkeda 2.16.1\n',
      'c.tf': 'module "keda" {\n  source  = "org/keda/aws"\n  version = "~> 2.16.1"\n}\n',
    };
    expect(await edited(files, '2.17.0')).toEqual({
      [LIST]: list(entry.replace('2.16.1', '2.17.0')),
      'a.yaml': 'images: [{name: x, newTag: 2.16.1}, {name: y, newTag: 2.17.0}]\n',
      'b.txt': 'other 2.16.1\nkeda 2.17.0\n',
      'c.tf': 'module "keda" {\n  source  = "org/keda/aws"\n  version = "~> 2.17.0"\n}\n',
    });
  });

  it.each([
    ['no file', 'version: 2.16.1', {}, 'names no file'],
    ['a file that is gone', 'version: 2.16.1, file: a.yaml', {}, 'a.yaml is not there'],
    [
      'another version',
      'version: 2.16.1, file: a.yaml',
      { 'a.yaml': 'helmCharts: [{name: keda, version: 2.15.0}]' },
      'has 2.15.0, and the list 2.16.1',
    ],
    [
      'two versions',
      'version: 2.16.1, file: a.yaml',
      { 'a.yaml': 'images: [{name: a, newTag: 1.0.0}, {name: b, newTag: 2.0.0}]' },
      'has only 1.0.0, 2.0.0',
    ],
    [
      'a digest',
      'version: 2.16.1, file: a.yaml',
      { 'a.yaml': `image: ghcr.io/keda:2.16.1@sha256:${'0'.repeat(64)}` },
      'pins it by a digest',
    ],
  ])('is refused for %s', async (_, entry, files, message) => {
    await expect(edited({ [LIST]: list(entry), ...files }, '2.17.0')).rejects.toThrow(message);
  });

  it('keeps every other byte, whatever stands around it', async () => {
    const text = fc.string({ unit: 'binary' }).map(value => value.replace(/[\r\n]/g, ' ').replaceAll('\0', ' '));
    const version = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map(parts => parts.join('.'));
    await fc.assert(
      fc.asyncProperty(text, text, version, version, async (head, tail, from, to) => {
        const entry = (at: string) =>
          `- {name: x, version: "${at}", files: [{path: a.txt, regex: 'keda=([0-9.]+);'}]}\n`;
        const file = (at: string) => `${head.replaceAll('keda=', '')}\nkeda=${at}; ${tail}`;
        fc.pre(!/\p{Surrogate}/u.test(head + tail) && !/^\ufeff/.test(head));
        const after = await edited({ [LIST]: entry(from), 'a.txt': file(from) }, to);
        expect(after).toEqual({ [LIST]: entry(to), 'a.txt': file(to) });
      }),
      { numRuns: 200 },
    );
  });
});
