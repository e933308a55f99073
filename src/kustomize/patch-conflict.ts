import type { Span } from '../yaml/node.ts';

/** A patch that kustomize would refuse: its shape does not fit the object. */
export class PatchConflict extends Error {
  readonly span: Span;

  constructor(message: string, span: Span) {
    super(message);
    this.span = span;
  }
}
