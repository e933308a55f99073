import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { APPLICATIONS, filesOf, openShop, type Shop } from '../support/landed-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.reset());
afterAll(() => shop.close());

describe('deploy-lint landed, where it is not sure that this is the cluster', () => {
  it.each([
    ['is the one that is expected', 'uid-of-this', 0, ''],
    [
      'is another one',
      'uid-of-another',
      2,
      'leads to the cluster uid-of-another, which observe.clusters does not name',
    ],
    ['does not say which one it is', undefined, 3, 'is not known: no permission to read Namespace (403)'],
  ])('H04 asks a cluster that %s', async (_, uid, code, message) => {
    const expected = join(shop.repository.path, '..', 'expected.yaml');
    writeFileSync(expected, 'observe: { clusters: [uid-of-this] }\n');
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system', uid } };
    shop.held.set('/api/v1/namespaces/kube-system', uid === undefined ? 403 : namespace);
    const { stderr, exitCode } = await shop.run(['--config', expected]);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(code);
    // Where it is not the one, nothing else is asked.
    expect(shop.asked.length > 1).toBe(code === 0);
  });

  it.each([
    ['fills this cluster', 'one-deployment', [], 0, 'Synced and Healthy'],
    ['fills another one', 'another', [], 3, 'has another Deployment web than this cluster'],
    ['has nothing in common with it', undefined, [], 0, 'Synced and Healthy'],
    [
      'is not known to fill it',
      undefined,
      ['uid-of-this'],
      3,
      'whether the Argo CD of ARGOCD_SERVER fills this cluster',
    ],
  ])('H04 asks the Argo CD of ARGOCD_SERVER, which %s', async (_, uid, clusters, code, reason) => {
    const expected = join(shop.repository.path, '..', 'expected.yaml');
    writeFileSync(expected, `observe: { clusters: ${JSON.stringify(clusters)} }\n`);
    shop.held.set('/api/v1/namespaces/kube-system', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'kube-system', uid: 'uid-of-this' },
    });
    const nodes = uid === undefined ? [] : [{ group: 'apps', kind: 'Deployment', namespace: 'one', name: 'web', uid }];
    shop.held.set('/api/v1/applications/one', shop.held.get(`${APPLICATIONS}/one`));
    shop.held.set('/api/v1/applications/one/resource-tree', { nodes });
    const env = { ARGOCD_SERVER: shop.address, ARGOCD_AUTH_TOKEN: 'token' };
    const { stdout, exitCode } = await shop.run(['one', '--config', expected], { env });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(reason);
    expect(exitCode).toBe(code);
  });

  it('says once that this is another cluster', async () => {
    shop.held.clear();
    const { stdout, exitCode } = await shop.run([]);
    expect(stdout).toContain(`
unknown    one  argocd unknown    pods unknown
unknown    two  argocd unknown    pods unknown

unknown  this cluster has none of the Applications one, two
  Next: Give the --context of the right cluster, or the --argocd-context of Argo
        CD.
`);
    expect(exitCode).toBe(3);
  });

  it('takes nothing for gone where there is no Application at all', async () => {
    shop.held.clear();
    shop.repository.remove(...Object.keys(filesOf('two')));
    const gone = shop.repository.commit('Take two away');
    shop.held.set(APPLICATIONS, { kind: 'ApplicationList', items: [] });
    const { stdout } = await shop.run([gone]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('neither is any other Application, so that proves');
    shop.held.set(APPLICATIONS, { kind: 'ApplicationList', items: [{ metadata: { name: 'one' } }] });
    expect(await shop.run([gone])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('2 units landed and healthy'),
    });
  });

  it.each([
    ['may not be read', 403, 'no permission to read argoproj.io/Application (403)'],
    [
      'have two of its name',
      { kind: 'ApplicationList', items: ['a', 'b'].map(namespace => ({ metadata: { name: 'two', namespace } })) },
      '2 namespaces have one of its name',
    ],
  ])('takes nothing for gone that says no namespace, where the other namespaces %s', async (_, anywhere, why) => {
    const [path = ''] = Object.keys(filesOf('two'));
    shop.repository.commit('Anywhere', { [path]: filesOf('two')[path]?.replace(', namespace: argocd', '') ?? '' });
    shop.repository.remove(...Object.keys(filesOf('two')));
    const gone = shop.repository.commit('Take two away');
    shop.held.clear();
    shop.held.set(APPLICATIONS, { kind: 'ApplicationList', items: [{ metadata: { name: 'one' } }] });
    shop.held.set('/apis/argoproj.io/v1alpha1/applications', anywhere);
    const { stdout, exitCode } = await shop.run([gone]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(why);
    expect(exitCode).toBe(3);
  });
});
