import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hookSteps } from '../../src/init/hooks.ts';
import { createRepository, type TestRepository, type TestRepositoryOptions } from '../support/git-repository.ts';

/** A shop on staging and production, deployed from the branch `main`. */
const FILES = {
  'argocd/shop.yaml': ['staging', 'prod']
    .map(
      environment => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop-${environment} }
spec:
  source: { repoURL: "https://git.example/org/gitops.git", targetRevision: main, path: shop/${environment} }
  destination: { namespace: shop-${environment} }
`,
    )
    .join('---\n'),
  'shop/base/kustomization.yaml': 'resources: [web.yaml, database.yaml]\n',
  'shop/base/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: registry.example/shop }]
`,
  'README.md': 'The shop.\n',
};

export const DATABASE = (version: string) => ({
  'shop/base/database.yaml': `apiVersion: k8s.mariadb.com/v1alpha1
kind: MariaDB
metadata: { name: shop }
spec: { image: "mariadb:${version}", storage: { size: 1Gi } }
`,
});

/** An overlay with a tag as it is written; without quotes, 1.10 is a number and an error. */
export const TAG = (environment: 'staging' | 'prod', tag: string) => ({
  [`shop/${environment}/kustomization.yaml`]: `resources: [../base]\nimages: [{ name: registry.example/shop, newTag: ${tag} }]\n`,
});

export const GOOD = TAG('staging', '1.5.1');
export const BAD = TAG('staging', '1.10');
export const SAID_BAD = 'tag-is-a-number';

export interface Ran {
  readonly status: number | null;
  /** What git and its hooks wrote, on both streams. */
  readonly said: string;
  /** The same in one line, wherever it was broken. */
  readonly words: string;
}

export interface Shop extends TestRepository {
  /** Runs git with the hooks, wherever it is. */
  run(args: readonly string[], options?: { cwd?: string; input?: string; env?: NodeJS.ProcessEnv }): Ran;
}

/** The repository, committed, with hooks that start the program. `remote` is a bare repository beside it. */
export function createShop(program: string, options?: TestRepositoryOptions): Shop {
  const repository = createRepository(options);
  const home = repository.env.HOME ?? '';
  const hooks = join(home, 'hooks');
  const env = { ...repository.env, XDG_CACHE_HOME: join(home, 'cache') };
  repository.commit('Open the shop', {
    ...FILES,
    ...DATABASE('10.11.4'),
    ...TAG('staging', '1.5.0'),
    ...TAG('prod', '1.5.0'),
  });
  repository.git(
    'init',
    '--quiet',
    '--bare',
    '--initial-branch=main',
    `--object-format=${options?.objectFormat ?? 'sha1'}`,
    '../remote',
  );
  repository.git('remote', 'add', 'origin', join(home, 'remote'));
  repository.git('push', '--quiet', 'origin', 'main');
  mkdirSync(hooks);
  const files = { read: () => undefined, list: () => [] };
  for (const step of hookSteps(files, program, { setting: undefined, top: '', folder: '' })) {
    if (step.kind === 'write') writeFileSync(join(hooks, basename(step.path)), step.content, { mode: 0o755 });
  }
  repository.git('config', 'core.hooksPath', hooks);
  return {
    ...repository,
    run: (args, { cwd = repository.path, input = '', env: more = {} } = {}) => {
      const { status, stdout, stderr } = spawnSync('git', args, {
        cwd,
        input,
        env: { ...env, ...more },
        encoding: 'utf8',
      });
      const said = stdout + stderr;
      return { status, said, words: said.replace(/\s+/g, ' ') };
    },
  };
}
