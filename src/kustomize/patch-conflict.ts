import type { Span } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import { label, type Resource } from './resource.ts';

/** A patch that kustomize would refuse: its shape does not fit the object. */
export class PatchConflict extends Error {
  readonly span: Span;

  constructor(message: string, span: Span) {
    super(message);
    this.span = span;
  }
}

/** What does not apply as a problem at its place; throws any other error. */
export function conflict(problems: Problem[], resource: Resource, error: unknown): void {
  if (!(error instanceof PatchConflict)) throw error;
  const message = `${error.message} (${label(resource)})`;
  problems.push({ code: 'kustomization-refused', message, span: error.span });
}
