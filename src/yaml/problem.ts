import type { Span } from './node.ts';

/**
 * What can be wrong with the input itself. Each code that is a mistake of the commit's author is also the id of a rule;
 * the others mean that something was not analysed, and the run is incomplete (exit 3).
 */
export const MISTAKES = [
  /** kubectl or kustomize would refuse the text. */
  'yaml-does-not-parse',
  /** A key twice in one mapping: readers differ in which wins. */
  'duplicate-key',
  /** The same bytes mean one thing to kubectl and another to kustomize, or an object hides from one reader. */
  'ambiguous-yaml',
  /** kustomize would refuse the build. */
  'kustomization-refused',
  /** A file or folder that a kustomization or an Application names, and the tree lacks. */
  'file-not-in-tree',
  /** A path that leads out of the repository. */
  'path-leaves-repository',
  /** `newTag: 1.10`: YAML reads a number, kustomize wants a string. */
  'tag-is-a-number',
  /** An `images:` entry that matches no image of the build. */
  'images-entry-matches-nothing',
] as const;

export const LIMITS = [
  'file-too-large',
  'too-many-nodes',
  'too-deep',
  'too-many-objects',
  'graph-too-deep',
  'encoding',
  'content-not-available',
] as const;

export type Mistake = (typeof MISTAKES)[number];
export type Limit = (typeof LIMITS)[number];

/** Something wrong with the input, in words, with the place. */
export interface Problem {
  readonly code: Mistake | Limit;
  /** One line: what is wrong, with the values. No full stop. */
  readonly message: string;
  readonly span: Span;
  /** The start of the message: what stands there, without what readers make of it. */
  readonly fact?: string;
  /** The file whose content is not known for it, where `span` is in the one that names it. */
  readonly unread?: string;
}

export function isLimit(problem: Problem): boolean {
  return (LIMITS as readonly string[]).includes(problem.code);
}
