import type { Result } from '../../src/report/result.ts';
import * as make from '../support/results.ts';
import { shop } from './cluster.ts';
import { STORIES } from './stories.ts';

const COMMIT = 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678';

function commit(title: string, parents: readonly string[] = ['f'.repeat(40)]): Result['subject'] {
  return { kind: 'commit', commit: COMMIT, title, base: undefined, parents };
}

/** Results whose explanation is told in several forms. */
export const EXPLAINED = {
  'explain-major': () => {
    const change = shop('wecare', 'production', { tag: '4.99.11.0', mode: 'live' }, { tag: '5.0.0.0', mode: 'live' });
    const facts = ['php_fpm', 'php_cli'].map((subject, i) =>
      make.fact(change.unit.key, {
        kind: 'image',
        move: 'major',
        subject,
        from: '4.99.11.0',
        to: '5.0.0.0',
        object: make.objectId('Deployment', 'app-web'),
        span: make.spanAt('clients/wecare/shop/overlays/prod/kustomization.yaml', 9 + 2 * i),
      }),
    );
    return make.result({
      subject: commit('[App: wecare] Bump image to 5.0.0.0'),
      units: [{ ...change, facts }],
      verdict: make.verdict('medium', {
        reasons: [make.reason('medium', 'image major', facts)],
        obligations: [
          make.obligation({
            title: 'staging first',
            state: 'unmet',
            evidence: '5.0.0.0 not seen there (4.99.11.0 since 2026-11-20, 9f8e7d6)',
          }),
        ],
      }),
    });
  },
  'explain-configuration': () => {
    const change = shop('wecare', 'staging', { tag: '4.99.11.0', mode: 'live' }, { tag: '4.99.11.0', mode: 'debug' });
    const fact = make.fact(change.unit.key, {
      kind: 'config',
      move: 'configmap',
      subject: 'app-cm: APP_MODE',
      from: 'live',
      to: 'debug',
      object: make.objectId('ConfigMap', 'app-cm', ''),
      span: make.spanAt('clients/wecare/shop/base/app.yaml', 70),
    });
    return make.result({
      subject: commit('Debug staging', ['e'.repeat(40), 'f'.repeat(40)]),
      units: [{ ...change, facts: [fact] }],
      verdict: make.verdict('low', {
        reasons: [make.reason('low', 'configuration', [fact], { why: 'pods that read it are restarted' })],
      }),
    });
  },
  'explain-many-units': () => patch(['acme', 'borealis', 'cobalt', 'delta', 'evergreen']),
  'explain-nothing': () => STORIES['nothing-deploys']?.() ?? make.result(),
} satisfies Readonly<Record<string, () => Result>>;

/** One patch release in the production of as many clients. */
export function manyUnits(number: number): Result {
  return patch(Array.from({ length: number }, (_, i) => `client-${String(i).padStart(3, '0')}`));
}

function patch(clients: readonly string[]): Result {
  const tags = { from: { tag: '4.99.11.0', mode: 'live' }, to: { tag: '4.99.12.0', mode: 'live' } };
  const changes = clients.map(client => {
    const change = shop(client, 'production', tags.from, tags.to);
    const fact = make.fact(change.unit.key, {
      kind: 'image',
      move: 'patch',
      subject: 'php_fpm',
      from: '4.99.11.0',
      to: '4.99.12.0',
      span: make.spanAt('components/shop/kustomization.yaml', 9),
    });
    return { ...change, facts: [fact] };
  });
  const facts = changes.flatMap(change => change.facts);
  return make.result({
    units: changes,
    verdict: make.verdict('low', {
      reasons: [make.reason('low', 'image patch', facts, { why: 'small and easy to take back' })],
    }),
  });
}
