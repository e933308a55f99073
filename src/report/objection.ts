/** Something that stops a commit or a push, or that is only said. */
export interface Objection {
  /** One line, without a full stop. */
  readonly what: string;
  /** More lines, each a sentence or a list. */
  readonly why: readonly string[];
  /** How to go on: sentences, each with the lines to copy. */
  readonly goOn: readonly { readonly say: string; readonly copy: readonly string[] }[];
}

/** What is said of a commit or a push. */
export interface Answer {
  /** Where a message declares another risk than the computed one: said first, and by itself no reason to stop. */
  readonly differs: readonly Objection[];
  readonly stops: readonly Objection[];
  /** Said, and no reason to stop. */
  readonly notes: readonly Objection[];
}
