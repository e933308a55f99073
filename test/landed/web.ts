import { judgeWorkload, type WorkloadQuestion } from '../../src/landed/workload.ts';
import { object } from '../support/objects.ts';

/** A workload `shop/web` at its second version, as a cluster has it. */

export const NOW = Date.parse('2026-03-16T09:10:00Z');
const TEMPLATE = (image: string) =>
  `template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "${image}"}]}}`;

export const workload = (kind: string, spec: string, status = '', image = 'shop/web:2') =>
  object(
    `{apiVersion: ${kind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'apps/v1'}, kind: ${kind}, ` +
      `metadata: {name: web, namespace: shop, uid: w, generation: 2}, spec: {${spec}, ${TEMPLATE(image)}}, ` +
      `status: {${status.includes('observedGeneration') ? status : `observedGeneration: 2, ${status}`}}}`,
  );

const SET = object(`{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web-2, namespace: shop, uid: s,
  labels: {rollouts-pod-template-hash: new}, annotations: {deployment.kubernetes.io/revision: "2"}, ownerReferences: [{uid: w}]}}`);
const OLD_SET = object(`{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web-1, namespace: shop, uid: o,
  annotations: {deployment.kubernetes.io/revision: "1"}, ownerReferences: [{uid: w}]}}`);

export const pod = (more = '', { owner = 's', at = '2026-03-16T09:00:00Z', ready = 'True', labels = '{}' } = {}) =>
  object(`{apiVersion: v1, kind: Pod, metadata: {name: web-x, namespace: shop, uid: p, labels: ${labels}, creationTimestamp: "${at}",
    ownerReferences: [{uid: ${owner}}]}, spec: {containers: [{name: web, image: "shop/web:2"}]},
    status: {phase: Running, conditions: [{type: Ready, status: "${ready}"}${more.startsWith('{type') ? `, ${more}` : ''}]${more.startsWith('{type') ? '' : more}}}`);

export const waiting = (reason: string, message = '', more = '') =>
  pod(
    `, containerStatuses: [{name: web, image: "shop/web:2", state: {waiting: {reason: ${reason}, message: "${message}"}}${more}}]`,
    { ready: 'False' },
  );

export const EXPECTED = workload('Deployment', 'replicas: 2');

export function judge(live: WorkloadQuestion['live'], more: Partial<WorkloadQuestion> = {}) {
  return judgeWorkload({
    expected: EXPECTED,
    objects: [EXPECTED],
    live,
    isNew: false,
    missing: [],
    replicaSets: [OLD_SET, SET],
    pods: [pod(), pod()],
    events: [],
    newer: undefined,
    since: undefined,
    now: NOW,
    ...more,
  });
}

export const COMPLETE = 'replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2';
export const HALF = 'replicas: 3, updatedReplicas: 1, readyReplicas: 2, availableReplicas: 2';
