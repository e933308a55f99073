// Reads the TypeScript declarations of kubernetes-models and its sister packages as tables of types.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Types of apimachinery that are scalars in a manifest, by their path there; all others are tables of fields. */
const SCALARS = {
  'api/resource/Quantity': 'quantity',
  'util/intstr/IntOrString': 'int-or-string',
  'apis/meta/v1/Time': 'string',
  'apis/meta/v1/MicroTime': 'string',
  'apis/meta/v1/FieldsV1': 'any',
  'runtime/RawExtension': 'any',
};

/**
 * A table for each interface below a folder, by its path there: fields with descriptors, `!` after the name of one that
 * is required. Inline objects get a table of their own. A declaration that is no table is replaced by what it stands for.
 */
export function readModels(root) {
  const types = {};
  const aliases = {};
  const parents = {};
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!file.endsWith('.d.ts') || file.endsWith('index.d.ts') || file.startsWith('_schemas')) continue;
    const name = file.slice(0, -'.d.ts'.length);
    const { fields, type, extended } = readModel(root, file, name);
    if (fields === undefined) aliases[name] = type;
    else addTable(types, name, fields);
    parents[name] = extended;
  }
  for (const name of Object.keys(parents)) inherit(types, parents, name);
  return withoutAliases(types, aliases);
}

/** What a Go type embeds is what its declaration extends. */
function inherit(types, parents, name) {
  const extended = parents[name] ?? [];
  parents[name] = [];
  for (const parent of extended) {
    inherit(types, parents, parent);
    types[name] = { ...types[parent], ...types[name] };
  }
}

function addTable(types, name, fields) {
  const table = {};
  for (const [field, type] of Object.entries(fields)) {
    const inner = `${name}.${field.replace('!', '')}`;
    table[field] = flat(type, inner);
    const object = Array.isArray(type) ? type[0] : type;
    if (typeof object === 'object') addTable(types, inner, object);
  }
  types[name] = table;
}

function flat(type, inner) {
  if (typeof type === 'string') return type;
  return Array.isArray(type) ? `[]${flat(type[0], inner)}` : `#${inner}`;
}

function withoutAliases(types, aliases) {
  const resolve = descriptor => {
    const [, prefix, target] = /^((?:\[\]|\{\})*)#?(.*)$/.exec(descriptor);
    return target in aliases && descriptor.includes('#') ? prefix + resolve(aliases[target]) : descriptor;
  };
  for (const table of Object.values(types)) for (const field in table) table[field] = resolve(table[field]);
  return types;
}

function readModel(root, file, name) {
  const text = readFileSync(join(root, file), 'utf8').replace(/\/\*\*[\s\S]*?\*\//g, '');
  const imports = new Map();
  for (const [, names, from] of text.matchAll(/import (?:type )?\{([^}]*)\} from "([^"]*)"/g)) {
    for (const imported of names.split(',')) imports.set(imported.trim(), from.replace(/\.js$/, ''));
  }
  const reference = used => {
    const from = imports.get(used);
    if (from === undefined) return used === `I${name.slice(name.lastIndexOf('/') + 1)}` ? `#${name}` : 'any';
    const shared = /^@kubernetes-models\/apimachinery\/(.*)$/.exec(from)?.[1];
    if (shared === undefined && !from.startsWith('.')) return 'any';
    const path = shared ?? normalize(join(dirname(file), from));
    return SCALARS[path] ?? `#${path}`;
  };
  const declared = /export (?:interface|type) I\w+(?: extends ([\w, ]+))?\s*=?\s*/.exec(text);
  if (declared === null) return { type: 'any' };
  const reader = { text, at: declared.index + declared[0].length, reference };
  const extended = (declared[1] ?? '').split(',').map(parent => reference(parent.trim()));
  const body = text[reader.at] === '{' ? readBody(reader) : { type: readType(reader) };
  return { ...body, extended: extended.filter(parent => parent.startsWith('#')).map(parent => parent.slice(1)) };
}

/** `{ "name"?: type; ... }` or `{ [key: string]: type }`. */
function readBody(reader) {
  take(reader, '{');
  const fields = {};
  let values;
  while (!take(reader, '}')) {
    if (take(reader, '[key: string]:')) values = readType(reader);
    else {
      const [, quoted, bare, optional] = match(reader, /(?:"([^"]+)"|(\w+))(\?)?:/y);
      fields[(quoted ?? bare) + (optional === undefined ? '!' : '')] = readType(reader);
    }
    take(reader, ';');
  }
  return values === undefined ? { fields } : { type: `{}${typeof values === 'string' ? values : 'any'}` };
}

/** A descriptor, the fields of an inline object, or a list with those of its items. */
function readType(reader) {
  const parts = [];
  do parts.push(readPart(reader));
  while (take(reader, '|'));
  const words = parts.filter(part => part !== 'null');
  if (words.every(word => typeof word === 'string' && word.startsWith('='))) {
    return `=${words.map(word => word.slice(1)).join('|')}`;
  }
  if (words.length === 1) return words[0];
  return words.every(word => word === 'string' || word === 'number') ? 'int-or-string' : 'any';
}

function readPart(reader) {
  skip(reader);
  if (reader.text[reader.at] === '{') {
    const { fields, type } = readBody(reader);
    return type ?? fields;
  }
  const literal = tryMatch(reader, /"((?:[^"\\]|\\.)*)"/y);
  if (literal !== null) return `=${literal[1]}`;
  if (take(reader, 'Array<')) {
    const item = readType(reader);
    if (!take(reader, '>')) throw notUnderstood(reader);
    return typeof item === 'string' ? `[]${item}` : [item];
  }
  const [name] = match(reader, /[\w.]+/y);
  // `IService["kind"]`: another declaration of the same file says which.
  if (tryMatch(reader, /\["\w+"\]/y) !== null) return 'string';
  return ['string', 'number', 'boolean', 'null', 'any'].includes(name) ? name : reader.reference(name);
}

function skip(reader) {
  tryMatch(reader, /\s*/y);
}

function take(reader, word) {
  skip(reader);
  if (!reader.text.startsWith(word, reader.at)) return false;
  reader.at += word.length;
  return true;
}

function match(reader, pattern) {
  skip(reader);
  const found = tryMatch(reader, pattern);
  if (found === null) throw notUnderstood(reader);
  return found;
}

function tryMatch(reader, pattern) {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text);
  if (found !== null) reader.at += found[0].length;
  return found;
}

function notUnderstood({ text, at }) {
  return new Error(`not understood: ${text.slice(at, at + 60)}`);
}
