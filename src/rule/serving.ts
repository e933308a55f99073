import type { KubeObject } from '../kubernetes/object.ts';
import { type Container, containers, serviceSelects } from '../kubernetes/workload.ts';
import { at, items, type Node, scalar } from '../yaml/node.ts';

/**
 * The Services of a unit that send requests to the workload's pods. One whose ports are all for scraping metrics is
 * left out: a missed scrape is no lost request.
 */
export function servicesOf(workload: KubeObject, objects: readonly KubeObject[]): KubeObject[] {
  return objects.filter(object => serviceSelects(object, workload) && !isForMetrics(object));
}

/**
 * The containers that answer the Services' requests: those that list a target port. Listing is optional, so a pod's
 * only container answers in any case; of several that list nothing, it is not known.
 */
export function servingContainers(workload: KubeObject, services: readonly KubeObject[]): Container[] {
  const running = containers(workload).filter(container => !container.init || container.sidecar);
  if (running.length === 1) return running;
  const targets = new Set(services.flatMap(ports).map(port => scalar(port, 'targetPort') ?? scalar(port, 'port')));
  return running.filter(container =>
    items(at(container.node, 'ports')).some(
      port => targets.has(scalar(port, 'containerPort')) || targets.has(scalar(port, 'name')),
    ),
  );
}

function ports(service: KubeObject): readonly Node[] {
  return items(at(service.root, 'spec', 'ports'));
}

function isForMetrics(service: KubeObject): boolean {
  if (/(?:^|-)metrics(?:-service)?$/.test(service.id.name)) return true;
  return ports(service).every(port =>
    /metric|prometheus|monitoring|profil/.test(`${scalar(port, 'name')} ${scalar(port, 'targetPort')}`),
  );
}
