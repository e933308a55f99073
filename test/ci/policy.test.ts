import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BAD, DATABASE, SAID_BAD, TAG } from '../gate/shop.ts';
import * as fc from '../support/properties.ts';
import { createPipeline, type Pipeline, type Ran } from './pipeline.ts';

let shop: Pipeline;
beforeEach(() => {
  shop = createPipeline();
});
afterEach(() => shop.cleanup());

function propose(message: string, files: Record<string, string>): Promise<Ran> {
  shop.git('checkout', '--quiet', '-B', 'bump', 'origin/main');
  shop.commit(message, files);
  return shop.ci(shop.pullRequest('bump'));
}

function land(files: Record<string, string>): void {
  shop.git('checkout', '--quiet', 'main');
  shop.commit('Set it up', files);
  shop.git('push', '--quiet', 'origin', 'main');
}

const OFF = 'rules: { tag-is-a-number: off }\n';
const KNOWN = `findings:
  - {"rule":"tag-is-a-number","unit":"shop-staging","object":"shop/staging/kustomization.yaml","field":"x"}
`;
/** A mistake that says of itself that it is none. */
const ALLOWED = {
  'shop/staging/kustomization.yaml': `resources: [../base]
images:
  - name: registry.example/shop
    newTag: 1.10 # deploy-lint: allow tag-is-a-number until 2026-12-31 by shop - the registry has it so
`,
};

describe('G01 the policy of a change', () => {
  it.each<[string, Record<string, string>]>([
    ['switches the rule off', { '.deploy-lint.yaml': OFF }],
    ['under another name', { 'deploy-lint.config.yaml': OFF }],
    ['knows the finding', { '.deploy-lint-baseline.yaml': KNOWN }],
    ['brings rules of its own', { 'policies/a.yaml': 'rules: {}\n' }],
    ['asks for less', { '.deploy-lint.yaml': 'gate: { prePush: [], branches: [other] }\n' }],
  ])('that %s does not judge it, and is an error of its own', async (_name, files) => {
    const { status, words, outputs } = await propose('Bump', { ...BAD, ...files });
    expect(status).toBe(1);
    expect(words).toContain(`error ${SAID_BAD}`);
    expect(words).toContain('error policy-changed');
    expect(outputs).toMatchObject({
      autoMergeBars: 'stopped,errors,policy,risk',
      labels: expect.stringContaining('deploy-lint/policy'),
    });
  });

  it('is shown by what it would have said', async () => {
    const { words, summary } = await propose('Bump', { ...BAD, '.deploy-lint.yaml': OFF });
    expect(words).toContain(
      'by the policy that this change brings: high risk, without error tag-is-a-number shop/staging',
    );
    expect(summary).toContain('**policy** By the policy that this change brings');
  });

  it('passes once a message answers for it, where the policy before lets one', async () => {
    const message = 'Set it up\n\nDeploy-Lint-Ack: policy-changed - the team starts with this';
    expect(await propose(message, { '.deploy-lint.yaml': OFF })).toMatchObject({
      status: 0,
      outputs: { passes: 'true', autoMergeable: 'false', autoMergeBars: 'errors,policy' },
    });
    land({ '.deploy-lint.yaml': 'gate: { acknowledge: [high] }\n' });
    expect(await propose(message, { '.deploy-lint.yaml': OFF })).toMatchObject({ status: 1 });
  });

  it('is a mistake where it is removed', async () => {
    land({ '.deploy-lint.yaml': OFF });
    shop.git('checkout', '--quiet', '-B', 'bump', 'origin/main');
    shop.remove('.deploy-lint.yaml');
    shop.commit('Take it away');
    expect(await shop.ci(shop.pullRequest('bump'))).toMatchObject({
      status: 1,
      words: expect.stringContaining('.deploy-lint.yaml is removed: rules.tag-is-a-number "off" -> not set'),
    });
  });

  it('as a symbolic link is read from the tree, or refused', async () => {
    land({ '.deploy-lint.yaml': 'gate: { prePush: [error] }\n' });
    shop.git('checkout', '--quiet', '-B', 'bump', 'origin/main');
    rmSync(join(shop.path, '.deploy-lint.yaml'));
    symlinkSync('docs/policy.yaml', join(shop.path, '.deploy-lint.yaml'));
    shop.commit('Move it', { 'docs/policy.yaml': OFF, ...BAD });
    const { status, words } = await shop.ci(shop.pullRequest('bump'));
    expect(status).toBe(1);
    expect(words).toContain('error policy-changed');
    expect(words).toContain(`error ${SAID_BAD}`);
  });

  it('in a folder below, or in a file of another tool, is no policy', async () => {
    const files = {
      'shop/.deploy-lint.yaml': OFF,
      '.deploy-lintignore': '*\n',
      'package.json': '{ "deploy-lint": { "rules": { "tag-is-a-number": "off" } } }',
      '.env': 'DEPLOY_LINT_CONFIG=shop/.deploy-lint.yaml\n',
    };
    const { status, words } = await propose('Bump', { ...BAD, ...files });
    expect(status).toBe(1);
    expect(words).toContain(`error ${SAID_BAD}`);
    expect(words).not.toContain('policy-changed');
  });

  it('G03 that holds a command, an address or an unknown key is refused', async () => {
    for (const text of [
      'extends: https://example.com/x.yaml\n',
      'command: touch pwned\n',
      'rules: { no-such-rule: off }\n',
    ]) {
      expect(await propose('Bump', { '.deploy-lint.yaml': text })).toMatchObject({ status: 2, stdout: '' });
    }
  });

  it('G03 takes a variable of the environment for its letters, and is never a program', async () => {
    land({
      '.deploy-lint.yaml': 'gate: { branches: ["${GITHUB_BASE_REF}", "$(touch pwned)"] }\n',
      'deploy-lint.config.js': 'require("node:fs").writeFileSync("pwned", "");\n',
      'policies/a.js': 'require("node:fs").writeFileSync("pwned", "");\n',
    });
    const ran = await propose('Raise the database', DATABASE('11.4.2'));
    expect(ran).toMatchObject({ status: 0, words: expect.stringContaining('main does not deploy') });
    expect(existsSync(join(shop.path, 'pwned'))).toBe(false);
  });

  it('P9 changes nothing of what the change itself is told', async () => {
    const told = ({ stdout }: Ran) =>
      stdout.split('\n').filter(line => /^(?:HIGH|medium|low|error {2}(?!policy))/.test(line));
    const change = { ...BAD, ...DATABASE('11.4.2') };
    const alone = await propose('Bump', change);
    const rule = fc.constantFrom('tag-is-a-number', 'major-tag-not-on-staging', 'siblings-out-of-step');
    const severity = fc.constantFrom('off', 'info', 'warning', 'error');
    const policy = fc.record(
      {
        rules: fc.dictionary(rule, severity),
        gate: fc.constantFrom({ prePush: [] }, { branches: ['none'] }, { acknowledge: [] }),
        risks: fc.constant([{ level: 'low' }]),
        environments: fc.constant({ production: ['never'] }),
      },
      { requiredKeys: [] },
    );
    for (const sample of fc.sample(policy, { numRuns: 4, seed: 7 })) {
      const ran = await propose('Bump', { ...change, '.deploy-lint.yaml': JSON.stringify(sample) });
      expect([ran.status, told(ran)]).toEqual([alone.status, told(alone)]);
    }
  });
});

