// Writes schemas/kubernetes: what fields the kinds of Kubernetes and of some operators have, and of which type. Those of
// Kubernetes itself come from packages that are installed here. The packages of the operators are not, as they want a
// newer Node; a folder that has them is given: node build/kubernetes-schemas.mjs FOLDER/node_modules
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readModels } from './read-models.mjs';

const OUT = 'schemas/kubernetes';
const MODELS = 'node_modules/kubernetes-models';
const SHARED = 'node_modules/@kubernetes-models/apimachinery';
const CLIENT = dirname(createRequire(import.meta.url).resolve('@kubernetes/client-node'));

/** Operators by the package that has their types. */
const OPERATORS = ['argo-cd', 'cert-manager', 'gateway-api', 'keda', 'prometheus-operator'];

/** Required by the OpenAPI document, and yet filled in by a default or not asked for by the API server's validation. */
const NOT_ENFORCED = [
  ['apps/v1/StatefulSetSpec', 'serviceName'],
  ['rbac.authorization.k8s.io/v1/RoleRef', 'apiGroup'],
  ['scheduling.k8s.io/v1/PriorityClass', 'value'],
  ['v1/HTTPHeader', 'value'],
  ['v1/Sysctl', 'value'],
  ['networking.k8s.io/v1/NetworkPolicySpec', 'podSelector'],
  ['discovery.k8s.io/v1/EndpointSlice', 'endpoints'],
  ['apiextensions.k8s.io/v1/CustomResourceDefinitionVersion', 'served'],
  ['apiextensions.k8s.io/v1/CustomResourceDefinitionVersion', 'storage'],
];

/** Fields whose text is base64: the API server decodes it. */
const BASE64 = [
  ['v1/Secret', 'data'],
  ['v1/ConfigMap', 'binaryData'],
];

export async function printKubernetes() {
  const types = { ...readModels(MODELS), ...readModels(SHARED) };
  await mergeNewer(types);
  for (const [type, field] of NOT_ENFORCED) makeOptional(types[type], field);
  for (const [type, field] of BASE64) types[type][field] = '{}base64';
  // Written by hand as what they may be: a schema or a list of them, a schema or a boolean, any JSON.
  for (const table of Object.values(types)) {
    for (const field in table) table[field] = table[field].replace(/#\S*\/JSON(?:SchemaPropsOr\w+)?$/, 'any');
  }
  // Numbers of Kubernetes are integers but for those in the schema of a custom resource.
  for (const [name, table] of Object.entries(types)) {
    if (name.endsWith('/JSONSchemaProps')) continue;
    for (const field in table) table[field] = table[field].replace(/\bnumber$/, 'integer');
  }
  const version = folder => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  const pod = readFileSync(join(CLIENT, 'gen/models/V1Pod.d.ts'), 'utf8');
  const [, release] = /OpenAPI spec version: v(\d+\.\d+)/.exec(pod);
  const packages = `kubernetes-models ${version(MODELS)}, @kubernetes/client-node ${version(join(CLIENT, '..'))}`;
  return print({ source: `Kubernetes ${release}`, packages }, reachable(types, isOfManifest));
}

/** @param packages The node_modules folder that has the operators' packages. */
function printOperator(name, packages) {
  const folder = join(packages, '@kubernetes-models', name);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const types = { ...readModels(folder), ...readModels(SHARED) };
  const source = `@kubernetes-models/${name} ${version}`;
  return print({ source, packages: source }, reachable(types, isOfManifest));
}

/** A kind that people write: not a list, not a question to the API server. */
function isOfManifest(name, table) {
  return (
    'apiVersion!' in table &&
    'kind!' in table &&
    !/(?:List|Review|Scale|Status|Eviction|\/v1\/Binding|TokenRequest)$/.test(name)
  );
}

/** The kinds and what they are made of, without `status`, which a manifest does not set. */
function reachable(types, isRoot) {
  const kept = {};
  const visit = name => {
    if (name in kept) return;
    kept[name] = {};
    for (const [field, type] of Object.entries(types[name])) {
      const isStatus = /^status!?$/.test(field) && 'apiVersion!' in types[name];
      const [, target] = /#(.*)/.exec(type) ?? [];
      kept[name][field] = isStatus || (target !== undefined && !(target in types)) ? 'any' : type;
      if (!isStatus && target in types) visit(target);
    }
  };
  for (const [name, table] of Object.entries(types)) if (isRoot(name, table)) visit(name);
  return kept;
}

function print(about, types) {
  const lines = Object.entries(types)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, table]) => `    ${JSON.stringify(name)}: ${JSON.stringify(withoutIdentity(table))}`);
  const head = Object.entries(about).map(([key, value]) => `  "${key}": ${JSON.stringify(value)},\n`);
  return `{\n${head.join('')}  "types": {\n${lines.join(',\n')}\n  }\n}\n`;
}

