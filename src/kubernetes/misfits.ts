import { nearestOf } from '../config/nearest.ts';
import { type MapNode, type Node, type Path, type ScalarNode, text } from '../yaml/node.ts';
import { parseQuantity } from './quantity.ts';
import { ANY_NAME, type Descriptor, type Fields, type Schema, tableOf } from './schema.ts';

/** Something in an object that does not fit the schema of its kind. */
export type Misfit =
  | {
      readonly kind: 'unknown-field';
      readonly path: Path;
      readonly name: string;
      /** A field of the same object that is called nearly so and is not set. */
      readonly meant: string | undefined;
      /** A place nearby that has a field of the name: `containers`, `spec`. */
      readonly belongs: { readonly to: string; readonly isBelow: boolean } | undefined;
    }
  /** `path` is that of the object that lacks it. */
  | { readonly kind: 'missing-field'; readonly path: Path; readonly name: string }
  | { readonly kind: 'wrong-type'; readonly path: Path; readonly node: Node; readonly wanted: string }
  | {
      readonly kind: 'unknown-word';
      readonly path: Path;
      readonly node: ScalarNode;
      readonly words: readonly string[];
    };

/** The object that a walk is in, and those around it. */
interface Place {
  readonly schema: Schema;
  readonly path: Path;
  readonly fields: Fields;
  readonly outer: Place | undefined;
}

/**
 * What of an object does not fit its kind. A null is as good as absent, and what a tool fills in before the object is
 * applied (`${REPLICAS}`, `<path:...>`) is taken to fit.
 *
 * @param table The kind in the schema.
 */
export function misfits(root: MapNode, schema: Schema, table: string): Misfit[] {
  const fields = schema.fields(table);
  if (fields === undefined) return [];
  return [...inObject(root, { schema, path: [], fields, outer: undefined })].filter(({ path }) => !isSops(path));
}

/** SOPS writes down there what it takes away again when it decrypts the object. */
function isSops([field]: Path): boolean {
  return field === 'sops';
}

function* inObject(node: MapNode, place: Place): Generator<Misfit> {
  const { path, fields } = place;
  for (const [name, { value }] of node.entries) {
    const field = fields.get(name) ?? fields.get(ANY_NAME);
    if (field !== undefined) yield* inValue(value, field.type, [...path, name], place);
    else if (!isNull(value)) yield unknownField(node, name, place);
  }
  for (const [name, { isRequired }] of fields) {
    const value = node.entries.get(name)?.value;
    if (isRequired && (value === undefined || isNull(value))) yield { kind: 'missing-field', path, name };
  }
}

function* inValue(node: Node, type: Descriptor, path: Path, place: Place): Generator<Misfit> {
  if (type === 'any' || isNull(node) || isFilledIn(node)) return;
  if (type.startsWith('[]')) {
    if (node.kind !== 'seq') yield { kind: 'wrong-type', path, node, wanted: 'a list' };
    else for (const [index, item] of node.items.entries()) yield* inValue(item, type.slice(2), [...path, index], place);
  } else if (type.startsWith('{}')) {
    if (node.kind !== 'map') yield { kind: 'wrong-type', path, node, wanted: 'a mapping' };
    else for (const [key, { value }] of node.entries) yield* inValue(value, type.slice(2), [...path, key], place);
  } else if (type.startsWith('#')) {
    const fields = place.schema.fields(type.slice(1));
    if (node.kind !== 'map') yield { kind: 'wrong-type', path, node, wanted: 'a mapping' };
    else if (fields !== undefined) yield* inObject(node, { schema: place.schema, path, fields, outer: place });
  } else {
    yield* inScalar(node, type, path);
  }
}

function* inScalar(node: Node, type: Descriptor, path: Path): Generator<Misfit> {
  const wanted = wantedBy(type);
  if (node.kind !== 'scalar' || !fits(node, type)) yield { kind: 'wrong-type', path, node, wanted };
  else if (type.startsWith('=')) {
    const words = type.slice(1).split('|');
    // The API server takes an empty word for none and fills in its default.
    if (node.value !== '' && !words.some(word => word === node.value))
      yield { kind: 'unknown-word', path, node, words };
  }
}

function fits({ value }: ScalarNode, type: Descriptor): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value) || typeof value === 'bigint';
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint';
    case 'boolean':
      return typeof value === 'boolean';
    case 'quantity':
      return typeof value === 'string' ? parseQuantity(value) !== undefined : typeof value !== 'boolean';
    case 'int-or-string':
      return typeof value === 'string' || Number.isInteger(value);
    case 'base64':
      return typeof value === 'string' && isBase64(value);
    default:
      return typeof value === 'string';
  }
}

/** As Go's decoder takes it: padded, and line breaks do not count. */
function isBase64(value: string): boolean {
  const text = value.replace(/[\r\n]/g, '');
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function wantedBy(type: Descriptor): string {
  switch (type) {
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'quantity':
      return 'a quantity such as 500m or 2Gi';
    case 'int-or-string':
      return 'a whole number or a string';
    case 'base64':
      return 'base64';
    default:
      return 'a string';
  }
}

function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** What Flux, envsubst, Argo CD's plugins and the like put a value in place of. */
function isFilledIn(node: Node): boolean {
  const value = text(node);
  return value !== undefined && /\$[({]|\{\{|<[^<>]+>|^\$[A-Z_]+$|^ENC\[/.test(value);
}

function unknownField(node: MapNode, name: string, place: Place): Misfit {
  const path = [...place.path, name];
  const unset = [...place.fields.keys()].filter(field => !node.entries.has(field));
  const belongs = above(name, place) ?? below(name, place);
  return {
    kind: 'unknown-field',
    path,
    name,
    meant: belongs === undefined ? nearestOf(name, unset) : undefined,
    belongs,
  };
}

/** The nearest object around this one that has the field, by its own name. */
function above(name: string, { outer }: Place): { to: string; isBelow: false } | undefined {
  for (let place = outer; place !== undefined; place = place.outer) {
    if (place.fields.has(name) && place.path.length > 0) {
      const to = place.path.findLast(step => typeof step === 'string');
      return to === undefined ? undefined : { to: String(to), isBelow: false };
    }
  }
  return undefined;
}

/** The field of this object whose own object, or whose items, have the field. */
function below(name: string, { schema, fields }: Place): { to: string; isBelow: true } | undefined {
  for (const [to, { type }] of fields) {
    const table = tableOf(type);
    if (table !== undefined && schema.fields(table)?.has(name)) return { to, isBelow: true };
  }
  return undefined;
}
