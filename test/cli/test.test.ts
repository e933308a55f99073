import { readFileSync } from 'node:fs';
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

const EXAMPLE = readFileSync(new URL('../../examples/policies/autoscaler.yaml', import.meta.url));

const RULE = 'when: has(object.data.a), message: a is there, why: It hurts., fix: Stop it.';

const test = (expect: string, more = '') =>
  `tests: [{ name: a map, rule: a-danger, object: { kind: ConfigMap, data: { a: x } }, expect: ${expect}${more} }]\n`;

describe('deploy-lint test', () => {
  it('passes the example', async () => {
    repository.write({ 'policies/autoscaler.yaml': EXAMPLE, 'policies/other.yaml': 'apiVersion: v1\nkind: List\n' });
    expect(await run('test')).toEqual({ stdout: '4 tests: all passed\n', stderr: '', exitCode: 0 });
  });

  it('shows both values where a rule says something else', async () => {
    repository.write({
      '.deploy-lint.yaml': `rules: { a-danger: { ${RULE} } }\n`,
      'policies/a.yaml': test('finding'),
      'policies/b.yaml': test('finding', ', message: b is there'),
      'more/c.yaml': test('none'),
    });
    expect(await run('test')).toEqual({
      stdout: [
        'failed  a map  a-danger  policies/b.yaml:1:9',
        '  expected  finding: b is there',
        '  but got   finding: a is there',
        '',
        '2 tests: 1 failed',
        '',
      ].join('\n'),
      stderr: '',
      exitCode: 1,
    });
    expect(await run('test', 'policies/a.yaml')).toMatchObject({ stdout: '1 test: all passed\n', exitCode: 0 });
    expect(await run('test', 'more/c.yaml')).toMatchObject({ exitCode: 1 });
  });

  it.each([
    ['rules: { a-danger: { when: "true" } }', 'policies/a.yaml:1:20: rules.a-danger lacks why'],
    [`rules: { tag-can-move: { ${RULE} } }`, 'there is a rule tag-can-move already'],
    [`rules: { A_Danger: { ${RULE} } }`, 'policies/a.yaml:1:10: A_Danger is no id of a rule'],
    [
      `rules: { a-danger: { ${RULE}, sverity: info } }`,
      'there is no setting in rules.a-danger: sverity\n  Did you mean severity?',
    ],
    [test('finding'), 'policies/a.yaml:1:30: there is no rule a-danger'],
    [test('finding', ', mesage: x'), 'Did you mean message?'],
  ])('%j cannot be used', async (text, message) => {
    repository.write({ 'policies/a.yaml': text });
    const { stderr, exitCode } = await run('test');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('the rules of a team', () => {
  const APP = { 'app/kustomization.yaml': 'resources: [config.yaml]\n' };
  const config = (data: string) => ({
    'app/config.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app}\ndata: ${data}\n`,
  });

  it('judge a commit as those of the catalogue do, from the tree before it', async () => {
    repository.commit('Begin', { ...APP, ...config('{b: x}') });
    repository.commit('Write a rule', { 'policies/a.yaml': `rules: { a-danger: { severity: error, ${RULE} } }\n` });
    repository.commit('Break it', { ...config('{a: x}'), 'policies/a.yaml': 'rules: {}\n' });
    const { stdout, exitCode } = await run('--commit', 'HEAD');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('error  a-danger');
    expect(stdout).toContain('a is there');
  });

  it('can be silenced by configuration and comment, and those are found where they are of no use', async () => {
    repository.commit('Begin', {
      ...APP,
      ...config('\n  # deploy-lint: allow a-danger until 2026-12-31 - the old shop reads it\n  a: x'),
      '.deploy-lint.yaml': 'rules: { b-danger: off }\n',
      'policies/a.yaml': `rules:\n  a-danger: { ${RULE}, field: data.a }\n  b-danger: { ${RULE} }\n`,
    });
    const { stdout, exitCode } = await run('--all', '--format', 'json');
    const { findings, allowed } = JSON.parse(stdout);
    expect(exitCode).toBe(0);
    expect(findings).toEqual([]);
    expect(allowed).toMatchObject([{ finding: { rule: 'a-danger' } }]);
  });

  it('have to be readable in the commit that changes them', async () => {
    repository.commit('Begin', { ...APP, ...config('{b: x}') });
    repository.commit('Write a rule', { 'policies/a.yaml': `rules: { a-danger: { ${RULE.replace('has', 'hs')} } }\n` });
    expect(await run('--commit', 'HEAD')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("policies/a.yaml:1:28: found no matching overload for 'hs(dyn)'"),
    });
  });
});
