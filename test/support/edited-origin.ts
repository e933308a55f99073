import type { Tree } from '../../src/git/tree.ts';
import type { KubeObject } from '../../src/kubernetes/object.ts';
import type { Rendered } from '../../src/kustomize/rendered.ts';
import { createRenderer } from '../../src/kustomize/renderer.ts';
import { SharedBuilds } from '../../src/kustomize/shared-builds.ts';
import type { Node, Scalar, ScalarNode } from '../../src/yaml/node.ts';

/** A value of a rendered object. */
export interface Leaf {
  readonly object: KubeObject;
  readonly path: string;
  readonly node: ScalarNode;
}

export function leavesOf({ objects }: Rendered): Leaf[] {
  return objects.flatMap(object => leavesIn(object, object.root, ''));
}

function leavesIn(object: KubeObject, node: Node, path: string): Leaf[] {
  if (node.kind === 'scalar') return [{ object, path, node }];
  if (node.kind === 'seq') return node.items.flatMap((item, i) => leavesIn(object, item, `${path}/${i}`));
  return [...node.entries].flatMap(([key, { value }]) => leavesIn(object, value, `${path}/${JSON.stringify(key)}`));
}

/** Renders a folder as it is when the text at a place is another one. */
export interface Editor {
  readonly rendered: Rendered;
  render(file: string, text: string): Promise<Rendered>;
}

export async function editorOf(tree: Tree, folder: string, shared = new SharedBuilds()): Promise<Editor> {
  return {
    rendered: await createRenderer(tree, { shared }).kustomization(folder),
    render: (file, text) => createRenderer(withText(tree, file, text), { shared }).kustomization(folder),
  };
}

function withText(tree: Tree, file: string, text: string): Tree {
  const id = `edited ${file} ${text}`;
  return {
    ...tree,
    id: `${tree.id} ${id}`,
    entry: async path => {
      const entry = await tree.entry(path);
      return entry?.path === file ? { ...entry, oid: id } : entry;
    },
    read: async entry => (entry.path === file ? Buffer.from(text) : tree.read(entry)),
  };
}

/**
 * Whether some edit of the text at the leaf's origin, and of nothing else, changes the leaf. What a generator says of
 * its object, such as its kind, points to the entry as a whole, and goes with it.
 */
export async function followsItsOrigin({ rendered, render }: Editor, leaf: Leaf): Promise<boolean> {
  const { source, start, end } = leaf.node.span;
  const token = source.text.slice(start, end);
  const edited = (other: string) => render(source.file, source.text.slice(0, start) + other + source.text.slice(end));
  if (isEntry(token, leaf.node.value)) return isGone(rendered, await edited('{}'), leaf);
  for (const other of otherTexts(token)) if (hasMoved(rendered, await edited(other), leaf)) return true;
  return false;
}

function isGone(before: Rendered, after: Rendered, { object }: Leaf): boolean {
  return after.problems.length > before.problems.length || counterpart(before, after, object) === undefined;
}

function isEntry(token: string, value: Scalar): boolean {
  return /^\{.*\}$/s.test(token) || (/^\w+:\s/.test(token) && !token.startsWith(String(value).slice(0, 9)));
}

const OTHER_WORD = new Map([
  ['true', 'false'],
  ['false', 'true'],
  ['null', 'z'],
  ['~', 'z'],
]);

/** The text of a scalar with something added: inside of its quotes, on the lines of its block, or as it stands. */
function otherTexts(token: string): string[] {
  const other = OTHER_WORD.get(token);
  if (other !== undefined) return [other];
  if (token === '') return [' z'];
  const block = /^([|>][^\n]*\n(?:[ \t]*\r?\n)*[ \t]*)(.*)$/s.exec(token);
  if (block !== null) return [`${block[1]}z${block[2]}`, token.replace(/(\s*)$/, 'z$1')];
  if (/^["'].*["']$/s.test(token)) return [`${token.slice(0, -1)}z${token.at(-1)}`, `${token[0]}z${token.slice(1)}`];
  if (/^[-+]?[\d.]/.test(token)) return [`${token}1`, `1${token}`, `${token}z`];
  return [`${token}z`, `z${token}`];
}

/**
 * Whether another value stands at the leaf's place, or at the place that the same text sets now; for what names an
 * object also whether kustomize no longer finds it.
 */
function hasMoved(before: Rendered, after: Rendered, { object, path, node }: Leaf): boolean {
  const isRefused = after.problems.length > before.problems.length;
  if (isRefused && IDENTITY.test(path)) return true;
  const now = counterpart(before, after, object);
  if (now === undefined) return false;
  const values = leavesIn(now, now.root, '');
  const same = values.find(leaf => leaf.path === path);
  if (same === undefined ? !isRefused : !Object.is(same.node.value, node.value)) return true;
  const { span } = node;
  return values.some(
    leaf =>
      withoutIndexes(leaf.path) === withoutIndexes(path) &&
      leaf.node.span.source.file === span.source.file &&
      leaf.node.span.start === span.start &&
      !Object.is(leaf.node.value, node.value),
  );
}

const IDENTITY = /^\/"(?:apiVersion|kind|metadata"\/"name)"$/;

function withoutIndexes(path: string): string {
  return path.replace(/\/\d+(?=\/|$)/g, '/*');
}

/** The object of the same name, or among those whose names are new the one in its place. */
function counterpart(before: Rendered, after: Rendered, object: KubeObject): KubeObject | undefined {
  const named = (one: KubeObject) => `${one.id.group} ${one.id.kind} ${one.id.namespace} ${one.id.name}`;
  const olds = new Set(before.objects.map(named));
  const news = new Map(after.objects.map(one => [named(one), one]));
  const same = news.get(named(object));
  if (same !== undefined) return same;
  const gone = before.objects.filter(one => !news.has(named(one)));
  const come = after.objects.filter(one => !olds.has(named(one)));
  return come[gone.indexOf(object)];
}
