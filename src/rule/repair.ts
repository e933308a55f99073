/**
 * The one safe answer to a finding: an edit of the place that it points to, or of the object that it is about. `where`
 * says on which condition it is the only one: `left` for a value that the change left as it was, `new` for an object
 * that was not there before.
 */
export type Repair = (
  | { readonly kind: 'set'; readonly value: string }
  | { readonly kind: 'remove' }
  | { readonly kind: 'annotate'; readonly key: string; readonly value: string }
) & { readonly where?: 'left' | 'new' };
