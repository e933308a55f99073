import { type Node, Source } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { resolvePlain } from '../yaml/scalars.ts';
import { goJson } from './go-json.ts';
import { type Create, findSlots, PathInText, PathMissing, type Slot } from './replacement-path.ts';
import { write } from './replacement-value.ts';
import { scalarNode, scalarText } from './resource.ts';

/**
 * Sets a value in JSON inside of a text and writes the JSON anew, indented where it was (setValueInStructuredData in
 * kubernetes-sigs/kustomize, api/filters/replacement). False, and nothing set, for YAML, for
 * a text inside of the JSON, and where kustomize would find another text. Throws `PathMissing`.
 *
 * @param steps of the whole path
 */
export function replaceInJson(
  { slot, rest }: PathInText,
  steps: readonly string[],
  value: Node,
  create: Create | undefined,
): boolean {
  const text = scalarText(slot.node);
  // On the way to the text kustomize follows plain names alone.
  const isPlainWay = steps.slice(0, -rest.length).every(step => !/^(?:\*|-|\d+|\[.*)$/.test(step));
  if (!/^\s*[{[]/.test(text) || !isPlainWay) return false;
  const { documents, problems } = parse(new Source(slot.node.span.source.file, text), 'kustomize');
  const [root] = documents;
  if (root === undefined || documents.length > 1 || problems.length > 0) return false;
  const slots = slotsIn(root, rest, create);
  if (slots === undefined) return false;
  if (slots.length === 0) throw new PathMissing('there is no such field in its JSON');
  if (!slots.every(({ node }) => keepsType(node, value))) return false;
  // In version 5.8 the options for a part of the value do not count here.
  for (const one of slots) write(one, value, undefined);
  const isIndented = text.includes('\n') && text.includes('  ');
  slot.set(scalarNode(goJson(root, isIndented ? '\n' : ''), value.span));
  return true;
}

/** Undefined where the path goes on in a text inside of the JSON. */
function slotsIn(root: Node, steps: readonly string[], create: Create | undefined): Slot[] | undefined {
  try {
    return findSlots({ node: root, set: () => {} }, steps, create);
  } catch (error) {
    if (error instanceof PathInText) return undefined;
    throw error;
  }
}

/** A number or a boolean refuses what is none. */
function keepsType(node: Node, value: Node): boolean {
  if (node.kind !== 'scalar' || node.value === null || typeof node.value === 'string') return true;
  const put = resolvePlain(scalarText(value), 'kustomize');
  return typeof put === typeof node.value && Number.isInteger(put) === Number.isInteger(node.value);
}
