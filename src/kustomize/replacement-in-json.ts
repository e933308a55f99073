import { type Node, Source } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { resolvePlain } from '../yaml/scalars.ts';
import { goJson } from './go-json.ts';
import { type Create, findSlots, type PathInText, PathMissing } from './replacement-path.ts';
import { write } from './replacement-value.ts';
import { scalarNode, scalarText } from './resource.ts';

/**
 * Sets a value in JSON inside of a text and writes the JSON anew, indented where it was (setValueInStructuredData in
 * kubernetes-sigs/kustomize, api/filters/replacement). False, and nothing set, for YAML and where kustomize would find
 * another text. Throws `PathMissing`.
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
  const slots = findSlots({ node: root, set: () => {} }, rest, create);
  if (slots.length === 0) throw new PathMissing('there is no such field in its JSON');
  if (!slots.every(({ node }) => keepsType(node, value))) return false;
  // In version 5.8 the options for a part of the value do not count here.
  for (const one of slots) write(one, value, undefined);
  const isIndented = text.includes('\n') && text.includes('  ');
  slot.set(scalarNode(goJson(root, isIndented ? '\n' : ''), value.span));
  return true;
}

/** A number or a boolean refuses what is none. */
function keepsType(node: Node, value: Node): boolean {
  if (node.kind !== 'scalar' || node.value === null || typeof node.value === 'string') return true;
  const put = resolvePlain(scalarText(value), 'kustomize');
  return typeof put === typeof node.value && Number.isInteger(put) === Number.isInteger(node.value);
}
