import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { runMain } from '../support/io.ts';

const FILES = {
  'base/kustomization.yaml': 'resources: [app.yaml]\n',
  'base/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app}\ndata: {level: info, size: "1"}\n',
  'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: prod-\npatches: [{path: patch.yaml}]\n',
  'prod/patch.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app}\ndata: {level: debug}\n',
  'remote/kustomization.yaml': 'resources: [../base, "https://host.example/org/repo?ref=v1"]\n',
  'refused/kustomization.yaml': 'resources: [../base, gone.yaml]\n',
  'plain/secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter2}\n',
  'apps/shop.yaml':
    'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop}\nspec: {source: {repoURL: "https://git.example/r", path: prod}, destination: {namespace: shop}}\n',
};

let repository: TestRepository;
beforeAll(() => {
  repository = createRepository();
  repository.commit('Add', FILES);
  repository.write({ 'base/app.yaml': FILES['base/app.yaml'].replace('"1"', '"2"') });
  repository.git('add', '--all');
});
afterAll(() => repository.cleanup());

function run(args: readonly string[], cwd = repository.path) {
  return runMain(['render', ...args], { cwd, env: repository.env, home: '' });
}

const PROD = (size: string) =>
  `apiVersion: v1\ndata:\n  level: debug\n  size: "${size}"\nkind: ConfigMap\nmetadata:\n  name: prod-app\n`;

describe('render', () => {
  it('prints what is staged', async () => {
    expect(await run(['prod'])).toEqual({ stdout: PROD('2'), stderr: '', exitCode: 0 });
  });

  it('prints a revision, from a folder below the root', async () => {
    expect((await run(['../prod', '--rev', 'HEAD'], `${repository.path}/base`)).stdout).toBe(PROD('1'));
  });

  it('prints an Application by its name', async () => {
    expect((await run(['shop'])).stdout).toBe(PROD('2'));
  });

  it('prints several in the order in which they are named, each below its name', async () => {
    const { stdout } = await run(['prod', 'shop', '--rev', 'HEAD']);
    expect(stdout).toBe(`--- # prod\n${PROD('1')}--- # shop\n${PROD('1')}`);
  });

  it('says with --origins where each value was set, and where before that', async () => {
    expect((await run(['prod', '--origins'])).stdout).toBe(`apiVersion: v1 # base/app.yaml:1:13
data:
  level: debug # prod/patch.yaml:4:15 < base/app.yaml:4:15
  size: "2" # base/app.yaml:4:27
kind: ConfigMap # base/app.yaml:2:7
metadata:
  name: prod-app # prod/kustomization.yaml:2:13 < base/app.yaml:3:18
`);
  });

  it('prints plain manifests, Secrets as they are', async () => {
    expect((await run(['plain'])).stdout).toContain('password: hunter2');
  });

  it('names what it cannot render and exits with 3', async () => {
    const { stdout, stderr, exitCode } = await run(['remote']);
    expect(stdout).toContain('name: app');
    expect(stderr).toBe(
      'unknown: remote/kustomization.yaml:1:22: remote-base https://host.example/org/repo at v1 is not rendered\n',
    );
    expect(exitCode).toBe(3);
  });

  it('exits with 1 where kustomize refuses', async () => {
    const { stderr, exitCode } = await run(['refused']);
    expect(stderr).toMatch(/^error: refused\/kustomization\.yaml:1:22: gone\.yaml is not in the tree/);
    expect(exitCode).toBe(1);
  });

  it('prints every unit under its key', async () => {
    const { stdout, exitCode } = await run(['--all']);
    expect(stdout.match(/^--- # .*$/gm)).toEqual([
      '--- # app:shop',
      '--- # dir:refused',
      '--- # dir:remote',
      '--- # manifests:apps/shop.yaml',
      '--- # manifests:plain',
    ]);
    expect(exitCode).toBe(3);
  });

  it('takes none of several Applications for the one that is meant', async () => {
    const several = createRepository();
    several.commit('Add', { ...FILES, 'other/shop.yaml': FILES['apps/shop.yaml'] });
    const ask = (name: string) => runMain(['render', name], { cwd: several.path, env: several.env, home: '' });
    expect(await ask('shop')).toMatchObject({
      stderr: `deploy-lint: 2 Applications are called shop
  Name one: app:shop@apps/shop.yaml, app:shop@other/shop.yaml
`,
      exitCode: 2,
    });
    expect((await ask('app:shop@apps/shop.yaml')).exitCode).toBe(0);
    several.cleanup();
  });

  it.each([
    [[], 'render takes folders, names of Applications, or --all'],
    [['prod', '--all'], 'render takes folders, names of Applications, or --all'],
    [['shpo'], 'there is no folder and no Application shpo\n  Did you mean shop?'],
    [['prod', '--format', 'json'], 'there is no option --format'],
  ])('refuses %j', async (args, message) => {
    const { stderr, exitCode } = await run(args);
    expect(stderr).toContain(`deploy-lint: ${message}`);
    expect(exitCode).toBe(2);
  });
});
