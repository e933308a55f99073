import { decode } from '../yaml/decode.ts';
import { at, items, type Node, toJson } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import type { Accumulation } from './accumulation.ts';
import { canonicalJson, shortDigest } from './helm.ts';
import type { Layer } from './layer.ts';
import { scalarText } from './resource.ts';
import { mergeConfigs, readConfig } from './transformer-config.ts';

/** `configurations`, and what of `crds` and `openapi` would change the build. */
export function configure(accumulation: Accumulation, layer: Layer): void {
  const { problems, gaps } = accumulation;
  for (const entry of items(at(layer.root, 'configurations'))) {
    const target = layer.targets.get(scalarText(entry));
    if (target?.kind !== 'file') continue;
    const parsed = parse(decode(target.path, target.bytes).source, 'kubectl');
    problems.push(...parsed.problems);
    for (const document of parsed.documents) {
      if (document.kind !== 'map') continue;
      accumulation.config = mergeConfigs(accumulation.config, readConfig(document), entry.span, problems);
    }
  }
  for (const entry of items(at(layer.root, 'crds'))) addSchema(accumulation, layer, entry, 'crds');
  addSchema(accumulation, layer, at(layer.root, 'openapi', 'path'), 'openapi');
  const metadata = at(layer.root, 'buildMetadata');
  if (metadata === undefined || items(metadata).length === 0) return;
  const version = canonicalJson(toJson(metadata));
  gaps.push({ kind: 'unsupported', what: 'buildMetadata', version, span: metadata.span });
}

/** A schema with extensions of Kubernetes says how patches merge and names are followed, which is not read. */
function addSchema({ gaps }: Accumulation, layer: Layer, entry: Node | undefined, field: string): void {
  const target = layer.targets.get(scalarText(entry));
  if (entry === undefined || target?.kind !== 'file' || !target.bytes.includes('x-kubernetes-')) return;
  const version = `sha256:${shortDigest(target.bytes.toString('latin1'))}`;
  gaps.push({ kind: 'unsupported', what: `${field} ${target.path}`, version, span: entry.span });
}
