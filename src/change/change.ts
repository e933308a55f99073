import type { Application, Unit } from '../gitops/unit.ts';
import type { KubeObject } from '../kubernetes/object.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import type { Node, Path } from '../yaml/node.ts';
import type { Fact } from './fact.ts';

/** One field that differs. Items of lists with a merge key are paired by it, not by their place. */
export interface FieldChange {
  /** The path on the side that has the field; the after side where both have it. */
  readonly path: Path;
  /** The path on the before side, where items of lists may stand at other places; absent where only the after side has it. */
  readonly pathBefore?: Path;
  readonly before: Node | undefined;
  readonly after: Node | undefined;
}

/** What the commit does to one object. Only the sides that exist can be read. */
export type ObjectChange =
  | { readonly kind: 'added'; readonly after: KubeObject }
  | { readonly kind: 'removed'; readonly before: KubeObject }
  | {
      readonly kind: 'modified';
      readonly before: KubeObject;
      readonly after: KubeObject;
      readonly fields: readonly FieldChange[];
    };

/** Objects that one Application has before the commit and another one after it. */
export interface Handover {
  readonly from: Application;
  readonly to: Application;
  /** What the old one does with them: nothing, prunes them when it syncs, or deletes them with itself. */
  readonly end: 'left' | 'pruned' | 'deleted';
  /** As they were before. */
  readonly objects: readonly KubeObject[];
}

/** One unit on both sides of the commit, and what differs. */
export interface UnitChange {
  readonly unit: Unit;
  /** The unit as it was: its Application may have had another destination. Absent where it was not there. */
  readonly unitBefore?: Unit | undefined;
  /** Undefined where the unit does not exist on that side. */
  readonly before: Rendered | undefined;
  readonly after: Rendered | undefined;
  readonly changes: readonly ObjectChange[];
  readonly facts: readonly Fact[];
  /** What the unit takes over from others, or from itself under another name. */
  readonly handovers?: readonly Handover[];
}