describe('G02 what a change allows itself', () => {
  it('does not count, and is told', async () => {
    const { status, words } = await propose('Bump', ALLOWED);
    expect(status).toBe(1);
    expect(words).toContain(`error ${SAID_BAD}`);
    expect(words).toContain('tag-is-a-number is allowed by the change that brings it: the registry has it so');
  });

  it('counts once a message answers for it, and is still listed', async () => {
    const { status, words } = await propose(
      'Bump\n\nDeploy-Risk: high\nDeploy-Lint-Ack: policy-changed - the registry cannot be mended',
      ALLOWED,
    );
    expect(status).toBe(0);
    expect(words).not.toContain(`error ${SAID_BAD}`);
    expect(words).toContain('the registry has it so');
  });

  it('counts no more once its day is over, and says who renews it', async () => {
    land(ALLOWED);
    shop.git('checkout', '--quiet', '-B', 'bump', 'origin/main');
    shop.commit('Bump', {
      'shop/staging/kustomization.yaml': `${ALLOWED['shop/staging/kustomization.yaml']}# again\n`,
    });
    const later = { now: new Date('2027-01-01T00:00:00Z') };
    const { words } = await shop.ci(shop.pullRequest('bump'), later);
    expect(words).not.toContain('allowed  tag-is-a-number');
    const tree = {
      ...shop.github('schedule', shop.git('rev-parse', 'main').trim(), {}),
      GITHUB_REF: 'refs/heads/main',
    };
    const { status, words: told } = await shop.ci(tree, later);
    expect(status).toBe(1);
    expect(told).toContain('tag-is-a-number was allowed until 2026-12-31, and is not since then');
    expect(told).toContain('have shop renew it: until 2027-04-01');
  });

  it('has a budget that the change cannot raise for itself', async () => {
    land({ '.deploy-lint.yaml': 'allowances: { most: 0 }\n' });
    const acknowledged = 'Bump\n\nDeploy-Risk: high\nDeploy-Lint-Ack: policy-changed - it is known';
    const files = { ...ALLOWED, '.deploy-lint.yaml': 'allowances: { most: 9 }\n' };
    const { status, words } = await propose(acknowledged, files);
    expect(status).toBe(1);
    expect(words).toContain(
      'error too-many-allowances 1 allowance in this repository, where 0 may be: tag-is-a-number at shop/staging/kustomization.yaml:4',
    );
  });

  it('counts for a later change', async () => {
    land(ALLOWED);
    const { status, words } = await propose('Bump', { ...TAG('prod', '1.5.1') });
    expect(status).toBe(0);
    expect(words).not.toContain('policy-changed');
  });
});
