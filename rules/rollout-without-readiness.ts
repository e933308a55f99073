import { replicaRange } from '../src/kubernetes/autoscaler.ts';
import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { rollout } from '../src/kubernetes/rollout.ts';
import { type Container, containers, podTemplate } from '../src/kubernetes/workload.ts';
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
      const serving = servingContainers(object, services);
      const [[container], [service]] = [serving, services];
      if (container === undefined || service === undefined) continue;
      if (!containers(object).some(isProbed)) {
        yield {
          message: `${idLabel(object.id)}: container ${container.name} has no readinessProbe, and Service ${service.id.name} sends it requests as soon as it runs`,
          at: { object, path: container.path },
        };
        continue;
      }
      const hidden = serving.every(isProbed) ? behindOf(object, serving) : undefined;
      if (hidden === undefined) continue;
      yield {
        message: `${idLabel(object.id)}: container ${hidden.name} has no readinessProbe, so the pod is ready as soon as ${container.name} is, which answers in front of it`,
        at: { object, path: hidden.path },
        severity: 'info',
      };
    }
  },
});

function isProbed({ node }: Container): boolean {
  return at(node, 'readinessProbe') !== undefined || at(node, 'startupProbe') !== undefined;
}

/** A load balancer has a say in when a pod is ready, or time must pass. */
function isHeldBack(object: KubeObject): boolean {
  const gates = items(at(podTemplate(object)?.node, 'spec', 'readinessGates'));
  return gates.length > 0 || (number(object.root, 'spec', 'minReadySeconds') ?? 0) > 0;
}

/** A container without a probe that listens for one that has requests from outside, as php-fpm does for nginx. */
function behindOf(object: KubeObject, serving: readonly Container[]): Container | undefined {
  return containers(object).find(container => {
    if (container.init || isProbed(container) || serving.some(({ name }) => name === container.name)) return false;
    const ports = items(at(container.node, 'ports'));
    const words = [container.name, container.image, ...ports.map(port => scalar(port, 'name'))].join(' ');
    return ports.length > 0 && !/metric|exporter|prometheus|monitor|debug|profil|health|admin/i.test(words);
  });
}

function ignoresReadiness(service: KubeObject): boolean {
  return scalar(service.root, 'spec', 'publishNotReadyAddresses') === true;
}
