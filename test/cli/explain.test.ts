import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { runMain } from '../support/io.ts';

const FILES = {
  'base/kustomization.yaml': `# the shop
resources:
  - app.yaml
images:
  - name: shop/web
    newTag: 1.4.0
configMapGenerator:
  - name: files
    files: [web.conf]
`,
  'base/web.conf': 'listen 80\nroot /srv\n',
  'base/app.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: shop/web
          envFrom:
            - configMapRef: {name: settings}
          volumeMounts: [{name: files, mountPath: /etc/web}]
      volumes: [{name: files, configMap: {name: files}}]
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  LEVEL: info
---
apiVersion: v1
kind: Secret
metadata:
  name: keys
stringData:
  PASSWORD: hunter2
`,
  'prod/kustomization.yaml':
    'resources:\n  - ../base\n  - https://host.example/org/repo?ref=v1\npatches:\n  - path: patch.yaml\n',
  'prod/patch.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata:\n  LEVEL: debug\n',
  'staging/kustomization.yaml': 'resources: [../base]\n',
  'apps/prod.yaml': application('shop-prod', 'prod'),
  'apps/staging.yaml': application('shop-staging', 'staging'),
  'network/main.tf': 'variable "size" {}\n',
  'README.md': 'Read me.\n',
};

function application(name: string, path: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}}
spec:
  source: {repoURL: "https://git.example/r", path: ${path}}
  destination: {namespace: ${name}}
  syncPolicy: {automated: {prune: true}}
`;
}

let repository: TestRepository;
beforeAll(() => {
  repository = createRepository();
  repository.commit('Add the shop', FILES);
  repository.write({ 'base/kustomization.yaml': FILES['base/kustomization.yaml'].replace('1.4.0', '1.5.0') });
  repository.git('add', '--all');
});
afterAll(() => repository.cleanup());

function run(args: readonly string[], cwd = repository.path) {
  return runMain(['explain', ...args], { cwd, env: repository.env, home: '.' });
}

