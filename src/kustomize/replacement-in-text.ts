import { type Node, Source } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { goJson } from './go-json.ts';
import { findSlots, PathMissing, type Slot, type Way } from './replacement-path.ts';
import { isOfType, putInto, putText, type Value } from './replacement-value.ts';
import { scalarNode, scalarText } from './resource.ts';
import { canRewriteYaml, rewriteYaml } from './yaml-in-text.ts';

/** What came of a value for a text: it is there, it does not belong there, or how the text would look is not known. */
export type InText = 'put' | 'elsewhere' | 'open';

/**
 * Sets a value inside of the JSON or YAML of a text and writes that anew, as version 5.8 does (setValueInStructuredData
 * in kubernetes-sigs/kustomize, api/filters/replacement). The options for a part of the value do not count there, and
 * a text inside of it is found and stays as it is.
 *
 * @param steps inside of the text
 */
export function replaceInText(slot: Slot, steps: readonly string[], value: Value, way: Way): InText {
  const { create } = way;
  const text = scalarText(slot.node);
  way.spend(text);
  const { documents, problems } = parse(new Source(slot.node.span.source.file, text), 'kustomize');
  const [root] = documents;
  if (root === undefined || problems.length > 0) return 'elsewhere';
  const isJson = /^\s*[{[]/.test(text);
  const isKnown = isJson || canRewriteYaml(text, documents);
  const slots = slotsIn(root, steps, way);
  if (slots.length === 0) return 'elsewhere';
  if (isJson && !slots.every(({ node, isCopy }) => isCopy || isOfType(node, value, create))) return 'elsewhere';
  for (const one of slots) {
    if (isJson) putInto(one, value, create);
    else if (!putText(one, value)) return 'open';
  }
  const written = isJson ? jsonLike(root, text) : isKnown ? rewriteYaml(root, text) : undefined;
  if (written === undefined) return 'open';
  const isSet = slots.some(({ isCopy }) => !isCopy);
  slot.set(scalarNode(written, isSet ? value.node.span : slot.node.span));
  return 'put';
}

function slotsIn(root: Node, steps: readonly string[], way: Way): readonly Slot[] {
  try {
    return findSlots({ node: root, set: () => {} }, steps, way);
  } catch (error) {
    if (error instanceof PathMissing) return [];
    throw error;
  }
}

/** Indented where the text was. */
function jsonLike(root: Node, text: string): string {
  return goJson(root, text.includes('\n') && text.includes('  ') ? '\n' : '');
}
