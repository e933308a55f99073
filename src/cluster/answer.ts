/** What someone else's server said, or why that is not known. Never a guess. */
export type Answer<T> = { readonly known: true; readonly value: T } | NoAnswer;

export interface NoAnswer {
  readonly known: false;
  /** In a clause, as an operator would say it: `the server refuses connections`. */
  readonly why: string;
  /** It may be answered a moment later, so that asking again makes sense. */
  readonly passes: boolean;
}

export function known<T>(value: T): Answer<T> {
  return { known: true, value };
}

export function unknown(why: string, passes = false): NoAnswer {
  return { known: false, why, passes };
}
