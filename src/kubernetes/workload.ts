import { at, entries, items, type MapNode, type Node, type Path, scalar, text } from '../yaml/node.ts';
import type { KubeObject } from './object.ts';
import { sameNamespace } from './scope.ts';

/** Where each kind keeps the template of its pods; a Pod is its own. */
const TEMPLATES: ReadonlyMap<string, Path> = new Map<string, Path>([
  ['/Pod', []],
  ['/PodTemplate', ['template']],
  ['/ReplicationController', ['spec', 'template']],
  ['apps/Deployment', ['spec', 'template']],
  ['apps/StatefulSet', ['spec', 'template']],
  ['apps/DaemonSet', ['spec', 'template']],
  ['apps/ReplicaSet', ['spec', 'template']],
  ['extensions/Deployment', ['spec', 'template']],
  ['extensions/DaemonSet', ['spec', 'template']],
  ['extensions/ReplicaSet', ['spec', 'template']],
  ['batch/Job', ['spec', 'template']],
  ['batch/CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
  ['argoproj.io/Rollout', ['spec', 'template']],
  ['keda.sh/ScaledJob', ['spec', 'jobTargetRef', 'template']],
]);

/** A mapping with `metadata` and `spec` that pods are made from. */
export interface PodTemplate {
  readonly path: Path;
  readonly node: MapNode;
}

/**
 * The template of the object's pods. Objects of kinds that are not known have one where `spec.template.spec.containers`
 * stands, as in a Knative Service. Undefined for all others, and for a Rollout that refers to a Deployment.
 */
export function podTemplate(object: KubeObject): PodTemplate | undefined {
  const known = TEMPLATES.get(`${object.id.group}/${object.id.kind}`);
  const path = known ?? ['spec', 'template'];
  const node = at(object.root, ...path);
  if (node?.kind !== 'map') return undefined;
  return known !== undefined || at(node, 'spec', 'containers')?.kind === 'seq' ? { path, node } : undefined;
}

export interface Container {
  readonly name: string;
  /** It is listed in `initContainers`. */
  readonly init: boolean;
  /** An init container that keeps running beside the others (`restartPolicy: Always`). */
  readonly sidecar: boolean;
  readonly image: string | undefined;
  readonly imagePath: Path;
  readonly path: Path;
  readonly node: MapNode;
}

/** The containers of the object's pods, those of `initContainers` first. */
export function containers(object: KubeObject): readonly Container[] {
  const found = known.get(object.root) ?? containersOf(object);
  known.set(object.root, found);
  return found;
}

/** A dozen rules ask it of each workload, and so do facts and reports. */
const known = new WeakMap<MapNode, readonly Container[]>();

function containersOf(object: KubeObject): Container[] {
  const template = podTemplate(object);
  if (template === undefined) return [];
  return (['initContainers', 'containers'] as const).flatMap(field =>
    items(at(template.node, 'spec', field)).flatMap((node, index) => {
      if (node.kind !== 'map') return [];
      const path = [...template.path, 'spec', field, index];
      const init = field === 'initContainers';
      return {
        name: text(node, 'name') ?? '',
        init,
        sidecar: init && text(node, 'restartPolicy') === 'Always',
        image: text(node, 'image'),
        imagePath: [...path, 'image'],
        path,
        node,
      };
    }),
  );
}

export interface Mount {
  readonly container: string;
  readonly subPath: string | undefined;
}

export interface Volume {
  readonly name: string;
  readonly path: Path;
  readonly node: MapNode;
  /** Empty where no container mounts it. */
  readonly mounts: readonly Mount[];
}

/** The volumes of the object's pods, with who mounts them. */
export function volumes(object: KubeObject): Volume[] {
  const template = podTemplate(object);
  const mounters = containers(object);
  return items(at(template?.node, 'spec', 'volumes')).flatMap((node, index) => {
    const name = text(node, 'name');
    if (template === undefined || node.kind !== 'map' || name === undefined) return [];
    const path = [...template.path, 'spec', 'volumes', index];
    return { name, path, node, mounts: mounters.flatMap(container => mountsOf(container, name)) };
  });
}

function mountsOf(container: Container, volume: string): Mount[] {
  return items(at(container.node, 'volumeMounts'))
    .filter(mount => text(mount, 'name') === volume)
    .map(mount => ({ container: container.name, subPath: text(mount, 'subPath') ?? text(mount, 'subPathExpr') }));
}

/** The labels of the object's pods. */
export function podLabels(object: KubeObject): ReadonlyMap<string, string> {
  const labels = at(podTemplate(object)?.node, 'metadata', 'labels');
  const result = new Map<string, string>();
  for (const [key, entry] of entries(labels)) {
    const value = scalar(entry.value);
    if (typeof value === 'string') result.set(key, value);
  }
  return result;
}

/** Whether the Service sends traffic to the workload's pods. A Service without a selector selects nothing. */
export function serviceSelects(service: KubeObject, workload: KubeObject): boolean {
  const selector = at(service.root, 'spec', 'selector');
  if (
    service.id.kind !== 'Service' ||
    service.id.group !== '' ||
    text(service.root, 'spec', 'type') === 'ExternalName'
  ) {
    return false;
  }
  if (!sameNamespace(service, workload) || selector?.kind !== 'map' || selector.entries.size === 0) return false;
  const labels = podLabels(workload);
  return [...selector.entries].every(([key, entry]) => labels.has(key) && labels.get(key) === scalar(entry.value));
}

/** An image that an object names, wherever its kind keeps it. */
export interface NamedImage {
  readonly text: string;
  /** Where to point: the scalar, or the tag where repository and tag are apart. */
  readonly path: Path;
  /** The container's name, or the keys that lead to the image. */
  readonly subject: string;
}

const IMAGE_KEYS = new Set(['image', 'imageName']);

/**
 * Every image in the object: those of containers, of `spec.image` and `imageName` of operators' resources, those that
 * are split in `repository` and `tag`, and those that OpenShift's ImageStreams follow. Schemas and plain data hold none.
 */
export function imagesOf(object: KubeObject): NamedImage[] {
  const { group, kind } = object.id;
  if (kind === 'CustomResourceDefinition' || (group === '' && (kind === 'ConfigMap' || kind === 'Secret'))) return [];
  return [...imagesIn(object.root, [], '')];
}

function* imagesIn(node: Node, path: Path, owner: string): Generator<NamedImage> {
  if (node.kind === 'seq') {
    for (const [index, item] of node.items.entries())
      yield* imagesIn(item, [...path, index], text(item, 'name') ?? owner);
  }
  if (node.kind !== 'map') return;
  for (const [key, { value }] of node.entries) {
    if (key === 'metadata' || key === 'status') continue;
    const below = [...path, key];
    const docker = key === 'from' && text(value, 'kind') === 'DockerImage' ? text(value, 'name') : undefined;
    if (docker !== undefined) yield { text: docker, path: [...below, 'name'], subject: owner };
    else if (!IMAGE_KEYS.has(key)) {
      yield* imagesIn(value, below, owner);
      continue;
    }
    const subject = owner === '' ? below.join('.') : owner;
    const whole = text(value);
    if (whole !== undefined && whole !== '') yield { text: whole, path: below, subject };
    else if (value.kind === 'map') yield* splitImage(value, below, subject);
  }
}

/** `repository` and `tag` of a chart's values, or `reference` of a volume that is an image. */
function* splitImage(node: MapNode, path: Path, subject: string): Generator<NamedImage> {
  const reference = text(node, 'reference');
  if (reference !== undefined) yield { text: reference, path: [...path, 'reference'], subject };
  const repository = text(node, 'repository');
  const tag = scalar(node, 'tag');
  if (repository === undefined) {
    yield* imagesIn(node, path, subject);
    return;
  }
  const registry = text(node, 'registry');
  const name = registry === undefined || registry === '' ? repository : `${registry}/${repository}`;
  const tagged = tag === undefined || tag === null || tag === '' ? name : `${name}:${tag}`;
  yield { text: tagged, path: [...path, tagged === name ? 'repository' : 'tag'], subject };
}
