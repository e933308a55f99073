import { decode } from '../yaml/decode.ts';
import { at, items, type Node } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Accumulation } from './accumulation.ts';
import { readCrds } from './crds.ts';
import { shortDigest } from './helm.ts';
import type { Layer } from './layer.ts';
import { scalarText } from './resource.ts';
import { mergeConfigs, readConfig } from './transformer-config.ts';

/** `configurations` and `crds`, and what `openapi` would change in the build. */
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
  addSchema(accumulation, layer, at(layer.root, 'openapi', 'path'));
}

function documentsAt(layer: Layer, entry: Node, problems: Problem[]): readonly Node[] {
  const target = layer.targets.get(scalarText(entry));
  if (target?.kind !== 'file') return [];
  const parsed = parse(decode(target.path, target.bytes).source, 'kubectl');
  problems.push(...parsed.problems);
  return parsed.documents;
}

/** A schema with extensions of Kubernetes says how patches merge, which is not read. */
function addSchema({ gaps }: Accumulation, layer: Layer, entry: Node | undefined): void {
  const target = layer.targets.get(scalarText(entry));
  if (entry === undefined || target?.kind !== 'file' || !target.bytes.includes('x-kubernetes-')) return;
  const version = `sha256:${shortDigest(target.bytes.toString('latin1'))}`;
  gaps.push({ kind: 'unsupported', what: `openapi ${target.path}`, version, span: entry.span });
}
