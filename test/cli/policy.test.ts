import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { runMain } from '../support/io.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

function run(...argv: string[]) {
  return runMain(argv, { cwd: repository.path, env: repository.env, home: '', columns: 120 });
}

const TWICE = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app}\ndata:\n  a: "1"\n  a: "2"\n';

describe('config', () => {
  it('tells each value and where it is written', async () => {
    repository.commit('Configure', {
      '.deploy-lint.yaml':
        'dns:\n  zones: [shop.example]\nrules:\n  duplicate-key: error\n  config-change-not-picked-up: { auto-reload-all: true }\n',
    });
    repository.write({ '.deploy-lint.yaml': 'versions: later.yaml\n' });
    repository.git('add', '--all');
    const { stdout, exitCode } = await run('config');
    expect(exitCode).toBe(0);
    const line = (name: string) =>
      stdout
        .split('\n')
        .find(text => text.startsWith(`${name} `))
        ?.split(/ {2,}/);
    expect(line('dns.zones')).toEqual(['dns.zones', '.deploy-lint.yaml:2:10', '["shop.example"]']);
    expect(line('rules.duplicate-key.severity')?.slice(1)).toEqual(['.deploy-lint.yaml:4:18', 'error']);
    expect(line('rules.config-change-not-picked-up.auto-reload-all')?.slice(1)).toEqual([
      '.deploy-lint.yaml:5:51',
      'true',
    ]);
    expect(line('rules.config-change-not-picked-up.severity')?.slice(1)).toEqual(['default', 'error']);
    expect(line('versions')?.slice(1)).toEqual(['default', 'scripts/apps.yaml']);
    const json: { name: string }[] = JSON.parse((await run('config', '--format', 'json')).stdout);
    expect(json.find(({ name }) => name === 'dns.zones')).toEqual({
      name: 'dns.zones',
      value: ['shop.example'],
      from: '.deploy-lint.yaml:2:10',
    });
  });
});

it('config tells the rules of the team as well', async () => {
  const rule = 'when: "true", message: bad, why: It hurts., fix: Stop it.';
  repository.commit('Configure', { 'policies/a.yaml': `rules:\n  a-danger: { severity: error, ${rule} }\n` });
  const { stdout } = await run('config');
  expect(stdout).toMatch(/^rules\.a-danger\.severity +default +error$/m);
  expect(stdout).toMatch(/^rules\.a-danger\.when +policies\/a\.yaml:2:38 +true$/m);
});

describe('the baseline', () => {
  it('is written by its own option only, and counts once it is staged', async () => {
    repository.commit('Start', { 'app.yaml': TWICE });
    expect((await run('--write-baseline')).stderr).toContain('--write-baseline needs --all');
    expect((await run('--all')).stdout).toContain('duplicate-key');
    expect(await run('--all', '--write-baseline')).toMatchObject({
      exitCode: 0,
      stdout: '1 finding in .deploy-lint-baseline.yaml: commit it, and only what comes later is reported\n',
    });
    expect((await run('--all')).stdout).toContain('duplicate-key');
    repository.git('add', '--all');
    const { stdout } = await run('--all');
    expect(stdout).not.toContain('duplicate-key');
    expect(stdout).toContain('1 finding that is in the baseline');
    const written = readFileSync(join(repository.path, '.deploy-lint-baseline.yaml'), 'utf8');
    await run('--all', '--write-baseline');
    expect(readFileSync(join(repository.path, '.deploy-lint-baseline.yaml'), 'utf8')).toBe(written);
  });
});

describe('an allowance', () => {
  const ALLOWED = TWICE.replace(
    '  a: "2"',
    '  # deploy-lint: allow duplicate-key until 2026-12-31 - the old reader takes the first\n  a: "2"',
  );

  it('is told, and told apart where the change itself brings it', async () => {
    repository.commit('Start', { 'app.yaml': TWICE.replace('  a: "2"\n', '') });
    repository.write({ 'app.yaml': ALLOWED });
    repository.git('add', '--all');
    const { stdout, exitCode } = await run('--fail-level', 'warning');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      'allowed  duplicate-key at app.yaml:7:3 by this change until 2026-12-31: the old reader takes the first',
    );
    const report = JSON.parse((await run('--format', 'json')).stdout);
    expect(report.findings).toEqual([]);
    expect(report.allowed).toMatchObject([
      {
        finding: { rule: 'duplicate-key' },
        by: { until: '2026-12-31', owner: null, reason: 'the old reader takes the first', location: { line: 6 } },
        new: true,
      },
    ]);
  });

  it('is a finding of a whole tree where it allows nothing', async () => {
    repository.commit('Start', {
      'app.yaml': ALLOWED.replace('  a: "2"\n', ''),
      'kustomization.yaml': 'resources: [app.yaml] # deploy-lint: allow file-not-in-tree until 2026-03-15 - it comes\n',
    });
    const { stdout } = await run('--all');
    expect(stdout).toContain('duplicate-key is allowed here and finds nothing');
    expect(stdout).toContain('file-not-in-tree was allowed until 2026-03-15');
    await run('--all', '--write-baseline');
    repository.git('add', '--all');
    expect((await run('--all')).stdout).toContain('2 findings that are in the baseline');
  });
});
