import { at, type MapNode, type Node, type Path, scalar, text } from '../yaml/node.ts';

/** What makes two manifests the same object for the API server, wherever the file moved. `apiVersion` is a field. */
export interface ObjectId {
  /** '' for the core group. */
  readonly group: string;
  readonly kind: string;
  /** '' where the object has none, by its kind or by omission. */
  readonly namespace: string;
  readonly name: string;
}

/** A rendered Kubernetes object; each node of `root` points to the text that set it. */
export interface KubeObject {
  readonly id: ObjectId;
  readonly root: MapNode;
}

/** Identity as text, for maps and sorting: `apps/Deployment shop/app-web`. */
export function idKey(id: ObjectId): string {
  return `${id.group}/${id.kind} ${id.namespace}/${id.name}`;
}

/** As an operator writes it: `Deployment app-web`. */
export function idLabel(id: ObjectId): string {
  return `${id.kind} ${id.name}`;
}

export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** The object of a mapping that has `apiVersion`, `kind` and a name; undefined for any other mapping. */
export function objectOf(root: MapNode): KubeObject | undefined {
  const apiVersion = text(root, 'apiVersion');
  const kind = text(root, 'kind');
  const name = scalar(root, 'metadata', 'name') ?? scalar(root, 'metadata', 'generateName');
  if (apiVersion === undefined || kind === undefined || name === undefined || name === null) return undefined;
  const namespace = text(root, 'metadata', 'namespace') ?? '';
  return { id: { group: groupOf(apiVersion), kind, namespace, name: String(name) }, root };
}

/** The node at the path, or the nearest ancestor that exists: where to point when a field is missing. */
export function nearest(object: KubeObject, path: Path): Node {
  for (let length = path.length; length > 0; length--) {
    const found = at(object.root, ...path.slice(0, length));
    if (found !== undefined) return found;
  }
  return object.root;
}

/** The value of an annotation of the object itself, as text. */
export function annotation(object: KubeObject, key: string): string | undefined {
  return text(object.root, 'metadata', 'annotations', key);
}
