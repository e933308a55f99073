import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { runMain } from '../support/io.ts';

const HOME = fileURLToPath(new URL('../..', import.meta.url));

let repository: TestRepository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

function run(...argv: string[]) {
  return runMain(argv, { cwd: repository.path, env: repository.env, home: HOME, columns: 120 });
}

const stage = (files: Readonly<Record<string, string>>) => {
  repository.write(files);
  repository.git('add', '--all');
};
const read = (file: string) => readFileSync(join(repository.path, file), 'utf8');

const workload = (name: string, image: string, spec = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name} # of the shop
spec:${spec}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: app, image: ${image}, envFrom: [{configMapRef: {name: shop}}]}]}
`;

const kustomization = (...images: string[]) =>
  ['resources: [web.yaml, jobs.yaml, config.yaml]', 'images:', ...images, ''].join('\n');

const image = (name: string, tag: string) => `- {name: ${name}, newTag: ${tag}}  # ours`;

const SHOP = {
  'shop/kustomization.yaml': kustomization(
    image('shop/store-php_fpm', 'v1.0.0'),
    image('shop/store-php_cli', 'v1.0.0'),
  ),
  'shop/web.yaml': workload('web', 'shop/store-php_fpm'),
  'shop/jobs.yaml': workload('jobs', 'shop/store-php_cli').replace(
    '  name: jobs',
    '  annotations: {reloader.stakater.com/auto: "true"}\n  name: jobs',
  ),
  'shop/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\ndata: {a: "1"}\n',
};

const rulesOf = async () => {
  const { findings } = JSON.parse((await run('--format', 'json')).stdout);
  return findings.map(({ rule }: { rule: string }) => rule);
};

describe('--fix', () => {
  it.each([
    [
      'siblings-out-of-step',
      {
        'shop/kustomization.yaml': kustomization(
          image('shop/store-php_fpm', 'v1.0.1'),
          image('shop/store-php_cli', 'v1.0.0'),
        ),
      },
      {
        'shop/kustomization.yaml': kustomization(
          image('shop/store-php_fpm', 'v1.0.1'),
          image('shop/store-php_cli', 'v1.0.1'),
        ),
      },
    ],
    [
      'tag-is-a-number',
      {
        'shop/kustomization.yaml': kustomization(
          image('shop/store-php_fpm', '1.10'),
          image('shop/store-php_cli', '"1.10"'),
        ),
      },
      {
        'shop/kustomization.yaml': kustomization(
          image('shop/store-php_fpm', '"1.10"'),
          image('shop/store-php_cli', '"1.10"'),
        ),
      },
    ],
    [
      'config-change-not-picked-up',
      { 'shop/config.yaml': SHOP['shop/config.yaml'].replace('"1"', '"2"') },
      {
        'shop/web.yaml': SHOP['shop/web.yaml'].replace(
          'web # of the shop\n',
          'web # of the shop\n  annotations:\n    reloader.stakater.com/auto: "true"\n',
        ),
      },
    ],
    [
      'replicas-fight-autoscaler',
      {
        'shop/kustomization.yaml': SHOP['shop/kustomization.yaml'].replace('[', '[new.yaml, '),
        'shop/new.yaml': `${workload('new', 'shop/other:v1', '\n  replicas: 2')}---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: new}
spec: {minReplicas: 2, maxReplicas: 4, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: new}}
`,
      },
      {},
    ],
  ])('answers %s, and it is gone', async (rule, broken, mended) => {
    repository.commit('Begin', SHOP);
    stage(broken);
    expect(await rulesOf()).toContain(rule);
    const index = repository.git('write-tree');
    const { stdout } = await run('--fix');
    expect(stdout).toContain(`fixed   ${rule}  `);
    expect(repository.git('write-tree')).toBe(index);
    for (const [file, text] of Object.entries(mended)) expect(read(file)).toBe(text);
    repository.git('add', '--all');
    expect(await rulesOf()).not.toContain(rule);
  });

  it('takes out replicas that the change has put into an object that was there', async () => {
    const scaled = (replicas: string) => `${workload('new', 'shop/other:v1', replicas)}---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: new}
spec: {minReplicas: 2, maxReplicas: 4, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: new}}
`;
    const kustomized = SHOP['shop/kustomization.yaml'].replace('[', '[new.yaml, ');
    repository.commit('Begin', { ...SHOP, 'shop/kustomization.yaml': kustomized, 'shop/new.yaml': scaled('') });
    stage({ 'shop/new.yaml': scaled('\n  replicas: 2') });
    await run('--fix');
    expect(read('shop/new.yaml')).toBe(scaled(''));
  });

  it('shows it first', async () => {
    repository.commit('Begin', SHOP);
    const broken = kustomization(image('shop/store-php_fpm', 'v1.0.1'), image('shop/store-php_cli', 'v1.0.0'));
    stage({ 'shop/kustomization.yaml': broken });
    const { stdout, stderr, exitCode } = await run('--fix-dry-run');
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 1 });
    expect(stdout).toBe(`--- a/shop/kustomization.yaml
+++ b/shop/kustomization.yaml
@@ -1,4 +1,4 @@
 resources: [web.yaml, jobs.yaml, config.yaml]
 images:
 - {name: shop/store-php_fpm, newTag: v1.0.1}  # ours
-- {name: shop/store-php_cli, newTag: v1.0.0}  # ours
+- {name: shop/store-php_cli, newTag: v1.0.1}  # ours
`);
    expect(read('shop/kustomization.yaml')).toBe(broken);
  });

  it('leaves what is not the only answer', async () => {
    repository.commit('Begin', {
      ...SHOP,
      'shop/kustomization.yaml': kustomization(
        image('shop/store-php_fpm', 'v1.0.1'),
        image('shop/store-php_cli', 'v1.0.1'),
      ),
    });
    stage({ 'shop/kustomization.yaml': SHOP['shop/kustomization.yaml'].replace('v1.0.0', 'v1.0.1') });
    const { stdout, exitCode } = await run('--fix');
    expect(stdout).toContain('left    siblings-out-of-step  the change moved both');
    expect(stdout).toContain('nothing to fix');
    expect(exitCode).toBe(1);
  });

  it('D01 writes no file that is not the one that was looked at', async () => {
    repository.commit('Begin', SHOP);
    const broken = kustomization(image('shop/store-php_fpm', 'v1.0.1'), image('shop/store-php_cli', 'v1.0.0'));
    stage({ 'shop/kustomization.yaml': broken });
    repository.write({ 'shop/kustomization.yaml': `${broken}# later\n` });
    expect((await run('--fix')).stdout).toContain('left    siblings-out-of-step  the file on disk is not the one');
    expect(read('shop/kustomization.yaml')).toBe(`${broken}# later\n`);
    repository.write({ 'elsewhere.yaml': broken });
    repository.remove('shop/kustomization.yaml');
    symlinkSync('../elsewhere.yaml', join(repository.path, 'shop/kustomization.yaml'));
    expect((await run('--fix')).stdout).toContain('nothing to fix');
    expect(read('elsewhere.yaml')).toBe(broken);
  });

  it.each([
    ['--fix --commit HEAD', '--fix is for what is staged'],
    ['--fix --fix-dry-run', '--fix and --fix-dry-run do not go together'],
  ])('%s is refused', async (line, message) => {
    expect(await run(...line.split(' '))).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
  });
});
