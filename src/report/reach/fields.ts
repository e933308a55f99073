import type { KubeObject } from '../../kubernetes/object.ts';
import { historyOf, type Node, type Path, type Scalar, type ScalarNode, type Span } from '../../yaml/node.ts';

/** Whether a value was written in the text that is asked about. */
export type Covers = (span: Span) => boolean;

/** A field of a rendered object that the text has a part in. */
export interface SetField {
  readonly object: KubeObject;
  readonly path: Path;
  /** As it is in force. */
  readonly node: Node;
  /** What made it so after the text did: a patch, an entry of `images`; undefined where the text has the last word. */
  readonly later: Span | undefined;
  /** A later value took the place of the whole of it, so that nothing follows from another one here. */
  readonly isOverridden: boolean;
}

export function fieldsSet(objects: readonly KubeObject[], covers: Covers): SetField[] {
  return objects.flatMap(object =>
    [...leaves(object.root, [])].flatMap(({ path, node }) => {
      const history = node.kind === 'scalar' ? historyOf(node) : [node];
      const place = history.findIndex(step => covers(step.span) || (step.kind === 'scalar' && isFile(step, covers)));
      const [step, last] = [history[place], history[0]];
      if (step === undefined || last === undefined) return [];
      const isOverridden = place > 0 && !isImageName(path, step, last);
      return { object, path, node, later: place === 0 ? undefined : last.span, isOverridden };
    }),
  );
}

/** An entry of `images` may set the tag alone, and leave the name as it was. */
function isImageName(path: Path, earlier: Node, last: Node): boolean {
  if (path.at(-1) !== 'image' || earlier.kind !== 'scalar' || last.kind !== 'scalar') return false;
  const nameOf = (image: Scalar) =>
    String(image)
      .replace(/@.*$/, '')
      .replace(/:[^/:]*$/, '');
  return nameOf(earlier.value) === nameOf(last.value);
}

/** The content of a file as one value points to its start. */
function isFile({ value, span }: ScalarNode, covers: Covers): boolean {
  const { source } = span;
  return value !== '' && value === source.text && covers({ source, start: 0, end: source.text.length });
}

function* leaves(node: Node, path: Path): Generator<{ readonly path: Path; readonly node: Node }> {
  if (node.kind === 'seq' && node.items.length > 0) {
    for (const [i, item] of node.items.entries()) yield* leaves(item, [...path, i]);
  } else if (node.kind === 'map' && node.entries.size > 0) {
    for (const [key, { value }] of node.entries) yield* leaves(value, [...path, key]);
  } else yield { path, node };
}

const IDENTITY = new Set(['apiVersion', 'kind', 'metadata.name', 'metadata.namespace']);

/** Whether another value makes it another object. */
export function isIdentity({ path }: SetField): boolean {
  return IDENTITY.has(path.join('.'));
}
