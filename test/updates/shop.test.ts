import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from './shop.ts';

const schema = (name: string) =>
  new Ajv2020({ allowUnionTypes: true, strictTypes: false }).compile(
    JSON.parse(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), 'utf8')),
  );
const [validate, validateList] = [schema('updates'), schema('apps')];

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

describe('the sample', () => {
  it('is checked', async () => {
    const { stdout, stderr, exitCode } = await shop.run('updates');
    expect(stderr).toBe('');
    await expect(stdout).toMatchFileSnapshot('golden/check.txt');
    expect(exitCode).toBe(0);
  });

  it('is told as JSON and as Markdown', async () => {
    const { stdout } = await shop.run('updates', '--offline', '--format', 'json');
    const report: unknown = JSON.parse(stdout);
    expect(validate(report)).toBe(true);
    expect(report).toMatchObject({
      components: expect.arrayContaining([
        expect.objectContaining({
          name: 'keda',
          class: 'needs-a-human',
          allowed: expect.objectContaining({ version: '2.17.0', notes: 'https://github.com/example/keda/releases' }),
        }),
      ]),
    });
    const { stdout: markdown } = await shop.run('updates', 'reloader', '--offline', '--format', 'markdown');
    expect(markdown.split('\n')[2]).toBe(
      '| reloader | `2.0.0` | `2.1.3` | `2.1.3` | needs-a-human | a minor, whose content is not in this repository |',
    );
  });

  it('has a list proposed that the schema takes, and that names what is not listed alone', async () => {
    const { stdout, exitCode } = await shop.run('updates', '--init');
    await expect(stdout).toMatchFileSnapshot('golden/init.txt');
    expect(validateList(load(stdout))).toBe(true);
    expect(exitCode).toBe(0);
  });

  it.each([
    [['updates', 'kedda'], 'the list has no kedda\n  Did you mean keda?'],
    [['updates', '--dry-run'], '--dry-run goes with --apply'],
    [['updates', '--apply', '--format', 'json'], '--format does not go with --apply'],
    [['updates', '--format', 'xml'], '--format is text, json or markdown, not xml'],
  ])('refuses %j', async (argv, message) => {
    expect(await shop.run(...argv)).toMatchObject({ stdout: '', stderr: `deploy-lint: ${message}\n`, exitCode: 2 });
  });

  it('is not touched while it has changes that are not committed', async () => {
    shop.repository.write({ 'docs/oncall.md': 'changed' });
    const { stderr, exitCode } = await shop.run('updates', 'cert-manager', '--offline', '--apply');
    shop.repository.git('checkout', '--quiet', 'docs/oncall.md');
    expect(stderr).toMatch(
      /has changes that are not committed: docs\/oncall\.md\n .* would touch manifests_v1\/argocd\/platform\/cert-manager\.yaml and the list/,
    );
    expect(exitCode).toBe(2);
  });

  it('keeps what is changed by hand only, and says so of what is named', async () => {
    const { stdout, exitCode } = await shop.run('updates', 'longhorn', '--offline', '--apply');
    expect(stdout).toMatch(/^left +longhorn +manual-only; the list has it changed by hand only/);
    expect(exitCode).toBe(0);
  });

  it('is as it was where the lint does not let an update through', async () => {
    const { repository } = shop;
    repository.branch('strict');
    repository.commit('Be strict', { '.deploy-lint.yaml': 'gate:\n  acknowledge: [low]\n' });
    const { stdout, exitCode } = await shop.run('updates', 'cert-manager', '--offline', '--apply');
    expect(stdout).toContain('low risk (chart patch, component patch), which the message does not acknowledge');
    expect(stdout).toContain('nothing is committed');
    expect(exitCode).toBe(1);
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(repository.git('log', '-1', '--format=%s')).toBe('Be strict');
    repository.git('checkout', '--quiet', 'main');
  });

  it('is shown every change and left as it is', async () => {
    const before = shop.repository.git('count-objects', '-v');
    const { stdout, exitCode } = await shop.run(
      'updates',
      'ingress-nginx',
      'reloader',
      'hcloud',
      '--apply',
      '--dry-run',
    );
    await expect(stdout.replace(/^index .*$/gm, 'index ...')).toMatchFileSnapshot('golden/dry-run.txt');
    expect(exitCode).toBe(0);
    expect(shop.repository.git('status', '--porcelain')).toBe('');
    expect(shop.repository.git('count-objects', '-v')).toBe(before);
  });

  it('gets one commit for all where that is asked for', async () => {
    const { repository } = shop;
    repository.branch('together');
    const { stdout, exitCode } = await shop.run(
      'updates',
      'external-dns',
      'reloader',
      '--offline',
      '--apply',
      '--one-commit',
    );
    expect(stdout).toMatch(/\n1 commit; nothing is pushed\./);
    expect(exitCode).toBe(0);
    const log = repository.git('log', '--format=%B', 'main..');
    expect(log.replaceAll(shop.server.url, 'http://upstream.example')).toBe(`[Automation] Bump reloader, external-dns

reloader: 2.0.0 -> 2.1.3
  Found at http://upstream.example/charts reloader, published on 2025-06-01.
  Release notes: https://github.com/example/reloader/releases
external-dns: 1.15.0 -> 1.15.2
  Found at http://upstream.example/charts external-dns, published on 2025-06-01.
  Release notes: https://github.com/example/external-dns/releases

deploy-lint: medium risk (chart minor).
To go back, revert this commit.
`);
    expect(repository.git('status', '--porcelain')).toBe('');
    repository.git('checkout', '--quiet', 'main');
  });

  it('gets a commit for each safe update, which changes versions alone and passes the check', async () => {
    const start = shop.repository.git('rev-parse', 'HEAD');
    const { stdout, exitCode } = await shop.run('updates', '--apply');
    const log = shop.repository.git('log', '--reverse', '--format=%B', `${start}..`);
    const told = `${stdout.replace(/\b[0-9a-f]{8,12}\b/g, 'COMMIT')}\n${log}\n`;
    await expect(told.replaceAll(shop.server.url, 'http://upstream.example')).toMatchFileSnapshot('golden/apply.txt');
    expect(exitCode).toBe(0);
    expect(shop.repository.git('status', '--porcelain')).toBe('');
    expect(await shop.run('--from', start, '--to', 'HEAD')).toMatchObject({ exitCode: 0 });
    const words = shop.repository
      .git('diff', '--word-diff=porcelain', '--word-diff-regex=[A-Za-z0-9.]+', start)
      .split('\n');
    const changed = words.filter(line => /^[-+](?![-+])/.test(line));
    expect(changed.filter(line => !/^[-+]v?\d+(?:\.\d+)+$/.test(line))).toEqual([]);
  });
});
