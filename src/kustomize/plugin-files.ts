import { decode } from '../yaml/decode.ts';
import { at, items, type MapNode, type Node, text } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { parseInline } from './inline.ts';
import { isInline, type Named, pathOfFileSource } from './references.ts';
import type { Target } from './target.ts';

/** The documents of the files and inline texts under `generators`, `transformers` and `validators`. */
export function pluginDocuments(root: MapNode, targets: ReadonlyMap<string, Target>): MapNode[] {
  return ['generators', 'transformers', 'validators'].flatMap(field =>
    items(at(root, field)).flatMap(entry => documentsOf(entry, targets)),
  );
}

/** The mappings of one entry; nothing for a folder. */
export function documentsOf(entry: Node, targets: ReadonlyMap<string, Target>): MapNode[] {
  if (isInline(entry)) return parseInline(entry, 'kustomize').documents.filter(isMap);
  const target = targets.get(text(entry) ?? '');
  if (target?.kind !== 'file') return [];
  return parse(decode(target.path, target.bytes).source, 'kustomize').documents.filter(isMap);
}

/** The files that the documents name in turn: values of charts, patches, and what generators read. */
export function filesOfPlugins(documents: readonly MapNode[]): Named[] {
  const named: Named[] = [];
  const add = (node: Node | undefined, of = (path: string) => path) => {
    const path = text(node);
    if (node !== undefined && path !== undefined && !isInline(node))
      named.push({ text: of(path), span: node.span, as: 'file' });
  };
  // ksops has each Secret that it makes from files in a list.
  for (const document of documents.flatMap(root => [root, ...items(at(root, 'secretFrom'))])) {
    for (const field of ['valuesFile', 'path', 'targetFilePath']) add(at(document, field));
    for (const field of ['additionalValuesFiles', 'paths', 'envs']) items(at(document, field)).map(item => add(item));
    for (const item of items(at(document, 'files'))) add(item, pathOfFileSource);
    for (const item of items(at(document, 'replacements'))) add(at(item, 'path'));
  }
  return named;
}

function isMap(node: Node): node is MapNode {
  return node.kind === 'map';
}
