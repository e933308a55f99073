import { posix } from 'node:path';
import { at, entries, items, type MapNode, type Span } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import type { FieldSpec } from './field-spec.ts';
import { METADATA_LABELS } from './field-spec-tables.ts';
import { addPairs } from './labels.ts';
import type { Layer } from './layer.ts';
import type { Gap } from './rendered.ts';
import { kindOf, type Resource, scalarNode, scalarText } from './resource.ts';

/** The version whose meaning is followed, as it writes it into a label. */
const MANAGED_BY = 'kustomize-v5.8.1';

const ANNOTATIONS: FieldSpec = { path: ['metadata', 'annotations'], create: true };

/**
 * `buildMetadata` of the outermost kustomization: a label for kustomize, and where each object comes from. The
 * transformers that worked on an object are a gap.
 */
export function addBuildMetadata(resources: readonly Resource[], layer: Layer, problems: Problem[], gaps: Gap[]): void {
  for (const option of items(at(layer.root, 'buildMetadata'))) {
    const { span } = option;
    const name = scalarText(option);
    if (name === 'managedByLabel') {
      addPairs(resources, pair('app.kubernetes.io/managed-by', MANAGED_BY, span), [METADATA_LABELS], problems);
    } else if (name === 'originAnnotations') {
      for (const resource of resources) {
        const origin = pair('config.kubernetes.io/origin', originOf(resource, layer), span);
        addPairs([resource], origin, [ANNOTATIONS], problems);
      }
    } else if (name === 'transformerAnnotations') {
      gaps.push({ kind: 'unsupported', what: 'buildMetadata transformerAnnotations', version: undefined, span });
    }
  }
}

function pair(key: string, value: string, span: Span): MapNode {
  return { kind: 'map', entries: new Map([[key, { key: span, value: scalarNode(value, span) }]]), span };
}

/** The file of an object from the folder that is built, or the kustomization whose generator makes it. */
function originOf(resource: Resource, { folder }: Layer): string {
  const path = posix.relative(folder, resource.root.span.source.file);
  if (resource.behavior === undefined) return `path: ${path}\n`;
  const by = `  apiVersion: builtin\n  kind: ${kindOf(resource)}Generator\n`;
  return `configuredIn: ${path}\nconfiguredBy:\n${by}`;
}

/** Annotations that kustomize uses for itself and takes out of what it writes (api/resource, BuildAnnotations). */
const INTERNAL =
  /^(?:internal\.config\.kubernetes\.io\/|(?:alpha\.)?config\.kubernetes\.io\/(?:origin|transformations|path|index)$|config\.k8s\.io\/id$)/;

/** Takes kustomize's own notes out of an object. */
export function removeInternal(root: MapNode): void {
  const annotations = at(root, 'metadata', 'annotations');
  for (const [key] of [...entries(annotations)]) {
    if (annotations?.kind === 'map' && INTERNAL.test(key)) annotations.entries.delete(key);
  }
}
