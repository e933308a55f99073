import type { MapEntry, Node, Span } from '../yaml/node.ts';

/** More objects than any cluster takes from one folder; a fan-out of bases that doubles reaches it soon. */
export const MAX_OBJECTS = 50_000;

/** Scalars, lists and mappings of the objects of one build, aliases followed. */
export const MAX_VALUES = 500_000;

/** Values that one build copies or changes on the way through its layers: about two seconds. */
const MAX_STEPS = 5_000_000;

/** Characters that are copied in the time of one value. */
const CHARACTERS = 5;

/** A value that is added takes room as well as time. */
const STEPS_OF_NEW = 5;

/** The build is larger than any that is followed: nothing of it is rendered. */
export class TooLarge extends Error {
  readonly span: Span;

  constructor(message: string, span: Span) {
    super(message);
    this.span = span;
  }
}

/** The steps that one build has taken, whichever of its folders were built before. */
export class Budget {
  spent = 0;

  /** Throws `TooLarge` at the place that asks for more than is left. */
  spend(steps: number, span: Span): void {
    this.spent += steps;
    if (this.spent <= MAX_STEPS) return;
    const message = `the build copies or changes more than ${grouped(MAX_STEPS)} values on the way through its layers`;
    throw new TooLarge(message, span);
  }

  /** For a node that is copied to where it stays. */
  spendCopy(node: Node, span: Span): void {
    this.spend(valuesIn(node) * STEPS_OF_NEW, span);
  }

  /** For text or bytes that are copied as often. */
  spendText(length: number, times: number, span: Span): void {
    this.spend((length / CHARACTERS) * times, span);
  }
}

export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** The node and all below it. */
export function valuesIn(node: Node | undefined): number {
  if (node === undefined) return 0;
  let count = 1;
  const add = (child: Node) => {
    count += child.kind === 'scalar' ? 1 : valuesIn(child);
  };
  const addValue = ({ value }: MapEntry) => add(value);
  // Called for every object: an iterator would take longer than the rest.
  if (node.kind === 'seq') node.items.forEach(add);
  else if (node.kind === 'map') node.entries.forEach(addValue);
  return count;
}
