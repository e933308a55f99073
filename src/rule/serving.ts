import type { KubeObject } from '../kubernetes/object.ts';
import { type Container, containers, serviceSelects } from '../kubernetes/workload.ts';
import { at, items, type Node, type Scalar, scalar } from '../yaml/node.ts';

/**
 * The Services of a unit that send requests to the workload's pods. One that is only for scraping metrics is left out: a
 * missed scrape is no lost request.
 */
export function servicesOf(workload: KubeObject, objects: readonly KubeObject[]): KubeObject[] {
  return objects.filter(object => serviceSelects(object, workload) && !isForMetrics(object, workload));
}

/**
 * The containers that answer the Services' requests: those that list a target port. Listing is optional, so a pod's
 * only container answers in any case; of several that list nothing, it is not known.
 */
export function servingContainers(workload: KubeObject, services: readonly KubeObject[]): Container[] {
  const running = containers(workload).filter(container => !container.init || container.sidecar);
  if (running.length === 1) return running;
  const targets = new Set(services.flatMap(ports).map(targetOf));
  return running.filter(({ node }) => listed(node).some(port => isOneOf(port, targets)));
}

function ports(service: KubeObject): readonly Node[] {
  return items(at(service.root, 'spec', 'ports'));
}

function targetOf(port: Node): Scalar | undefined {
  return scalar(port, 'targetPort') ?? scalar(port, 'port');
}

function listed(container: Node): readonly Node[] {
  return items(at(container, 'ports'));
}

function isOneOf(port: Node, targets: ReadonlySet<Scalar | undefined>): boolean {
  return targets.has(scalar(port, 'containerPort')) || targets.has(scalar(port, 'name') ?? null);
}

/** By the names of the Service, of its ports and of the containers' ports behind them. */
function isForMetrics(service: KubeObject, workload: KubeObject): boolean {
  if (/(?:^|-)(?:metrics|exporter)(?:-service)?$/.test(service.id.name)) return true;
  const known = containers(workload).flatMap(({ node }) => listed(node));
  return ports(service).every(port => {
    const behind = known.filter(other => isOneOf(other, new Set([targetOf(port)])));
    const names = [port, ...behind].map(named => scalar(named, 'name'));
    return [...names, scalar(port, 'targetPort')].some(name =>
      /metric|prometheus|monitoring|profil/.test(String(name)),
    );
  });
}
