import { replicaRange } from '../src/kubernetes/autoscaler.ts';
import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { rollout } from '../src/kubernetes/rollout.ts';
import { podTemplate } from '../src/kubernetes/workload.ts';
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
      if (services.length === 0) continue;
      for (const container of servingContainers(object, services)) {
        if (at(container.node, 'readinessProbe') ?? at(container.node, 'startupProbe')) continue;
        const names = services.map(service => service.id.name).join(', ');
        yield {
          message: `${idLabel(object.id)}: container ${container.name} answers Service ${names} and has no readinessProbe`,
          at: { object, path: container.path },
        };
      }
    }
  },
});

/** A pod is not ready at once where the controller waits, or where a load balancer has a say. */
function isHeldBack(object: KubeObject): boolean {
  const gates = items(at(podTemplate(object)?.node, 'spec', 'readinessGates'));
  return (number(object.root, 'spec', 'minReadySeconds') ?? 0) > 0 || gates.length > 0;
}

function ignoresReadiness(service: KubeObject): boolean {
  return scalar(service.root, 'spec', 'publishNotReadyAddresses') === true;
}
