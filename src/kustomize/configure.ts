import { decode } from '../yaml/decode.ts';
import { at, items, type Node } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Accumulation } from './accumulation.ts';
import { readCrds } from './crds.ts';
import { shortDigest } from './helm.ts';
import type { Layer } from './layer.ts';
import { readOpenApi } from './openapi.ts';
import { scalarText } from './resource.ts';
import { mergeConfigs, readConfig } from './transformer-config.ts';

/** `configurations`, `crds` and `openapi`. */
export function configure(accumulation: Accumulation, layer: Layer): void {
  const { problems } = accumulation;
  for (const entry of items(at(layer.root, 'configurations'))) {
    for (const document of documentsAt(layer, entry, problems)) {
      if (document.kind !== 'map') continue;
      accumulation.config = mergeConfigs(accumulation.config, readConfig(document), entry.span, problems);
    }
  }
  for (const entry of items(at(layer.root, 'crds'))) {
    const [types] = documentsAt(layer, entry, problems);
    if (types?.kind !== 'map') continue;
    accumulation.config = mergeConfigs(accumulation.config, readCrds(types), entry.span, problems);
  }
  readSchema(accumulation, layer);
}

function documentsAt(layer: Layer, entry: Node, problems: Problem[]): readonly Node[] {
  const target = layer.targets.get(scalarText(entry));
  if (target?.kind !== 'file') return [];
  const parsed = parse(decode(target.path, target.bytes).source, 'kubectl');
  problems.push(...parsed.problems);
  return parsed.documents;
}

/**
 * A schema of its own says how the patches of the kustomization merge. kustomize lets it hold for the folders below as
 * well, which is not done here, so that it is a gap where there are any.
 */
function readSchema(accumulation: Accumulation, layer: Layer): void {
  const entry = at(layer.root, 'openapi', 'path');
  const target = layer.targets.get(scalarText(entry));
  if (entry === undefined || target?.kind !== 'file') return;
  const [document] = documentsAt(layer, entry, accumulation.problems);
  if (document !== undefined) accumulation.shapes = readOpenApi(document);
  if (![...layer.targets.values()].some(({ kind }) => kind === 'folder')) return;
  const version = `sha256:${shortDigest(target.bytes.toString('latin1'))}`;
  accumulation.gaps.push({ kind: 'unsupported', what: `openapi ${target.path}`, version, span: entry.span });
}
