import { expect, it } from 'vitest';
import { compareUnit } from '../../src/change/compare.ts';
import type { Unit } from '../../src/gitops/unit.ts';
import { createRenderer } from '../../src/kustomize/renderer.ts';
import { memoryTree } from '../support/memory-tree.ts';

const UNIT: Unit = {
  key: 'dir:app',
  kind: 'kustomization',
  name: 'app',
  folders: ['app'],
  application: undefined,
  environment: 'production',
  client: undefined,
  app: undefined,
};

const BASE = 'resources:\n  - https://github.com/acme/app/deploy?ref=v1.0.0\n';

async function facts(before: string, after: string): Promise<string[]> {
  const render = (text: string) => createRenderer(memoryTree({ 'app/kustomization.yaml': text })).kustomization('app');
  const change = compareUnit(UNIT, await render(BASE + before), await render(BASE + after));
  return change.facts.map(({ kind, move, subject, from, to }) => `${kind} ${move} ${subject} ${from} ${to}`);
}

const images = (fields: string) => `images:\n  - name: acme/app\n    ${fields}\n`;
const patch = (value: number) =>
  `patches:\n  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata: {name: app}\n      spec: {replicas: ${value}}\n`;
const target = (value: number) =>
  `patches:\n  - target: {kind: Deployment}\n    patch: '[{"op": "replace", "path": "/spec/replicas", "value": ${value}}]'\n`;

it.each([
  ['a tag', images('newTag: 1.2.3'), images('newTag: 2.0.0'), ['image major acme/app 1.2.3 2.0.0']],
  [
    'another registry',
    images('newTag: 1.2.3'),
    images('newName: me/app\n    newTag: dev'),
    ['image repository me/app acme/app:1.2.3 me/app:dev'],
  ],
  ['nothing', images('newTag: 1.2.3'), images('newTag: 1.2.3 # as before'), []],
  ['a merge patch', patch(1), patch(2), ['unknown content patch of Deployment app, which is not in this repository']],
  ['a patch by target', target(1), target(2), ['unknown content patch of Deployment, which is not in this repository']],
  [
    'a count of replicas',
    'replicas: [{name: app, count: 1}]\n',
    'replicas: [{name: app, count: 0}]\n',
    ['unknown content patch of replicas of app, which is not in this repository'],
  ],
  [
    'a namespace',
    'namespace: shop\n',
    'namespace: store\n',
    ['unknown content namespace of https://github.com/acme/app/deploy shop store'],
  ],
  ['a prefix', '', 'namePrefix: a-\n', ['unknown content namePrefix of https://github.com/acme/app/deploy a-']],
  [
    'labels',
    'commonLabels: {app: a}\n',
    'commonLabels: {app: b}\n',
    ['unknown content commonLabels of https://github.com/acme/app/deploy'],
  ],
  ['labels that are the same', 'commonLabels: {a: a, b: b}\n', 'commonLabels:\n  b: b\n  a: a\n', []],
])('says what changes on a base that is not here: %s', async (_, before, after, expected) => {
  expect((await facts(before, after)).map(fact => fact.replace(/ undefined/g, ''))).toEqual(expected);
});
