import { describe, expect, it } from 'vitest';
import { object } from '../support/objects.ts';
import { COMPLETE, judge, pod, workload } from './web.ts';

describe('the image', () => {
  it.each([
    ['docker.io/shop/web:2', 'landed'],
    [`shop/web:2@sha256:${'a'.repeat(64)}`, 'rolling'],
    ['ghcr.io/shop/web:2', 'rolling'],
  ])('compares references, not texts: %s', (image, state) => {
    expect(judge(workload('Deployment', 'replicas: 2', COMPLETE, image)).state).toBe(state);
  });

  it.each([
    ['shop/web:1', 'unknown', 'something rewrites its pods: web runs 1, the commit says 2'],
    ['mirror.example/shop/web:2', 'landed', 'all 2 pods run it'],
    [`shop/web:2@sha256:${'a'.repeat(64)}`, 'landed', 'all 2 pods run it'],
    [`shop/web@sha256:${'a'.repeat(64)}`, 'landed', 'all 2 pods run it'],
  ])('looks at what the pods run themselves: %s', (image, state, reason) => {
    const rewritten = object(`{apiVersion: v1, kind: Pod, metadata: {name: web-x, ownerReferences: [{uid: s}]},
      spec: {containers: [{name: web, image: "${image}"}]}, status: {conditions: [{type: Ready, status: "True"}]}}`);
    const live = workload('Deployment', 'replicas: 2', COMPLETE);
    expect(judge(live, { pods: [pod(), rewritten] })).toMatchObject({ state, reason: expect.stringContaining(reason) });
  });

  const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
  it.each([
    ['by the pod', `shop/web@${digest('a')}`, `shop/web@${digest('c')}`, 'landed', 'all 2 pods run it'],
    ['by the node alone', 'mirror.example/web:2', `mirror.example/web@${digest('a')}`, 'landed', 'all 2 pods run it'],
    [
      'by nobody',
      'mirror.example/web:2',
      `mirror.example/web@${digest('b')}`,
      'unknown',
      `web runs mirror.example/web@${digest('b')}`,
    ],
    ['by nobody yet', 'mirror.example/web:2', '', 'unknown', 'web does not say what it runs'],
  ])('is the content that the commit names, %s', (_, image, id, state, reason) => {
    const expected = workload('Deployment', 'replicas: 2', COMPLETE, `shop/web@${digest('a')}`);
    const running = object(`{apiVersion: v1, kind: Pod, metadata: {name: web-x, ownerReferences: [{uid: s}]},
      spec: {containers: [{name: web, image: "${image}"}]}, status: {conditions: [{type: Ready, status: "True"}],
      containerStatuses: [{name: web, imageID: "${id}"}]}}`);
    const found = judge(expected, { expected, pods: [running] });
    expect(found).toMatchObject({ state, reason: expect.stringContaining(reason) });
  });
});
