import { at, entries, items, type Node, scalar, text } from '../yaml/node.ts';

/**
 * Whether a selector of `matchLabels` and `matchExpressions` selects the labels (apimachinery, pkg/apis/meta/v1). An
 * empty selector selects everything, and one that is not there nothing.
 */
export function selects(selector: Node | undefined, labels: ReadonlyMap<string, string>): boolean {
  if (selector?.kind !== 'map') return false;
  for (const [key, { value }] of entries(at(selector, 'matchLabels'))) {
    if (labels.get(key) !== scalar(value)) return false;
  }
  return items(at(selector, 'matchExpressions')).every(expression => meets(expression, labels));
}

function meets(expression: Node, labels: ReadonlyMap<string, string>): boolean {
  const value = labels.get(text(expression, 'key') ?? '');
  const isListed = items(at(expression, 'values')).some(item => scalar(item) === value);
  switch (text(expression, 'operator')) {
    case 'In':
      return value !== undefined && isListed;
    case 'NotIn':
      return value === undefined || !isListed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
