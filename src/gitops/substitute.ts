import type { MapEntry, MapNode, Node } from '../yaml/node.ts';
import { fillGoTemplate, type Params } from './go-template.ts';

/** Every text of the node with the parameters put in, keys as well. What is not known stays as it is written. */
export function substitute(node: MapNode, params: Params, isGo: boolean): MapNode;
export function substitute(node: Node, params: Params, isGo: boolean): Node;
export function substitute(node: Node, params: Params, isGo: boolean): Node {
  if (node.kind === 'map') {
    const filled = new Map<string, MapEntry>();
    for (const [key, entry] of node.entries) {
      filled.set(fill(key, params, isGo), { key: entry.key, value: substitute(entry.value, params, isGo) });
    }
    return { kind: 'map', entries: filled, span: node.span };
  }
  if (node.kind === 'seq') {
    return { kind: 'seq', items: node.items.map(item => substitute(item, params, isGo)), span: node.span };
  }
  if (typeof node.value !== 'string' || !node.value.includes('{{')) return node;
  return { kind: 'scalar', value: fill(node.value, params, isGo), span: node.span };
}

/** One text with the parameters put in, in either template language of ApplicationSets. */
export function fill(template: string, params: Params, isGo: boolean): string {
  if (!template.includes('{{')) return template;
  return isGo ? (fillGoTemplate(template, params) ?? template) : fillTags(template, params);
}

/** valyala/fasttemplate: `{{ name }}`, without any functions. */
function fillTags(template: string, { values }: Params): string {
  let filled = '';
  let from = 0;
  for (let open = template.indexOf('{{'); open >= 0; open = template.indexOf('{{', from)) {
    const close = template.indexOf('}}', open);
    if (close < 0) break;
    const value = values.get(template.slice(open + 2, close).trim());
    filled += template.slice(from, open) + (value === undefined ? template.slice(open, close + 2) : String(value));
    from = close + 2;
  }
  return filled + template.slice(from);
}
