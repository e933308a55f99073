import { describe, expect, it } from 'vitest';
import { budgetOf, disruptionBudgets, drainBlocks } from '../../src/kubernetes/disruption.ts';
import { objects } from '../support/objects.ts';

const WEB = `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: { replicas: 3, template: { metadata: { labels: { app: web } } } } }`;

function withBudget(spec: string, more = '') {
  const budget = `{ apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: { name: web }, spec: { ${spec} } }`;
  const [workload, own, ...rest] = objects([WEB, budget, ...(more === '' ? [] : [more])].join('\n---\n'));
  if (workload === undefined || own === undefined) throw new Error('two objects at least');
  return { workload, budget: own, all: [workload, own, ...rest] };
}

describe('the budgets that cover the pods of a workload', () => {
  it.each([
    ['its labels', 'selector: { matchLabels: { app: web } }', true],
    ['an expression', 'selector: { matchExpressions: [{ key: app, operator: In, values: [web, api] }] }', true],
    ['an empty selector, which covers the namespace', 'selector: {}', true],
    ['no selector, which covers nothing', 'minAvailable: 1', false],
    ['labels of others', 'selector: { matchLabels: { app: api } }', false],
    ['one label too many', 'selector: { matchLabels: { app: web, tier: front } }', false],
  ])('%s', (_, spec, covered) => {
    const { workload, all } = withBudget(spec);
    expect(disruptionBudgets(workload, all).length > 0).toBe(covered);
  });

  it.each([
    ['minAvailable: 2', 'minAvailable 2'],
    ['maxUnavailable: 25%', 'maxUnavailable 25%'],
    ['selector: {}', undefined],
  ])('{ %s } is told as %s', (spec, told) => {
    expect(budgetOf(withBudget(spec).budget)).toBe(told);
  });
});

// kubernetes.io/docs, Specifying a Disruption Budget: percentages round up, of what is allowed to be away as well.
describe('budgets that let no pod go', () => {
  const ALL = 'selector: {}';
  it.each([
    ['maxUnavailable: 0', 'maxUnavailable is 0, of 3 pods'],
    ['maxUnavailable: 1%', undefined],
    ['minAvailable: 3', 'minAvailable is 3, of 3 pods'],
    ['minAvailable: 2', undefined],
    ['minAvailable: 100%', 'minAvailable is 100%, of 3 pods'],
    ['minAvailable: 67%', 'minAvailable is 67%, of 3 pods'],
    ['minAvailable: 66%', undefined],
  ])('{ %s }: %s', (spec, because) => {
    const { budget, all } = withBudget(`${spec}, ${ALL}`);
    expect(drainBlocks(budget, all).map(block => block.because)).toEqual(because === undefined ? [] : [because]);
  });

  it('asks an autoscaler for the least that it keeps', () => {
    const scaler = `{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: web }, spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, minReplicas: 1, maxReplicas: 9 } }`;
    const { budget, all } = withBudget(`minAvailable: 1, ${ALL}`, scaler);
    expect(drainBlocks(budget, all)[0]?.because).toBe(
      'minAvailable is 1, of 1 pod, the least that HorizontalPodAutoscaler web keeps',
    );
  });
});
