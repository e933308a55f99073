/**
 * The fields of a kustomization.yaml and their types, from the Go structs of kubernetes-sigs/kustomize 5.8
 * (api/types). kustomize refuses unknown fields and values of another type, and reads names in any case.
 */
export type FieldType =
  | 'string'
  | 'integer'
  | 'boolean'
  | 'any'
  | 'strings'
  | { readonly each: 'string' }
  | Struct
  | List;

/** A mapping with these fields and no others. */
export interface Struct {
  readonly fields: ReadonlyMap<string, FieldType>;
}

/** A sequence of mappings. */
export interface List {
  readonly list: Struct;
}

function struct(fields: Record<string, FieldType>): Struct {
  return { fields: new Map(Object.entries(fields)) };
}

function listOf(fields: Record<string, FieldType>): List {
  return { list: struct(fields) };
}

/** A mapping of any keys to strings. */
const STRING_MAP = { each: 'string' } as const;

const ID = { group: 'string', version: 'string', kind: 'string', name: 'string', namespace: 'string' } as const;
const SELECTOR = struct({ ...ID, labelSelector: 'string', annotationSelector: 'string' });

const FIELD_OPTIONS = struct({ delimiter: 'string', index: 'integer', encoding: 'string', create: 'boolean' });

const PATCHES = listOf({
  path: 'string',
  patch: 'string',
  target: SELECTOR,
  options: struct({ allowNameChange: 'boolean', allowKindChange: 'boolean' }),
});

const IMAGES = listOf({
  name: 'string',
  newName: 'string',
  newTag: 'string',
  tagSuffix: 'string',
  digest: 'string',
});

const FIELD_SPECS = listOf({ group: 'string', version: 'string', kind: 'string', path: 'string', create: 'boolean' });

const GENERATOR_OPTIONS = struct({
  labels: STRING_MAP,
  annotations: STRING_MAP,
  disableNameSuffixHash: 'boolean',
  immutable: 'boolean',
});

const GENERATOR = {
  name: 'string',
  namespace: 'string',
  behavior: 'string',
  literals: 'strings',
  files: 'strings',
  envs: 'strings',
  env: 'string',
  options: GENERATOR_OPTIONS,
} as const;

const REPLACEMENT = {
  source: struct({ ...ID, fieldPath: 'string', options: FIELD_OPTIONS }),
  sourceValue: 'string',
  targets: listOf({
    select: SELECTOR,
    reject: { list: SELECTOR },
    fieldPaths: 'strings',
    options: FIELD_OPTIONS,
  }),
} as const;

/** The fields of one replacement, in a kustomization.yaml or in a file of its own. */
export const REPLACEMENT_FIELDS = struct(REPLACEMENT);

/** The fields of a file under `configurations` (api/internal/plugins/builtinconfig). */
export const CONFIGURATION_FIELDS = struct({
  namePrefix: FIELD_SPECS,
  nameSuffix: FIELD_SPECS,
  namespace: FIELD_SPECS,
  commonLabels: FIELD_SPECS,
  labels: FIELD_SPECS,
  templateLabels: FIELD_SPECS,
  commonAnnotations: FIELD_SPECS,
  nameReference: listOf({ group: 'string', version: 'string', kind: 'string', fieldSpecs: FIELD_SPECS }),
  varReference: FIELD_SPECS,
  images: FIELD_SPECS,
  replicas: FIELD_SPECS,
});

export const KUSTOMIZATION_FIELDS = struct({
  apiVersion: 'string',
  kind: 'string',
  metadata: 'any',
  openapi: STRING_MAP,
  namePrefix: 'string',
  nameSuffix: 'string',
  namespace: 'string',
  commonLabels: STRING_MAP,
  labels: listOf({
    pairs: STRING_MAP,
    includeSelectors: 'boolean',
    includeTemplates: 'boolean',
    fields: FIELD_SPECS,
  }),
  commonAnnotations: STRING_MAP,
  patchesStrategicMerge: 'strings',
  patchesJson6902: PATCHES,
  patches: PATCHES,
  images: IMAGES,
  imageTags: IMAGES,
  replacements: listOf({ path: 'string', ...REPLACEMENT }),
  replicas: listOf({ name: 'string', count: 'integer' }),
  vars: listOf({
    name: 'string',
    objref: struct({ apiVersion: 'string', gvk: struct(ID), ...ID }),
    fieldref: struct({ fieldPath: 'string' }),
  }),
  sortOptions: struct({
    order: 'string',
    legacySortOptions: struct({ orderFirst: 'strings', orderLast: 'strings' }),
  }),
  resources: 'strings',
  components: 'strings',
  crds: 'strings',
  bases: 'strings',
  configMapGenerator: listOf(GENERATOR),
  secretGenerator: listOf({ ...GENERATOR, type: 'string' }),
  helmGlobals: 'any',
  helmCharts: 'any',
  helmChartInflationGenerator: 'any',
  generatorOptions: GENERATOR_OPTIONS,
  configurations: 'strings',
  generators: 'strings',
  transformers: 'strings',
  validators: 'strings',
  buildMetadata: 'strings',
});
