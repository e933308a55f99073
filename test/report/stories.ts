import type { Result } from '../../src/report/result.ts';
import * as make from '../support/results.ts';

/** What people see, as results; the goldens beside this file are named after these. */
export const STORIES: Readonly<Record<string, () => Result>> = {
  'quiet-pass': () => {
    const { units, facts } = imageBump('4.99.11.0-wecare', 'patch', ['staging', 'production']);
    return make.result({
      units,
      verdict: make.verdict('low', { reasons: [make.reason('low', 'image patch', facts)] }),
      files: seen('clients/wecare/adveshop4/base/kustomization.yaml'),
    });
  },
  'several-low-changes': () => {
    const { units, facts } = imageBump('4.99.11.0-wecare', 'patch', ['staging', 'production']);
    const env = facts.slice(0, 2).map(({ unit }) =>
      make.fact(unit, {
        kind: 'env',
        move: 'added',
        subject: 'FEATURE_SEARCH',
        to: 'on',
        object: make.objectId('Deployment', 'app-web'),
        span: make.spanAt('clients/wecare/adveshop4/base/app.yaml', 31),
      }),
    );
    return make.result({
      units,
      verdict: make.verdict('low', {
        reasons: [make.reason('low', 'image patch', facts), make.reason('low', 'new variable', env)],
      }),
      files: {
        ...seen('clients/wecare/adveshop4/base/app.yaml', 'README.md'),
        skipped: [{ path: 'README.md', reason: 'no unit reads it' }],
      },
    });
  },
  'nothing-deploys': () => make.result({ files: seen('README.md', 'docs/oncall.md') }),
  'nothing-staged': () => make.result(),
  'nothing-changes-in-the-cluster': () =>
    make.result({
      units: [make.unitChange(make.unit('wecare', 'adveshop4', 'production'), [])],
      files: seen('clients/wecare/adveshop4/base/app.yaml'),
    }),
  'tree-without-findings': () =>
    make.result({
      subject: { kind: 'tree', commit: undefined, title: undefined, base: undefined, parents: [] },
      units: [make.unitChange(make.unit('wecare', 'adveshop4', 'production'), [])],
    }),
  mistake: () => {
    const { units, facts } = imageBump('4.99.11.0-wecare', 'patch', ['production']);
    return make.result({
      units,
      verdict: make.verdict('low', { reasons: [make.reason('low', 'image patch', facts)] }),
      findings: [
        make.finding(
          make.spanIn('clients/wecare/adveshop4/base/kustomization.yaml', KUSTOMIZATION, '4.99.10.0-wecare'),
          {
            units: ['app-wecare-adveshop4-prod'],
          },
        ),
      ],
    });
  },
  'risk-with-obligations': () => {
    const { units, facts } = imageBump('5.0.0.0-wecare', 'major', ['production']);
    return make.result({
      units,
      verdict: make.verdict('medium', {
        reasons: [make.reason('medium', 'image major', facts)],
        obligations: [
          make.obligation({
            title: 'staging first',
            state: 'unmet',
            evidence: '5.0.0.0-wecare has not been on staging (there: 4.99.11.0-wecare)',
          }),
          make.obligation({
            title: 'database migration',
            state: 'unknown',
            evidence: 'a major may need one; the image cannot be read from here',
          }),
        ],
        consult: ['db-manager'],
      }),
    });
  },
  'one-base-many-units': () => {
    const clients = ['acme', 'borealis', 'cobalt', 'delta', 'evergreen', 'fjord'];
    const units = clients.map(client => make.unit(client, 'shop', 'production'));
    const bump = (key: string, to: string, line: number) =>
      make.fact(key, {
        kind: 'image',
        move: 'minor',
        subject: 'nginx',
        from: '1.27.4',
        to,
        span: make.spanAt(
          line === 7 ? 'components/nginx/kustomization.yaml' : 'clients/fjord/shop/prod/kustomization.yaml',
          line,
        ),
      });
    const facts = units.map(({ key, client }) =>
      client === 'fjord' ? bump(key, '1.29.0', 12) : bump(key, '1.28.0', 7),
    );
    return make.result({
      units: units.map((unit, i) => make.unitChange(unit, facts.slice(i, i + 1))),
      verdict: make.verdict('low', { reasons: [make.reason('low', 'image minor', facts)] }),
    });
  },
  unknown: () => {
    const mintmaker = make.unit('konflux', 'mintmaker', 'production');
    const span = make.spanAt('components/mintmaker/production/kustomization.yaml', 5);
    const moved = make.fact(mintmaker.key, {
      kind: 'remote',
      move: 'moved',
      subject: 'github.com/konflux-ci/mintmaker/config/default',
      from: '3f2a9c1',
      to: '8d41b77',
      span,
    });
    return make.result({
      units: [make.unitChange(mintmaker, [moved])],
      verdict: make.verdict('medium', {
        reasons: [
          make.reason('medium', 'remote base moved', [moved], { why: 'what it brings cannot be seen from here' }),
        ],
      }),
      unknowns: [
        {
          what: 'remote-base-moved',
          why: 'The content of github.com/konflux-ci/mintmaker/config/default at 8d41b77 is not in this repository, so what changes in the cluster is not known from here (treated as medium).',
          hint: 'git -C <clone of mintmaker> diff 3f2a9c1 8d41b77 -- config/default',
          span,
          units: [mintmaker.key],
        },
      ],
    });
  },
  incomplete: () =>
    make.result({
      incomplete: [
        {
          what: 'file-too-large',
          why: 'dashboards.yaml has 61 MB and more than 50 MB are not read.',
          hint: undefined,
          span: make.spanAt('monitoring/dashboards.yaml', 1),
          units: [],
        },
      ],
      files: {
        seen: ['monitoring/dashboards.yaml'],
        analysed: [],
        skipped: [{ path: 'monitoring/dashboards.yaml', reason: 'too large' }],
      },
    }),
  'mistakes-alike': () => {
    const units = ['acme', 'borealis'].map(client => make.unit(client, 'shop', 'production'));
    const text = 'spec:\n  containers:\n    - name: web\n    - name: side\n';
    const without = (file: string, name: string, unit: string) =>
      make.finding(make.spanIn(file, text, `- name: ${name}`), {
        rule: 'rollout-without-readiness',
        severity: 'warning',
        message: `container ${name} has no readinessProbe`,
        why: 'A rollout goes on as soon as the container runs, whether it can answer or not.',
        fix: 'Give the container a readinessProbe.',
        units: [unit],
      });
    return make.result({
      subject: { kind: 'tree', commit: undefined, title: undefined, base: undefined, parents: [] },
      units: units.map(unit => make.unitChange(unit, [])),
      findings: [
        without('clients/acme/shop/app.yaml', 'web', 'app-acme-shop-prod'),
        without('clients/borealis/shop/app.yaml', 'web', 'app-borealis-shop-prod'),
        without('clients/borealis/shop/app.yaml', 'side', 'app-borealis-shop-prod'),
      ],
    });
  },
  merge: () => {
    const { units, facts } = imageBump('5.0.0.0-wecare', 'major', ['production']);
    const parents = ['c0ffee00e5f60718293a4b5c6d7e8f9012345678', 'b2c3d4e5f60718293a4b5c6d7e8f901234567890'];
    const commit = 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678';
    return make.result({
      subject: { kind: 'commit', commit, title: 'Merge the bump', base: undefined, parents },
      units,
      verdict: make.verdict('medium', { reasons: [make.reason('medium', 'image major', facts)] }),
      commits: [make.commitLine(commit, 'Merge the bump', 'none')],
    });
  },
  range: () => {
    const { units, facts } = imageBump('5.0.0.0-wecare', 'major', ['staging', 'production']);
    return make.result({
      subject: {
        kind: 'range',
        commit: 'b2c3d4e5f60718293a4b5c6d7e8f901234567890',
        title: 'Bump wecare on production',
        base: 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678',
        parents: [],
      },
      units,
      verdict: make.verdict('medium', { reasons: [make.reason('medium', 'image major', facts)] }),
      commits: [
        make.commitLine('c0ffee00e5f60718293a4b5c6d7e8f9012345678', 'Say who is on call', 'none'),
        make.commitLine('b2c3d4e5f60718293a4b5c6d7e8f901234567890', '[App: wecare] Bump image', 'medium', {
          errors: 2,
        }),
      ],
    });
  },
};

const KUSTOMIZATION = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - app.yaml
images:
  - name: ecommercen/adveshop4-php_fpm
    newTag: 4.99.11.0-wecare
  - name: ecommercen/adveshop4-php_cli
    newTag: 4.99.10.0-wecare
`;

function imageBump(to: string, move: 'patch' | 'major', environments: readonly ('staging' | 'production')[]) {
  const units = environments.map(environment => make.unit('wecare', 'adveshop4', environment));
  const perUnit = units.map(({ key }) =>
    ['php_fpm', 'php_cli'].map((subject, i) =>
      make.fact(key, {
        kind: 'image',
        move,
        subject,
        from: '4.99.10.0-wecare',
        to,
        span: make.spanAt('clients/wecare/adveshop4/base/kustomization.yaml', 13 + 2 * i),
      }),
    ),
  );
  return { units: units.map((unit, i) => make.unitChange(unit, perUnit[i] ?? [])), facts: perUnit.flat() };
}

function seen(...files: readonly string[]) {
  return { seen: files, analysed: files, skipped: [] };
}
