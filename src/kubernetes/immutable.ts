import type { Path } from '../yaml/node.ts';
import { LAWS } from './immutable-fields.ts';
import { OPERATOR_LAWS } from './immutable-operator-fields.ts';
import type { KubeObject } from './object.ts';

/** Why the API server refuses the change. */
export interface Immutable {
  /** A full sentence. */
  readonly reason: string;
}

/**
 * Whether the API server refuses a change at the path of the object, so that a sync fails. Laws that compare values, such
 * as that a claim cannot shrink, need the object as it will be.
 */
export function isImmutable(before: KubeObject, path: Path, after?: KubeObject): Immutable | undefined {
  const kind = `${before.id.group}/${before.id.kind}`;
  const law = (LAWS.get(kind) ?? OPERATOR_LAWS.get(kind))?.find(
    ({ fixed, free = [], when }) =>
      fixed.some(prefix => startsWith(path, prefix)) &&
      !free.some(prefix => startsWith(path, prefix)) &&
      (when === undefined || when(before, after)),
  );
  return law === undefined ? undefined : { reason: law.reason };
}

function startsWith(path: Path, prefix: Path): boolean {
  return prefix.every((step, index) => index < path.length && (step === '*' || path[index] === step));
}
