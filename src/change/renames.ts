import { idLabel, type KubeObject } from '../kubernetes/object.ts';
import { at, entries, type Json, type Node, toJson } from '../yaml/node.ts';
import type { ObjectChange } from './change.ts';
import { addedStatements, removedStatements } from './facts-presence.ts';
import type { Statement } from './statement.ts';

/** An object that goes under one name or namespace and comes under another, and is the same otherwise. */
export interface Rename {
  readonly before: KubeObject;
  readonly after: KubeObject;
}

/**
 * The objects of a unit that a commit renames or moves to another namespace. Only those whose removal and arrival say
 * nothing more than that are taken together: data, rights and hooks do not come along under another name.
 */
export function renamesIn(changes: readonly ObjectChange[]): Rename[] {
  const gone = new Map<string, KubeObject[]>();
  for (const change of changes) {
    if (change.kind !== 'removed' || !isPlainly('removed', removedStatements(change.before))) continue;
    const key = contentOf(change.before);
    gone.set(key, [...(gone.get(key) ?? []), change.before]);
  }
  if (gone.size === 0) return [];
  return changes.flatMap(change => {
    if (change.kind !== 'added' || !isPlainly('added', addedStatements(change.after))) return [];
    const before = gone.get(contentOf(change.after))?.shift();
    return before === undefined ? [] : [{ before, after: change.after }];
  });
}

export function renameStatement({ before, after }: Rename): Statement {
  const isMoved = before.id.name === after.id.name;
  const [from, to] = isMoved ? [before.id.namespace, after.id.namespace] : [before.id.name, after.id.name];
  const subject = isMoved ? `${idLabel(after.id)}: namespace` : after.id.kind;
  return { kind: 'object', move: 'moved', subject, from, to, object: after.id, span: after.root.span, side: 'after' };
}

function isPlainly(move: 'added' | 'removed', statements: readonly Statement[]): boolean {
  const [only, ...others] = statements;
  const isAlone = only?.kind === 'object' && only.move === move && others.length === 0;
  // What is done to every request for a group, or runs at a sync, is told as such.
  return isAlone && !/^APIService |hook /.test(only.subject);
}

/** What the object is but for its name, which labels and selectors often repeat. */
function contentOf({ id, root }: KubeObject): string {
  const metadata = without(at(root, 'metadata'), ['name', 'namespace']);
  const others = without(root, ['metadata']);
  return JSON.stringify([id.group, metadata, others], (_key, value: unknown) => {
    if (value === id.name) return '\0';
    return typeof value === 'bigint' ? String(value) : value;
  });
}

function without(node: Node | undefined, keys: readonly string[]): (readonly [string, Json])[] {
  return [...entries(node)].flatMap(([key, { value }]) => (keys.includes(key) ? [] : [[key, toJson(value)] as const]));
}
