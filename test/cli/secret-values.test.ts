import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { runMain } from '../support/io.ts';

const HOME = resolve(import.meta.dirname, '../..');

let repository: TestRepository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

const KUSTOMIZATION = `resources: [app.yaml, secret.yaml]
secretGenerator:
  - name: generated
    envs: [secret.env]
`;
const APP = `apiVersion: apps/v1
kind: Deployment
metadata: { name: app }
spec:
  selector: { matchLabels: { app: app } }
  template:
    metadata: { labels: { app: app } }
    spec:
      containers:
        - { name: app, image: "app:1.0.0", envFrom: [{ secretRef: { name: plain } }, { secretRef: { name: generated } }] }
`;
const secret = (value: string) => `apiVersion: v1
kind: Secret
metadata: { name: plain }
data: { encoded: ${Buffer.from(value).toString('base64')} }
stringData:
  text: ${value}
  file.yaml: |
    password: ${value}
`;

/** Everything that is printed where a secret of the value takes the place of the one before. */
async function printed(value: string, args: readonly string[]): Promise<string> {
  repository.write({ 'app/secret.yaml': secret(value), 'app/secret.env': `PASSWORD=${value}\n` });
  repository.git('add', '--all');
  const { stdout, stderr } = await runMain(args, { cwd: repository.path, env: repository.env, home: HOME });
  // The name that kustomize gives is a digest of the content, in the cluster too.
  return (stdout + stderr).replaceAll(/generated-[a-z0-9]{10}/g, 'generated-HASH');
}

describe('P8: what is printed does not depend on the value of a Secret', () => {
  const formats = ['text', 'json', 'jsonl', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle', 'rdjson', 'dotenv'];
  it.each([
    ...formats.map(format => ['--format', format]),
    ...['text', 'json', 'markdown', 'html'].map(format => ['--explain', '--format', format]),
    ['--all'],
  ])('%s %s %s', async (...args) => {
    repository.commit('one', {
      'app/kustomization.yaml': KUSTOMIZATION,
      'app/app.yaml': APP,
      'app/secret.yaml': secret('first-first-first'),
      'app/secret.env': 'PASSWORD=first-first-first\n',
    });
    const asked = args.filter(arg => arg !== undefined);
    const [one, other] = [await printed('correct-horse-42', asked), await printed('battery-staple-7', asked)];
    expect(one).not.toBe('');
    expect(one).toBe(other);
    expect(one).not.toMatch(/correct-horse|Y29ycmVjdC1ob3Jz/);
  });
});
