import { at, clone, type MapNode, type Node, type Span } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import { isNull, type Resource, resourceOf, textAt } from './resource.ts';

/**
 * The objects of a text's documents, as kustomize takes them: any `*List` with items becomes its items, which come
 * after all else, and each object must have a kind and a name. Copies, for the build to change.
 */
export function resourcesOf(documents: readonly Node[], problems: Problem[]): Resource[] {
  const resources: Resource[] = [];
  const refuse = (message: string, span: Span) => problems.push({ code: 'kustomization-refused', message, span });
  const queue: Node[] = [...documents];
  for (let next = 0; next < queue.length; next++) {
    const document = queue[next];
    if (document === undefined || isNull(document) || (document.kind === 'map' && document.entries.size === 0))
      continue;
    if (document.kind !== 'map') {
      refuse('the document is not a Kubernetes object', document.span);
      continue;
    }
    const missing = missingField(document);
    if (missing !== undefined) refuse(`the object has no ${missing}`, document.span);
    else if (!isList(document)) resources.push(resourceOf(clone(document)));
    else queue.push(...listItems(document, refuse));
  }
  return resources;
}

function missingField(document: MapNode): string | undefined {
  const kind = textAt(document, 'kind');
  if (kind === '') return 'kind';
  return kind.endsWith('List') || textAt(document, 'metadata', 'name') !== '' ? undefined : 'metadata.name';
}

function isList(document: MapNode): boolean {
  return textAt(document, 'kind').endsWith('List') && document.entries.has('items');
}

function listItems(document: MapNode, refuse: (message: string, span: Span) => void): readonly Node[] {
  const items = at(document, 'items');
  if (items?.kind === 'seq') return items.items;
  if (items !== undefined && !isNull(items)) refuse(`items of a ${textAt(document, 'kind')} is not a list`, items.span);
  return [];
}
