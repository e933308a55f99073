import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { filesOf, openShop, type Shop } from '../support/landed-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.reset());
afterAll(() => shop.close());

const WEB = 'apps/one/web.yaml';
const DEPLOYMENT = '/apis/apps/v1/namespaces/one/deployments/web';
const SCALERS = '/apis/autoscaling/v2/namespaces/one/horizontalpodautoscalers';
const TARGET = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };

describe('deploy-lint landed, of how many pods there are', () => {
  it('waits for the pods where a commit changes no more than how many there are', async () => {
    const more = shop.repository.commit('More', filesOf('one', '1.1.0', 3));
    shop.setRevision('one', more);
    const deployment = Object(shop.held.get(DEPLOYMENT));
    shop.held.set(DEPLOYMENT, { ...deployment, spec: { ...deployment.spec, replicas: 3 } });
    expect((await shop.run([more])).stdout).toContain('Deployment web: 1 of 3 pods run it');
  });

  it('waits for the pods where a commit brings an autoscaler that wants more', async () => {
    const spec = { minReplicas: 3, maxReplicas: 5, scaleTargetRef: TARGET };
    const scaler = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec };
    const scaled = shop.repository.commit('Scale', {
      [WEB]: `${filesOf('one')[WEB]}---\n${JSON.stringify(scaler)}\n`,
    });
    shop.setRevision('one', scaled);
    shop.held.set(`${SCALERS}/web`, scaler);
    expect((await shop.run([scaled])).stdout).toContain('it has 1 pod, and HorizontalPodAutoscaler');
  });

  it('leaves the number of pods to an autoscaler that another repository makes', async () => {
    const more = shop.repository.commit('More', filesOf('one', '1.1.0', 3));
    shop.setRevision('one', more);
    expect((await shop.run([more])).stdout).toContain('spec.replicas is as it was before the commit');
    const spec = { minReplicas: 1, maxReplicas: 5, scaleTargetRef: TARGET };
    const items = [{ metadata: { name: 'from-elsewhere', namespace: 'one' }, spec }];
    shop.held.set(SCALERS, { kind: 'HorizontalPodAutoscalerList', apiVersion: 'autoscaling/v2', metadata: {}, items });
    const { stdout, exitCode } = await shop.run([more]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'HorizontalPodAutoscaler from-elsewhere from elsewhere decides how many',
    );
    expect(exitCode).toBe(0);
  });
});
