import { at, entries, items, type Node, scalar, text } from '../yaml/node.ts';
import type { KubeObject } from './object.ts';
import { ANY_NAME, type Descriptor, type Field, type Fields, type Schema } from './schema.ts';

/**
 * The schema that a CustomResourceDefinition gives its kind, read field by field as it is asked for. Undefined where the
 * object is none, or lets every field pass.
 */
export function customSchema(definition: KubeObject): Schema | undefined {
  const spec = at(definition.root, 'spec');
  const [group, kind] = [text(spec, 'group'), text(spec, 'names', 'kind')];
  if (definition.id.kind !== 'CustomResourceDefinition' || scalar(spec, 'preserveUnknownFields') === true)
    return undefined;
  const roots = new Map<string, Node>();
  const shared = at(spec, 'validation', 'openAPIV3Schema');
  for (const version of items(at(spec, 'versions'))) {
    const schema = at(version, 'schema', 'openAPIV3Schema') ?? shared;
    if (schema !== undefined) roots.set(`${group}/${text(version, 'name')}/${kind}`, schema);
  }
  const opened = new Map<string, Fields>();
  const nodes = new Map(roots);
  return {
    origin: 'repository',
    source: definition.root.span.source.file,
    fields: name => {
      const node = nodes.get(name);
      const known = opened.get(name);
      if (known !== undefined || node === undefined) return known;
      const fields = fieldsOf(node, name, nodes);
      // The API server knows these of every object, whatever the definition says of them.
      if (roots.has(name))
        for (const field of ['apiVersion', 'kind', 'metadata', 'status']) fields.set(field, ANYTHING);
      opened.set(name, fields);
      return fields;
    },
  };
}

const ANYTHING: Field = { isRequired: false, type: 'any' };

function fieldsOf(node: Node, name: string, nodes: Map<string, Node>): Map<string, Field> {
  const required = new Set(items(at(node, 'required')).map(item => text(item)));
  const fields = new Map<string, Field>();
  for (const [field, { value }] of entries(at(node, 'properties'))) {
    // A default is filled in before the object is validated.
    const isRequired = required.has(field) && at(value, 'default') === undefined && scalar(value, 'nullable') !== true;
    fields.set(field, { isRequired, type: descriptorOf(value, `${name}.${field}`, nodes) });
  }
  if (isOpen(node)) fields.set(ANY_NAME, ANYTHING);
  return fields;
}

function descriptorOf(node: Node | undefined, name: string, nodes: Map<string, Node>): Descriptor {
  if (node === undefined || scalar(node, 'x-kubernetes-embedded-resource') === true) return 'any';
  if (scalar(node, 'x-kubernetes-int-or-string') === true) return 'int-or-string';
  switch (text(node, 'type')) {
    case 'object':
      return objectDescriptor(node, name, nodes);
    case 'array':
      return `[]${descriptorOf(at(node, 'items'), `${name}[]`, nodes)}`;
    case 'string':
      return enumeration(node) ?? 'string';
    case 'integer':
    case 'number':
      return text(node, 'type') ?? 'any';
    case 'boolean':
      return 'boolean';
    default:
      return 'any';
  }
}

function objectDescriptor(node: Node, name: string, nodes: Map<string, Node>): Descriptor {
  if (at(node, 'properties') !== undefined) {
    nodes.set(name, node);
    return `#${name}`;
  }
  const values = at(node, 'additionalProperties');
  return values?.kind === 'map' && !isOpen(node) ? `{}${descriptorOf(values, `${name}{}`, nodes)}` : 'any';
}

function isOpen(node: Node): boolean {
  return scalar(node, 'x-kubernetes-preserve-unknown-fields') === true;
}

function enumeration(node: Node): Descriptor | undefined {
  const words = items(at(node, 'enum')).map(item => text(item));
  const isPlain = words.length > 0 && words.every(word => word !== undefined && !word.includes('|'));
  return isPlain ? `=${words.join('|')}` : undefined;
}
