import { decode } from '../yaml/decode.ts';
import { at, items, type MapNode, type Node, number, type ScalarNode, scalar } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Accumulation } from './accumulation.ts';
import { splitPath, visitField } from './field-spec.ts';
import type { Layer } from './layer.ts';
import { setNamespace } from './namespace.ts';
import { baseName } from './paths.ts';
import { scalarNode, scalarText, textAt } from './resource.ts';
import { readSelector, selects } from './selector.ts';

/** A ValueAddTransformer: one value, by default the name of the folder, into fields or into paths that fields hold. */
export function addValue({ resources, problems }: Accumulation, document: MapNode, layer: Layer): void {
  const value = addedValue(document, layer);
  const targets = targetsOf(document, layer, problems);
  if (targets.length === 0 || targets.some(target => textAt(target, 'fieldPath') === '')) {
    const message = 'a ValueAddTransformer has at least one target, and each has a fieldPath';
    problems.push({ code: 'kustomization-refused', message, span: document.span });
    return;
  }
  for (const target of targets) {
    const selector = at(target, 'selector');
    const read = selector === undefined ? undefined : readSelector(selector, problems);
    const selected = read === undefined ? resources : resources.filter(resource => selects(read, resource));
    const fieldPath = textAt(target, 'fieldPath');
    if (fieldPath === 'metadata/namespace') {
      setNamespace(selected, value, { specs: [], subjects: 'none', unsetOnly: false }, problems);
      continue;
    }
    const position = number(target, 'filePathPosition') ?? 0;
    const set = (old: ScalarNode) =>
      position > 0 ? scalarNode(inserted(scalarText(old), position - 1, scalarText(value)), value.span) : value;
    const spec = { path: splitPath(fieldPath), create: true };
    const visit = {
      set: (old: Node) => (old.kind === 'scalar' ? set(old) : old),
      make: 'scalar',
      span: value.span,
    } as const;
    for (const { root } of selected) visitField(root, spec, visit, problems);
  }
}

/** Those of the document, then those of the file that it names. */
function targetsOf(document: MapNode, layer: Layer, problems: Problem[]): readonly Node[] {
  const own = items(at(document, 'targets'));
  const file = layer.targets.get(textAt(document, 'targetFilePath'));
  if (file?.kind !== 'file') return own;
  const parsed = parse(decode(file.path, file.bytes).source, 'kubectl');
  problems.push(...parsed.problems);
  return [...own, ...items(at(parsed.documents[0], 'targets'))];
}

function addedValue(document: MapNode, { folder }: Layer): ScalarNode {
  const written = at(document, 'value');
  const value = String(scalar(document, 'value') ?? '').trim();
  return scalarNode(value === '' ? baseName(folder) : value, (written ?? document).span);
}

/** A path with one more part, at the position or at the end; one from the root stays so. */
function inserted(path: string, position: number, part: string): string {
  const parts = path.split('/').filter(step => step !== '');
  parts.splice(Math.min(position, parts.length), 0, part);
  return (path.startsWith('/') ? '/' : '') + parts.join('/');
}
