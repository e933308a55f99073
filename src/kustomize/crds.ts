import { at, entries, type MapNode, type Node, text } from '../yaml/node.ts';
import type { FieldSpec } from './field-spec.ts';
import type { NameReference } from './name-reference-table.ts';
import { readConfig, type TransformerConfig } from './transformer-config.ts';

/** Types inside types that are followed. */
const MAX_DEPTH = 32;

/**
 * What a file under `crds` tells of the fields of custom resources: the OpenAPI of their types, with extensions for
 * names, selectors and annotations (kubernetes-sigs/kustomize, api/internal/accumulator/loadconfigfromcrds.go).
 */
export function readCrds(types: MapNode): TransformerConfig {
  const nameReference: NameReference[] = [];
  const found: Found = { types, nameReference, annotations: [], labels: [], names: [] };
  for (const [name, { value }] of types.entries) {
    const properties = propertiesOf(value);
    if (['kind', 'apiVersion', 'metadata'].every(field => at(properties, field) !== undefined)) {
      follow(found, name.slice(name.lastIndexOf('.') + 1), name, []);
    }
  }
  const none = readConfig({ kind: 'map', entries: new Map(), span: types.span });
  const { annotations, labels, names } = found;
  const specs = { ...none.specs, commonAnnotations: annotations, commonLabels: labels, namePrefix: names };
  return { specs, nameReference };
}

interface Found {
  readonly types: MapNode;
  readonly nameReference: NameReference[];
  readonly annotations: FieldSpec[];
  readonly labels: FieldSpec[];
  readonly names: FieldSpec[];
}

function propertiesOf(type: Node | undefined): Node | undefined {
  return at(type, 'Schema', 'properties');
}

function follow(found: Found, kind: string, type: string, path: readonly string[]): void {
  if (path.length > MAX_DEPTH) return;
  for (const [name, { value }] of entries(propertiesOf(at(found.types, type)))) {
    const steps = [...path, name];
    const spec = (...more: string[]): FieldSpec => ({ kind, path: [...steps, ...more], create: false });
    const extension = (which: string) => text(value, `x-kubernetes-${which}`);
    if (extension('annotation') !== undefined) found.annotations.push(spec());
    if (extension('label-selector') !== undefined) found.labels.push(spec());
    if (extension('identity') !== undefined) found.names.push(spec());
    const version = extension('object-ref-api-version');
    const target = extension('object-ref-kind');
    if (version !== undefined && target !== undefined) {
      const key = extension('object-ref-name-key') ?? 'name';
      found.nameReference.push({ to: { kind: target, version, group: undefined }, from: [spec(key)] });
    }
    const reference = text(value, '$ref');
    if (reference !== undefined) follow(found, kind, reference, steps);
  }
}
