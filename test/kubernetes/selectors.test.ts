import { describe, expect, it } from 'vitest';
import { selects } from '../../src/kubernetes/label-selector.ts';
import { at } from '../../src/yaml/node.ts';
import { object } from '../support/objects.ts';

const LABELS = new Map([
  ['app', 'web'],
  ['tier', 'front'],
]);

const selector = (text: string) =>
  at(
    object(`{ apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: { name: a }, spec: { selector: ${text} } }`)
      .root,
    'spec',
    'selector',
  );

describe('a label selector', () => {
  it.each([
    ['{}', true],
    ['{ matchLabels: { app: web } }', true],
    ['{ matchLabels: { app: web, tier: back } }', false],
    ['{ matchLabels: { zone: a } }', false],
    ['{ matchExpressions: [{ key: app, operator: In, values: [api, web] }] }', true],
    ['{ matchExpressions: [{ key: app, operator: In, values: [api] }] }', false],
    ['{ matchExpressions: [{ key: app, operator: NotIn, values: [api] }] }', true],
    ['{ matchExpressions: [{ key: zone, operator: NotIn, values: [a] }] }', true],
    ['{ matchExpressions: [{ key: app, operator: NotIn, values: [web] }] }', false],
    ['{ matchExpressions: [{ key: tier, operator: Exists }] }', true],
    ['{ matchExpressions: [{ key: zone, operator: Exists }] }', false],
    ['{ matchExpressions: [{ key: zone, operator: DoesNotExist }] }', true],
    ['{ matchExpressions: [{ key: app, operator: DoesNotExist }] }', false],
    ['{ matchExpressions: [{ key: app, operator: Like, values: [web] }] }', false],
    ['{ matchLabels: { app: web }, matchExpressions: [{ key: tier, operator: In, values: [back] }] }', false],
  ])('%s', (text, expected) => {
    expect(selects(selector(text), LABELS)).toBe(expected);
  });

  it('selects nothing where there is none', () => {
    expect(selects(undefined, LABELS)).toBe(false);
  });
});
