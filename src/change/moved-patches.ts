import { type Container, containers } from '../kubernetes/workload.ts';
import { entries, items, type Node, type Path, type Span } from '../yaml/node.ts';
import type { Modified } from './aspect.ts';

/** A JSON 6902 patch that names a container by its place in the list, at which another one stands after the commit. */
export interface MovedPatch {
  /** The path that the operation changes at least: `/spec/template/spec/containers/0/resources`. */
  readonly pointer: string;
  /** The containers that it reaches before and after the commit. */
  readonly from: string;
  readonly to: string;
  /** Where the container stands now that it reached before; undefined where that is gone. */
  readonly index: number | undefined;
  /** The value in the patch. */
  readonly span: Span;
}

/**
 * The patches whose text stays while the containers move. That it is the same patch tells the place of its value, and
 * that it goes by index its text. A container that only has another name now is the one that is meant.
 */
export function movedPatches({ before, after }: Modified): MovedPatch[] {
  const [old, now] = [containers(before), containers(after)];
  return now.flatMap(container => {
    const there = old.find(one => pointerOf(one) === pointerOf(container));
    if (there === undefined || there.name === container.name) return [];
    const index = indexOf(now, there);
    if (index === undefined && indexOf(old, container) === undefined) return [];
    const found = sharedValue(there.node, container);
    return found === undefined ? [] : [{ ...found, from: there.name, to: container.name, index }];
  });
}

function pointerOf({ path }: Container): string {
  return `/${path.join('/')}`;
}

/** The place of the container of that name in its list. */
function indexOf(list: readonly Container[], { name, init }: Container): number | undefined {
  const place = list.find(one => one.name === name && one.init === init)?.path.at(-1);
  return typeof place === 'number' ? place : undefined;
}

/** A value of the container that is written at the same place of the same text as one of the other container. */
function sharedValue(other: Node, container: Container): Pick<MovedPatch, 'pointer' | 'span'> | undefined {
  const known = new Map([...valuesOf(other)].map(({ span }) => [keyOf(span), span.source.text]));
  const prefix = `${pointerOf(container)}/`;
  for (const { path, span } of valuesOf(container.node)) {
    const { text } = span.source;
    if (known.get(keyOf(span)) === text && text.includes(prefix)) return { pointer: prefix + path[0], span };
  }
  return undefined;
}

function keyOf({ source, start }: Span): string {
  return `${start} ${source.file}`;
}

function* valuesOf(node: Node, path: Path = []): Generator<{ readonly path: Path; readonly span: Span }> {
  if (path.length > 0) yield { path, span: node.span };
  for (const [key, { value }] of entries(node)) yield* valuesOf(value, [...path, key]);
  for (const [index, item] of items(node).entries()) yield* valuesOf(item, [...path, index]);
}
