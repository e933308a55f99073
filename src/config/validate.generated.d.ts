import type { WrittenConfig } from './config.ts';

/** What does not fit schemas/config.schema.json, as ajv reports it. */
export interface Mismatch {
  /** JSON Pointer to the value, or to the mapping that holds an unknown key. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The part of the schema that was not met. */
  readonly parentSchema: { readonly properties?: Readonly<Record<string, unknown>>; readonly title?: string };
}

export declare const validate: {
  (data: unknown): data is WrittenConfig;
  /** Of the last call. */
  errors?: readonly Mismatch[] | null;
};
