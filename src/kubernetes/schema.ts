/**
 * What the fields of a kind are. A descriptor is a scalar (`string`, `integer`, `number`, `boolean`, `quantity`,
 * `int-or-string`, `base64`), `any`, the words of an enumeration (`=Always|Never`), a table (`#v1/PodSpec`), a list of
 * what follows (`[]string`), or a mapping to what follows (`{}quantity`).
 */
export type Descriptor = string;

export interface Field {
  readonly isRequired: boolean;
  readonly type: Descriptor;
}

/** The fields of an object by name. */
export type Fields = ReadonlyMap<string, Field>;

/** The name under which a table keeps what any further field may be. */
export const ANY_NAME = '*';

/** The schemas of some kinds and of what they are made of. */
export interface Schema {
  /** `vendored` came with deploy-lint, and may be of another release than the cluster's. */
  readonly origin: 'kubernetes' | 'vendored' | 'repository';
  /** What it is the schema of, for a message: `Kubernetes 1.34`, a package with its version, a file. */
  readonly source: string;
  /** The fields of a table; undefined where there is none of the name. A kind's is `apps/v1/Deployment`. */
  readonly fields: (name: string) => Fields | undefined;
}

/** A schema as a file of `schemas/kubernetes` holds it: `!` after the name of a field means that it is required. */
export function openSchema(text: string, origin: Schema['origin']): Schema {
  const { source, types }: { source: string; types: Record<string, Record<string, string>> } = JSON.parse(text);
  const opened = new Map<string, Fields>();
  return {
    origin,
    source,
    fields: name => {
      const known = opened.get(name);
      if (known !== undefined || !Object.hasOwn(types, name)) return known;
      const fields = new Map(Object.entries(types[name] ?? {}).map(fieldOf));
      opened.set(name, fields);
      return fields;
    },
  };
}

function fieldOf([name, type]: [string, string]): [string, Field] {
  return name.endsWith('!') ? [name.slice(0, -1), { isRequired: true, type }] : [name, { isRequired: false, type }];
}

/** The table that a descriptor leads to, through lists and mappings; undefined for one that leads to none. */
export function tableOf(type: Descriptor): string | undefined {
  const start = type.indexOf('#');
  return start < 0 ? undefined : type.slice(start + 1);
}
