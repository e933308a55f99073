import { parseReference } from '../image/reference.ts';
import { containers } from '../kubernetes/workload.ts';
import { usesReloader } from './reloader-advice.ts';
import type { UnitState } from './rule.ts';

/** Where something is, in an environment or whatever the environment. */
export interface Part {
  /** `Ingress`, `an Application`, `the image shop/jobs`. */
  readonly what: string;
  /** Undefined where the environment does not matter. */
  readonly environment: string | undefined;
}

/** What a client consists of, by a key that is the same for every client. */
export function partsOf(states: readonly UnitState[]): Map<string, Part> {
  const parts = new Map<string, Part>();
  const add = (what: string, environment: string | undefined) =>
    void parts.set(JSON.stringify([what, environment]), { what, environment });
  for (const { unit, rendered } of states) {
    const environment = unit.environment === 'unknown' ? undefined : unit.environment;
    if (unit.application !== undefined) add('an Application', environment);
    for (const { id } of rendered.objects) add(id.kind, environment);
    if (usesReloader(rendered.objects)) add("Reloader's annotation", environment);
    for (const image of rendered.objects.flatMap(containers).map(({ image = '' }) => parseReference(image))) {
      if (image !== undefined) add(`the image ${image.repository}`, undefined);
    }
  }
  return parts;
}

/** Whether all of the unit is seen: what is missing may be in a chart, another repository or a file that does not parse. */
export function isWhole({ rendered }: UnitState): boolean {
  return rendered.gaps.length === 0 && rendered.problems.length === 0;
}
