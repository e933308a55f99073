import { replicaRange } from '../src/kubernetes/autoscaler.ts';
import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { rollout } from '../src/kubernetes/rollout.ts';
import { containers, podTemplate } from '../src/kubernetes/workload.ts';
import { defineRule } from '../src/rule/rule.ts';
import { servicesOf, servingContainers } from '../src/rule/serving.ts';
import { at, items, number, scalar } from '../src/yaml/node.ts';

export default defineRule({
  id: 'rollout-without-readiness',
  title: 'A container behind a Service that says nothing of when it is ready',
  severity: 'warning',
  why: 'Its pod counts as ready as soon as it runs, so a rollout sends it requests too early and replaces every old pod even when the new ones are broken.',
  fix: 'Give the container a readinessProbe that fails until it can answer requests.',

  on: 'state',
  *check({ objects }) {
    for (const object of objects) {
      if (object.id.kind !== 'Deployment' || rollout(object)?.strategy !== 'RollingUpdate') continue;
      if (replicaRange(object, objects).max === 0 || isHeldBack(object)) continue;
      const services = servicesOf(object, objects).filter(service => !ignoresReadiness(service));
      const [container] = servingContainers(object, services);
      const [service] = services;
      if (container === undefined || service === undefined) continue;
      yield {
        message: `${idLabel(object.id)}: container ${container.name} has no readinessProbe, and Service ${service.id.name} sends it requests as soon as it runs`,
        at: { object, path: container.path },
      };
    }
  },
});

/** A pod is not ready at once where any of its containers has a probe, a load balancer has a say, or time must pass. */
function isHeldBack(object: KubeObject): boolean {
  const probed = containers(object).some(({ node }) => at(node, 'readinessProbe') ?? at(node, 'startupProbe'));
  const gates = items(at(podTemplate(object)?.node, 'spec', 'readinessGates'));
  return probed || gates.length > 0 || (number(object.root, 'spec', 'minReadySeconds') ?? 0) > 0;
}

function ignoresReadiness(service: KubeObject): boolean {
  return scalar(service.root, 'spec', 'publishNotReadyAddresses') === true;
}
