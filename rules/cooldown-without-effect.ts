import { autoscaler } from '../src/kubernetes/autoscaler.ts';
import { idLabel } from '../src/kubernetes/object.ts';
import { defineRule } from '../src/rule/rule.ts';
import { number } from '../src/yaml/node.ts';

/** What KEDA waits where nothing is said, so that writing it down means nothing. */
const DEFAULT_SECONDS = 300;

const path = ['spec', 'cooldownPeriod'];

export default defineRule({
  id: 'cooldown-without-effect',
  title: 'A cooldownPeriod on a workload that is never scaled to zero',
  severity: 'info',
  why: 'The period counts from the last trigger to no pods or to idleReplicaCount. Between the minimum and the maximum the HorizontalPodAutoscaler decides, with its own window.',
  fix: 'Set advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.stabilizationWindowSeconds, and take cooldownPeriod out.',

  on: 'state',
  *check({ objects }) {
    for (const object of objects) {
      const seconds = object.id.kind === 'ScaledObject' ? number(object.root, ...path) : undefined;
      const scaler = autoscaler(object);
      if (seconds === undefined || seconds === DEFAULT_SECONDS || scaler === undefined || scaler.min === 0) continue;
      const message = `${idLabel(object.id)}: cooldownPeriod ${seconds} does nothing, because ${scaler.min} pods are the least`;
      yield { message, at: { object, path } };
    }
  },
});
