import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The stages of the pipeline. A folder imports from itself and from what stands above it in this list. */
const ORDER = [
  'src/yaml',
  'src/config',
  'src/image',
  'src/kubernetes',
  'src/git',
  'src/ci',
  'src/kustomize',
  'src/gitops',
  'src/change',
  'src/rule',
  'rules',
  'src/risk',
  'src/policy',
  'src/fix',
  'src/report',
  'src/network-failure.ts',
  'src/cluster',
  'src/landed',
  'src/gate',
  'src/init',
  'src/judge.ts',
  'src/lint.ts',
  'src/program.ts',
  'src/share-tree.ts',
  'src/share.ts',
  'src/second-thread.ts',
  'src/history.ts',
  'src/updates',
  'src/cli',
  'src/bin.ts',
];

/** The configuration is read from a tree, and a tree is all that it may know of git. */
const EXCEPTIONS = new Set(['src/config -> src/git/tree.ts']);

const ROOT = resolve(import.meta.dirname, '..');

const modules = ['src', 'rules'].flatMap(folder =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => join(folder, file)),
);

const stageOf = (file: string) => ORDER.find(stage => file === stage || file.startsWith(`${stage}/`));

const importsOf = (file: string) => {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1] ?? '');
};

describe('imports go one way', () => {
  it('knows every folder', () => {
    expect(modules.filter(file => stageOf(file) === undefined)).toEqual([]);
  });

  it.each(modules)('%s', file => {
    const stage = stageOf(file) ?? '';
    const backwards = importsOf(file)
      .filter(target => target.startsWith('.'))
      .map(target => relative(ROOT, resolve(ROOT, dirname(file), target)))
      .filter(target => ORDER.indexOf(stageOf(target) ?? '') > ORDER.indexOf(stage))
      .filter(target => !EXCEPTIONS.has(`${stage} -> ${target}`));
    expect(backwards).toEqual([]);
  });
});

describe('what only one place may do (F05, I04)', () => {
  const using = (pattern: RegExp) => modules.filter(file => pattern.test(readFileSync(join(ROOT, file), 'utf8')));

  it.each([
    ['touch the process', /(?<![\w.'"`-])process\.(?!versions)/, ['src/bin.ts']],
    [
      'start a program (B10: neither kustomize nor helm)',
      /import (?!type ).*node:child_process/,
      ['src/cluster/exec-credential.ts', 'src/git/run.ts'],
    ],
    // A grammar put together from constants of its own file.
    ['make a pattern from a text', /new RegExp\(/, ['src/image/reference.ts']],
    ['evaluate code', /\beval\(|new Function\(/, []],
    [
      'reach the network',
      /node:(?:https?|net|tls|dgram|dns)\b|\bfetch\(/,
      ['src/cluster/http-get.ts', 'src/cluster/resolver.ts', 'src/updates/http.ts', 'src/updates/proxy.ts'],
    ],
  ])('%s', (_, pattern, allowed) => {
    expect(using(pattern)).toEqual(allowed);
  });
});