describe('explain FILE:LINE', () => {
  it('names the fields, the units and what rolls', async () => {
    expect((await run(['base/kustomization.yaml:6'])).stdout).toBe(`base/kustomization.yaml:6

  Sets       Deployment web: spec.template.spec.containers.web.image
               = shop/web:1.5.0

When it changes
  Syncs      shop-prod, shop-staging: Argo CD syncs by itself, prunes what is
               gone
  Rolls      Deployment web  for image of web: 2 pods, +25% / -25%, no readiness
               probe
             over within 20 min: 10 min without progress fail a Deployment
  Reaches    2 units (1 staging, 1 production), 2 workloads of 4 pods; shared:
             base/kustomization.yaml
`);
  });

  it.each<[what: string, line: string, expected: readonly (string | RegExp)[]]>([
    ['a part of an entry answers by the entry', 'base/kustomization.yaml:5', [':5  by lines 5 to 6', 'shop/web:1.5.0']],
    [
      'a path answers by what it brings',
      'base/kustomization.yaml:3',
      ['by base/app.yaml, which it names', 'Deployment web'],
    ],
    ['a folder as well', 'prod/kustomization.yaml:2', ['by base, which it names', 'ConfigMap settings']],
    [
      'a comment sets nothing',
      'base/kustomization.yaml:1',
      ['Nothing    a comment or an empty line, which sets nothing'],
    ],
    [
      'a value that is set again counts where it is not',
      'base/app.yaml:26',
      ['= debug, which prod/patch.yaml:5:10 sets', /Syncs {6}shop-staging:/, /Reaches {4}1 staging unit/],
    ],
    [
      'what reads it and is not restarted',
      'prod/patch.yaml:5',
      [/Deployment web {2}not restarted for ConfigMap settings/],
    ],
    [
      'a file that a generator reads',
      'base/web.conf:2',
      ['data."web.conf"', /Rolls {6}Deployment web {2}for the hash in the name of files: 2 pods/],
    ],
    ['a name', 'base/app.yaml:4', ['Names      Deployment web: another value makes another object in its place']],
    ['what the API server refuses to change', 'base/app.yaml:8', [/Stops {6}Deployment web {2}the API server refuses/]],
    ['a remote base', 'prod/kustomization.yaml:3', ['Unknown    https://host.example/org/repo at v1']],
    [
      'the manifest of an Application',
      'apps/prod.yaml:5',
      ['Declares   Application shop-prod: 4 objects from prod in'],
    ],
    ['Terraform', 'network/main.tf:1', ['Nothing    Terraform reads its folder as a whole']],
    ['what nothing deploys', 'README.md:1', ['Nothing    nothing that is known here deploys it']],
  ])('%s', async (_, line, expected) => {
    const { stdout, exitCode } = await run([line]);
    for (const part of expected) expect(stdout).toMatch(part);
    expect(exitCode).toBe(0);
  });

  it.each(['text', 'json', 'markdown'])('E09 never shows the value of a Secret, as %s', async format => {
    const { stdout } = await run(['base/app.yaml:33', '--format', format]);
    expect(stdout).toContain('stringData.PASSWORD');
    expect(stdout).not.toContain('hunter2');
  });

  it.each([
    'base/kustomization.yaml:6',
    'base/kustomization.yaml',
    'base/kustomization.yaml:1',
    'base/app.yaml:8',
    'prod/kustomization.yaml:3',
    'apps/prod.yaml:5',
    'README.md:1',
  ])('tells %s as JSON that fits its schema', async place => {
    const schema = await readFile(new URL('../../schemas/reach.schema.json', import.meta.url), 'utf8');
    const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(schema));
    validate(JSON.parse((await run([place, '--format', 'json'])).stdout));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('tells the same as JSON and as Markdown', async () => {
    const { stdout } = await run(['prod/patch.yaml:5', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      file: 'prod/patch.yaml',
      first: 5,
      last: 5,
      fields: [{ object: 'ConfigMap settings', path: 'data.LEVEL', value: 'debug', units: ['app:shop-prod'] }],
      whenItChanges: [{ kind: 'sync' }, { kind: 'update' }, { kind: 'stays', subject: 'Deployment web' }],
    });
    expect(
      (await run(['base/kustomization.yaml:6', '--format', 'markdown'])).stdout,
    ).toBe(`**\`base/kustomization.yaml:6\`**

- Deployment web: \`spec.template.spec.containers.web.image\` = \`shop/web:1.5.0\`

When it changes:

- **Syncs** Argo CD syncs by itself, prunes what is gone
- **Rolls** Deployment web 2 pods, +25\\% / -25\\%, no readiness probe

Reaches 2 units (1 staging, 1 production).
`);
  });

  it('answers for a whole file, a revision and a path from here', async () => {
    const { stdout } = await run(['../base/kustomization.yaml', '--rev', 'HEAD'], `${repository.path}/prod`);
    expect(stdout).toMatch(/^base\/kustomization\.yaml\n/);
    expect(stdout).toContain('= shop/web:1.4.0');
  });
});

describe('explain', () => {
  it('a rule by its page', async () => {
    expect((await run(['siblings-out-of-step'])).stdout).toMatch(/^# siblings-out-of-step\n/);
  });

  it.each([[[]], [['--color', 'never']]])('what is staged: %j', async args => {
    expect((await run(args)).stdout).toMatch(/^LOW {2}staged/);
  });

  it('a commit, with the options of the check', async () => {
    expect((await run(['HEAD', '--format', 'markdown'])).stdout).toMatch(/^\*\*\w+\*\* `[0-9a-f]{8}` Add the shop/);
  });

  it.each([
    [['gone.yaml:3'], 'there is no file gone.yaml'],
    [['README.md:9'], 'README.md has 1 line, and no line 9'],
    [['README.md:1', '--format', 'html'], '--format is text, json or markdown, not html'],
    [['README.md', 'x'], 'x is one argument too many'],
    [['gone'], 'unknown revision gone'],
  ])('refuses %j', async (args, message) => {
    const { stderr, exitCode } = await run(args);
    expect(stderr).toContain(`deploy-lint: ${message}`);
    expect(exitCode).toBe(2);
  });
});
