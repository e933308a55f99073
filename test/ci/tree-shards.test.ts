import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { settledUnits, type UnitNote } from '../../src/share-tree.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { runMain } from '../support/io.ts';
import * as fc from '../support/properties.ts';

const HOME = new URL('../..', import.meta.url).pathname;

let repository: TestRepository | undefined;
afterEach(() => repository?.cleanup());

const object = (kind: string, name: string, rest: string, apiVersion = 'v1') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name} }\n${rest}`;

const backup = (fields: string) => object('Backup', 'nightly', `spec: { ${fields} }\n`, 'ops.example/v1');

const definition = (fields: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: backups.ops.example }
spec:
  group: ops.example
  scope: Namespaced
  names: { kind: Backup, plural: backups }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: { spec: { type: object, properties: { ${fields} } } }
`;

const ingress = (name: string, service: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name} }
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: ${service}, port: { number: 80 } } } }
`;

/** What a unit may hold: what is silent alone, what is a mistake with another unit, and what a report tells anyway. */
const CONTENTS: Readonly<Record<string, string>> = {
  silent: object('ServiceAccount', 'own', ''),
  another: object('ServiceAccount', 'other', ''),
  shared: object('ServiceAccount', 'common', ''),
  'first route': ingress('one', 'a'),
  'second route': ingress('two', 'b'),
  defines: definition('schedule: { type: string }'),
  'defines otherwise': definition('schedule: { type: integer }'),
  'of a defined kind': backup('schedule: daily'),
  'of a defined kind, wrongly': backup('schedul: daily'),
  mistaken: object('ConfigMap', 'settings', 'dat: {}\n'),
  'allowed by a comment': object(
    'ConfigMap',
    'settings',
    '# deploy-lint: allow unknown-field until 2026-12-31 - known\ndat: {}\n',
  ),
  'allows for nothing': object(
    'ConfigMap',
    'calm',
    '# deploy-lint: allow unknown-field until 2026-12-31 - nothing there\ndata: {}\n',
  ),
  'allows for nothing by annotation': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: calm, annotations: { deploy-lint/allow-unknown-field: no } }\n`,
  'does not parse': 'a: [\n',
};

/** A repository with an Application for each of the contents. */
function repositoryOf(contents: readonly string[]): TestRepository {
  const files = contents.flatMap((content, i) => [
    [`apps/${i}/kustomization.yaml`, 'resources: [object.yaml]\n'],
    [`apps/${i}/object.yaml`, CONTENTS[content] ?? ''],
    [
      `argocd/${i}.yaml`,
      `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: app-${i} }
spec:
  source: { repoURL: "https://git.example/gitops.git", targetRevision: main, path: apps/${i} }
  destination: { name: in-cluster, namespace: shop }
`,
    ],
  ]);
  repository = createRepository();
  repository.git('remote', 'add', 'origin', 'https://git.example/gitops.git');
  repository.commit('Begin', Object.fromEntries(files));
  return repository;
}

async function run({ path, env }: TestRepository, ...args: string[]) {
  const world = { cwd: path, home: HOME, env: { ...env, XDG_CACHE_HOME: join(env.HOME ?? '', 'cache') } };
  const { exitCode, stdout, stderr } = await runMain(args, world);
  expect(stderr).toBe('');
  return { exitCode, stdout };
}

async function shards(from: TestRepository, of: number): Promise<string[]> {
  const files: string[] = [];
  for (let index = 1; index <= of; index++) {
    const { exitCode, stdout } = await run(from, '--all', '--shard', `${index}/${of}`);
    expect(exitCode).toBe(0);
    const file = join(from.env.HOME ?? '', `shard-${index}.json`);
    writeFileSync(file, stdout);
    files.unshift(file);
  }
  return files;
}

describe('shards of a tree', () => {
  it('make the very report that one run makes, whatever the units have in common', async () => {
    const world = fc.record({
      contents: fc.array(fc.constantFrom(...Object.keys(CONTENTS)), { minLength: 3, maxLength: 10 }),
      of: fc.integer({ min: 2, max: 5 }),
    });
    // What two shards find only together, and what has no unit.
    const examples = [
      { contents: ['shared', 'silent', 'silent', 'shared'], of: 2 },
      { contents: ['first route', 'second route'], of: 2 },
      { contents: ['of a defined kind, wrongly', 'defines'], of: 2 },
      { contents: ['silent', 'allows for nothing', 'allows for nothing by annotation'], of: 2 },
      { contents: ['defines otherwise', 'silent', 'of a defined kind', 'defines', 'silent'], of: 3 },
    ];
    for (const { contents, of } of [...examples, ...fc.sample(world, { numRuns: 2, seed: 7 })]) {
      const tree = repositoryOf(contents);
      const files = await shards(tree, of);
      for (const format of ['json', 'text']) {
        const whole = await run(tree, '--all', '--format', format);
        expect([contents, of, await run(tree, 'merge', '--all', '--format', format, ...files)]).toEqual([
          contents,
          of,
          whole,
        ]);
      }
      tree.cleanup();
    }
  });

  it('leave only what is said and what meets for a second look', () => {
    const note = (more: Partial<UnitNote> = {}): UnitNote => {
      return { objects: 1, speaks: false, meets: [], uses: [], defines: [], ...more };
    };
    const shards = [
      [note({ speaks: true, uses: ['a'] }), note({ meets: ['x'] }), note({ uses: ['b'] })],
      [note({ meets: ['x', 'y'] }), note({ defines: ['a', 'b'] }), note({ meets: ['z'], uses: ['c'] })],
      [note({ objects: 7 }), note({ uses: ['c'], defines: ['c'] })],
    ];
    const elsewhere = settledUnits(shards);
    // By place: the first of each shard, then the second of each, and so on; beyond the last there is nothing to know.
    expect(Array.from({ length: 10 }, (_, place) => elsewhere(place) ?? 'again')).toEqual([
      ...['again', 'again', 7],
      ...['again', 'again', 'again'],
      ...['again', 'again', 'again', 'again'],
    ]);
  });

  it('of another tree are refused', async () => {
    const tree = repositoryOf(['silent', 'another']);
    const files = await shards(tree, 2);
    tree.commit('Go on', { 'README.md': 'More.\n' });
    const world = { cwd: tree.path, home: HOME, env: tree.env };
    expect(await runMain(['merge', '--all', ...files], world)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('of another tree'),
    });
  });
});
