import type { Mismatch } from '../../config/validate.generated.js';
import type { WrittenPolicies } from './read.ts';

export declare const validate: {
  (data: unknown): data is WrittenPolicies;
  /** Of the last call. */
  errors?: readonly Mismatch[] | null;
};