/** An object has a kind, or it would not be looked at; the claims that a StatefulSet makes need none. */
function withoutIdentity(table) {
  const identity = { 'apiVersion!': 'apiVersion', 'kind!': 'kind' };
  return Object.fromEntries(
    Object.entries(table).map(([field, type]) => (field in identity ? [identity[field], 'string'] : [field, type])),
  );
}

/** Adds the fields that a newer release of Kubernetes has: those of the client's classes, followed from kind to field. */
async function mergeNewer(types) {
  const client = await import('@kubernetes/client-node');
  const seen = new Set();
  const optional = new Map();
  const isOptional = (className, field) => {
    const text = optional.get(className) ?? readFileSync(join(CLIENT, 'gen/models', `${className}.d.ts`), 'utf8');
    optional.set(className, text);
    return text.includes(`'${field}'?:`);
  };
  const attributes = className => client[className]?.attributeTypeMap ?? [];
  const merge = (name, className) => {
    if (seen.has(name)) return;
    seen.add(name);
    const table = types[name];
    for (const { name: property, baseName, type, format } of attributes(className)) {
      const field = [baseName, `${baseName}!`].find(known => known in table);
      if (field === undefined) {
        table[baseName] = describe(type, format);
        continue;
      }
      // The client does not ask for what says the kind; a manifest has to.
      const isIdentity = baseName === 'apiVersion' || baseName === 'kind';
      if (!isIdentity && isOptional(className, property)) makeOptional(table, baseName);
      const [, target] = /#(.*)/.exec(table[field] ?? table[baseName]) ?? [];
      const [theirs] = /V\w+(?=>|;|$)/.exec(type) ?? [];
      if (target in types && theirs !== undefined) merge(target, theirs);
    }
  };
  const describe = (type, format) => {
    const [, item] = /^Array<(.*)>$/.exec(type) ?? [];
    if (item !== undefined) return `[]${describe(item, format)}`;
    const [, value] = /^\{ \[key: string\]: (.*); \}$/.exec(type) ?? [];
    if (value !== undefined) return `{}${describe(value, format)}`;
    if (format === 'int-or-string' || type === 'IntOrString') return 'int-or-string';
    if (type === 'string' || type === 'Date' || type === 'V1MicroTime') return 'string';
    if (type === 'boolean') return 'boolean';
    if (type === 'number') return 'integer';
    if (client[type]?.attributeTypeMap === undefined) return 'any';
    const name = `client/${type}`;
    if (!(name in types)) {
      types[name] = {};
      for (const { name: property, baseName, type: inner, format: form } of attributes(type)) {
        types[name][baseName + (isOptional(type, property) ? '' : '!')] = describe(inner, form);
      }
    }
    return `#${name}`;
  };
  for (const [name, table] of Object.entries(types)) {
    if (!isOfManifest(name, table)) continue;
    const [version, kind] = name.split('/').slice(-2);
    const className = version[0].toUpperCase() + version.slice(1) + kind;
    if (attributes(className).some(({ baseName }) => baseName === 'apiVersion')) merge(name, className);
  }
}

function makeOptional(table, field) {
  if (!(`${field}!` in table)) return;
  table[field] = table[`${field}!`];
  delete table[`${field}!`];
}

mkdirSync(OUT, { recursive: true });
writeFileSync(join(OUT, 'kubernetes.json'), await printKubernetes());
const [packages] = process.argv[1] === new URL(import.meta.url).pathname ? process.argv.slice(2) : [];
if (packages !== undefined) {
  for (const name of OPERATORS) writeFileSync(join(OUT, `${name}.json`), printOperator(name, packages));
}
