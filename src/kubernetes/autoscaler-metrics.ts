import { at, items, type Node, type Path, text } from '../yaml/node.ts';
import { type Autoscaler, targetOf } from './autoscaler.ts';
import type { KubeObject } from './object.ts';
import { parseQuantity } from './quantity.ts';
import { sameNamespace } from './scope.ts';
import { containers } from './workload.ts';

/** A container of the target that requests nothing of a resource by whose use it is scaled. */
export interface Unmeasured {
  readonly workload: KubeObject;
  readonly container: string;
  readonly resource: string;
  /** Of the metric in the autoscaler. */
  readonly path: Path;
}

interface ResourceMetric {
  readonly resource: string;
  /** The only container that is measured; undefined for all of the pod. */
  readonly container: string | undefined;
  readonly path: Path;
}

/**
 * The containers without which a metric has no value: the share of a request that is in use, for which each container of
 * the pod needs the request (k8s.io/kubernetes, pkg/controller/podautoscaler). KEDA asks for it whatever the metric's
 * type (`verifyCPUMemoryScalers`). A LimitRange among the objects may fill the request in.
 */
export function unmeasured(scaler: Autoscaler, objects: readonly KubeObject[]): Unmeasured[] {
  const workload = targetOf(scaler, objects);
  if (workload === undefined || objects.some(object => isLimitRange(object) && sameNamespace(object, workload))) {
    return [];
  }
  const measured = scaler.object.id.group === 'keda.sh' ? triggers(scaler.object) : metrics(scaler.object);
  return measured.flatMap(({ resource, container, path }) =>
    containers(workload)
      .filter(({ init, name }) => !init && (container === undefined || container === name))
      .filter(({ node }) => !asksFor(node, resource))
      .map(({ name }) => ({ workload, container: name, resource, path })),
  );
}

function isLimitRange({ id }: KubeObject): boolean {
  return id.group === '' && id.kind === 'LimitRange';
}

/** A limit stands for the request that is left out. */
function asksFor(container: Node, resource: string): boolean {
  return ['requests', 'limits'].some(field => {
    const node = at(container, 'resources', field, resource);
    return node?.kind === 'scalar' && (parseQuantity(node.value) ?? 1n) > 0n;
  });
}

function triggers({ root }: KubeObject): ResourceMetric[] {
  return items(at(root, 'spec', 'triggers')).flatMap((trigger, index) => {
    const resource = text(trigger, 'type');
    if (resource !== 'cpu' && resource !== 'memory') return [];
    const container = text(trigger, 'metadata', 'containerName') || undefined;
    return [{ resource, container, path: ['spec', 'triggers', index, 'type'] }];
  });
}

function metrics({ root }: KubeObject): ResourceMetric[] {
  const old = ['spec', 'targetCPUUtilizationPercentage'];
  const first = at(root, ...old) === undefined ? [] : [{ resource: 'cpu', container: undefined, path: old }];
  const others = items(at(root, 'spec', 'metrics')).flatMap((metric, index): ResourceMetric[] => {
    const field = text(metric, 'type') === 'ContainerResource' ? 'containerResource' : 'resource';
    const resource = text(metric, field, 'name');
    const share = at(metric, field, 'target', 'averageUtilization') ?? at(metric, field, 'targetAverageUtilization');
    if (resource === undefined || share === undefined) return [];
    return [{ resource, container: text(metric, field, 'container'), path: ['spec', 'metrics', index, field, 'name'] }];
  });
  return [...first, ...others];
}
