import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { NO_INPUT } from '../support/io.ts';

const HOME = fileURLToPath(new URL('../..', import.meta.url));

let repository: TestRepository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

async function run(argv: readonly string[], isTTY?: boolean) {
  let stdout = '';
  let stderr = '';
  const exitCode = await main(argv, {
    ...NO_INPUT,
    stdout: { write: text => (stdout += text) },
    stderr: { write: text => (stderr += text), ...(isTTY === undefined ? {} : { isTTY }) },
    cwd: repository.path,
    env: repository.env,
    home: HOME,
    columns: 120,
    isTTY: false,
  });
  return { stdout, stderr, exitCode };
}

const RULE = 'tag-can-move';

const app = (image: string, replicas = 1) => ({
  'app/kustomization.yaml': 'resources: [app.yaml]\n',
  'app/app.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: app}}
  template:
    metadata: {labels: {app: app}}
    spec: {containers: [{name: app, image: "${image}"}]}
`,
});

async function past(range: string, ...more: string[]) {
  const { stdout, exitCode } = await run(['history', range, '--format', 'json', ...more]);
  const { commits, rules } = JSON.parse(stdout);
  const told = commits.map(({ title, level, findings }: { title: string; level: string; findings: unknown[] }) => [
    title,
    level,
    findings.length,
  ]);
  return { told, rules, exitCode };
}

describe('history', () => {
  it('judges each commit as it would be judged by itself, and a merge as one step', async () => {
    repository.commit('Begin', app('shop:1.0.0'));
    repository.commit('Float', app('shop:latest'));
    repository.branch('side');
    repository.commit('Mend', app('shop:1.1.0'));
    repository.commit('Again', app('shop:latest', 2));
    repository.git('checkout', '-q', 'main');
    repository.commit('Pin', app('shop:1.0.0'));
    repository.merge('--strategy=ours', 'side');
    const { told, rules, exitCode } = await past('main~3..main');
    expect(exitCode).toBe(0);
    expect(told).toEqual([
      ['Float', 'medium', 1],
      ['Pin', 'low', 0],
      [expect.stringMatching(/^Merge/), 'none', 0],
    ]);
    expect(rules).toMatchObject([{ rule: RULE, commits: 1, findings: 1 }]);
    const alone = await run(['--commit', 'main~2', '--format', 'json']);
    expect(JSON.parse(alone.stdout).findings.length).toBe(1);
  });

  it('judges by the configuration of the end, or by a draft of another', async () => {
    repository.commit('Begin', app('shop:1.0.0'));
    repository.commit('Float', app('shop:latest'));
    repository.commit('Configure', { '.deploy-lint.yaml': `rules: { ${RULE}: off }\n` });
    repository.write({ 'draft.yaml': `rules: { ${RULE}: info }\n` });
    expect((await past('HEAD~2..HEAD')).told[0]).toEqual(['Float', 'medium', 0]);
    expect((await past('HEAD~2..HEAD', '--config', 'draft.yaml')).rules).toMatchObject([{ severity: 'info' }]);
  });

  it.each([
    [[], 'deploy-lint: history needs a range\n'],
    [['HEAD'], 'deploy-lint: HEAD is no range\n'],
    [['none..HEAD'], 'deploy-lint: unknown revision none\n'],
  ])('%j is refused', async (range, message) => {
    repository.commit('Begin', { 'README.md': '1' });
    const { stderr, exitCode } = await run(['history', ...range]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});
