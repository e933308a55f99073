import type { TrackedComponent } from './components.ts';
import { isSameVersion } from './version-places.ts';

/** A step of a component to another version, as far as the list has a say in it. */
export interface ListedStep {
  readonly to: string;
  readonly isMajor: boolean;
  /** A script makes it, not a person. */
  readonly automated: boolean;
}

/** Why the list holds a component back from a step; undefined where it does not. The only reading of its policy. */
export function reasonToHold(component: TrackedComponent, { to, isMajor, automated }: ListedStep): string | undefined {
  const { pin, skipMajor, manualOnly } = component;
  if (pin !== undefined && !isSameVersion(to, pin.text)) return `the list pins it to ${pin.text}`;
  if (skipMajor && isMajor) return 'the list skips majors of it';
  if (manualOnly && automated) return 'the list has it changed by hand only, while the subject is one of a script';
  return undefined;
}
