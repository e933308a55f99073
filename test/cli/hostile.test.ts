import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_FILE_SIZE } from '../../src/git/object-tree.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { runMain } from '../support/io.ts';

const CONFIG_MAP = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const times = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i)).join('');

/** A manifest that a kustomization names, one that an Application applies as it is, and what a kustomization names. */
const built = (data: string) => ({ 'shop/a.yaml': `${CONFIG_MAP('a')}data:\n${data}` });
const plain = (text: string | Buffer) => ({ 'plain/a.yaml': text });
const naming = (resource: string) => ({ 'shop/kustomization.yaml': `resources: [a.yaml, ${resource}]\n` });
const application = (path: string) => ({
  'plain.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: plain }
spec:
  source: { repoURL: "https://git.example/org/gitops.git", targetRevision: main, path: ${path} }
  destination: { namespace: plain }
`,
});

let repository: TestRepository;
beforeAll(() => {
  repository = createRepository();
  const content = 'data: {k: v}\n';
  repository.commit('Begin', {
    'shop/kustomization.yaml': 'resources: [a.yaml]\n',
    'shop/a.yaml': `${CONFIG_MAP('a')}${content}`,
    'plain/a.yaml': `${CONFIG_MAP('a')}${content}`,
    ...application('plain'),
  });
});
afterAll(() => repository.cleanup());

/** What a commit of these files on that beginning comes to: the exit code, what is wrong, and what was not analysed. */
async function judged(files: Record<string, string | Buffer>, link: string | undefined) {
  repository.git('checkout', '--quiet', '-B', 'change', 'main');
  if (link !== undefined) symlinkSync(link, join(repository.path, 'shop/link.yaml'));
  repository.commit('Change it', files);
  const { path: cwd, env } = repository;
  const home = new URL('../..', import.meta.url).pathname;
  const { exitCode, stdout } = await runMain(['--commit', 'HEAD', '--format', 'json'], { cwd, env, home });
  const { findings, incomplete, unknowns, changes, files: told } = JSON.parse(stdout);
  expect(told.seen.length).toBe(told.analysed.length + told.skipped.length);
  return {
    exitCode,
    found: findings.map(({ severity, rule }: Record<string, string>) => `${severity} ${rule}`),
    incomplete: incomplete.map(({ why }: { why: string }) => why),
    unknowns: unknowns.length,
    changed: changes.length,
  };
}

const NOTHING = { found: [], incomplete: [], unknowns: 0 };
const error = (rule: string) => ({ ...NOTHING, exitCode: 1, found: [`error ${rule}`] });
const warning = (rule: string) => ({ ...NOTHING, exitCode: 0, found: [`warning ${rule}`] });
const limit = (code: string) => ({ ...NOTHING, exitCode: 3, incomplete: [code], unknowns: 1 });
const unknown = { ...NOTHING, exitCode: 0, unknowns: 1 };
const clean = { ...NOTHING, exitCode: 0 };

const ALIASES = times(9, i => `  l${i}: &l${i} [${times(9, () => (i === 0 ? 'x, ' : `*l${i - 1}, `))}]\n`);
const LATIN_1 = Buffer.from(`${CONFIG_MAP('a')}data: {k: "\u00fc"}\n`, 'latin1');
const WIDE = Buffer.from(`\ufeff${CONFIG_MAP('a')}data: {k: w}\n`, 'utf16le');
const FUNCTION = `transformers:
- |-
  apiVersion: x/v1
  kind: Y
  metadata: { name: z, annotations: { config.kubernetes.io/function: "exec: {path: ./run.sh}" } }
`;

type Row = [what: string, files: Record<string, string | Buffer>, outcome: object, link?: string];

describe('a commit with', () => {
  it.each<Row>([
    ['A01 aliases of aliases of aliases', built(ALIASES), limit('too-many-nodes')],
    ['A04 an anchor in itself', built('  a: &a {b: *a}\n'), error('yaml-does-not-parse')],
    ['A05 10,001 brackets', built(`  a: ${'['.repeat(10_001)}${']'.repeat(10_001)}\n`), limit('too-deep')],
    ['A07 100,000 open brackets', built(`  a: ${'['.repeat(100_000)}\n`), limit('too-deep')],
    ['A08 a file too large to read', built(`  a: ${'x'.repeat(MAX_FILE_SIZE)}\n`), limit('file-too-large')],
    ['A09 a key twice, for kustomize', built('  k: v\n  k: w\n'), error('kustomization-refused')],
    ['A09 a key twice, for kubectl', plain(`${CONFIG_MAP('a')}data: {k: v, k: w}\n`), warning('duplicate-key')],
    ['A09 a key twice, in a kustomization', naming('a.yaml]\nresources: [a.yaml'), warning('duplicate-key')],
    [
      'A11 an anchor of another document',
      plain(`${CONFIG_MAP('a')}data: &d {k: w}\n---\n${CONFIG_MAP('b')}data: *d\n`),
      { ...error('yaml-does-not-parse'), changed: 2 },
    ],
    [
      'A14 a byte order mark before the second document',
      plain(`${CONFIG_MAP('a')}data: {k: v}\n---\n\ufeff${CONFIG_MAP('b')}`),
      { ...warning('ambiguous-yaml'), changed: 1 },
    ],
    ['A15 UTF-16', plain(WIDE), { ...clean, changed: 1 }],
    ['A16 bytes that are no UTF-8, for kubectl', plain(LATIN_1), limit('encoding')],
    ['A16 bytes that are no UTF-8, for kustomize', { 'shop/a.yaml': LATIN_1 }, limit('encoding')],
    ['A17 a NUL', plain(`${CONFIG_MAP('a')}data: {k: "\0"}\n`), error('yaml-does-not-parse')],
    [
      'A19 an object behind the end of the document',
      plain(`${CONFIG_MAP('a')}data: {k: v}\n...\n${CONFIG_MAP('b')}`),
      warning('ambiguous-yaml'),
    ],
    ['A19 a directive', plain(`%YAML 1.1\n---\n${CONFIG_MAP('a')}`), error('yaml-does-not-parse')],
    ['A22 a template', plain(`{{- if .x }}\n${CONFIG_MAP('a')}{{- end }}\n`), unknown],
    ['A22 a template in a kustomization', built('  k: {{ .V }}\n'), error('yaml-does-not-parse')],
    [
      'A24 lists in lists, with nothing between',
      plain(
        `kind: List\nitems:\n- null\n- {kind: List, items: [{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}]}\n`,
      ),
      { ...clean, changed: 2 },
    ],
    ['B01 a folder that names itself', naming('.'), error('kustomization-refused')],
    ['B03 a way out', naming('../../outside'), error('path-leaves-repository')],
    ['B03 a way out for an Application', application('../outside'), error('path-leaves-repository')],
    ['B03 an absolute path', naming('/etc/passwd'), error('path-leaves-repository')],
    ['B04 a link that leads out', naming('link.yaml'), error('file-not-in-tree'), '../../../etc/passwd'],
    ['B04 a link to itself', naming('link.yaml'), error('file-not-in-tree'), 'link.yaml'],
    ['B04 a link to nothing', naming('link.yaml'), error('file-not-in-tree'), 'gone.yaml'],
    ['B06 a remote base', naming(`"https://git.example/o/r?ref=${'0'.repeat(40)}"`), unknown],
    ['B08 a program', { 'shop/kustomization.yaml': `resources: [a.yaml]\n${FUNCTION}` }, unknown],
    [
      'B09 a field that kustomize does not know',
      { 'shop/kustomization.yaml': 'resources: [a.yaml]\nresorces: []\n' },
      error('kustomization-refused'),
    ],
  ])('%s', async (_, files, outcome, link) => {
    expect(await judged(files, link)).toMatchObject(outcome);
  });
});
