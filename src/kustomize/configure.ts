import type { ShapeOf } from '../kubernetes/merge-keys.ts';
import { decode } from '../yaml/decode.ts';
import { at, items, type Node } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Accumulation } from './accumulation.ts';
import { conform } from './conform.ts';
import { readCrds } from './crds.ts';
import { CONFIGURATION_FIELDS } from './kustomization-fields.ts';
import type { Layer } from './layer.ts';
import { readOpenApi } from './openapi.ts';
import { scalarText } from './resource.ts';
import { DEFAULT_CONFIG, inOrderOfKinds, mergeConfigs, readConfig } from './transformer-config.ts';

/** The one that kustomize brings along (kyaml/openapi/kubernetesapi). */
const BUILTIN_SCHEMA = 'v1.21.2';

/** `configurations` and `crds`. */
export function configure(accumulation: Accumulation, layer: Layer): void {
  const { problems } = accumulation;
  let own = DEFAULT_CONFIG;
  for (const entry of items(at(layer.root, 'configurations'))) {
    for (const document of documentsAt(layer, entry, problems)) {
      if (document.kind !== 'map') continue;
      const read = readConfig(conform(document, CONFIGURATION_FIELDS, problems));
      own = mergeConfigs(own, read, entry.span, problems);
    }
  }
  const { span } = at(layer.root, 'configurations') ?? layer.root;
  const ordered = own === DEFAULT_CONFIG ? own : inOrderOfKinds(own);
  accumulation.config = mergeConfigs(accumulation.config, ordered, span, problems);
  for (const entry of items(at(layer.root, 'crds'))) {
    const [types] = documentsAt(layer, entry, problems);
    if (types?.kind !== 'map') continue;
    accumulation.config = mergeConfigs(accumulation.config, readCrds(types), entry.span, problems);
  }
}

function documentsAt(layer: Layer, entry: Node, problems: Problem[]): readonly Node[] {
  const target = layer.targets.get(scalarText(entry));
  if (target?.kind !== 'file') return [];
  const parsed = parse(decode(target.path, target.bytes).source, 'kubectl');
  problems.push(...parsed.problems);
  return parsed.documents;
}

/** How lists merge in patches, by the schema that a build has come across. */
export interface SchemaInForce {
  isSet: boolean;
  /** Undefined for what kustomize knows of all kinds. */
  shapes: ShapeOf | undefined;
}

/**
 * Takes the schema of a kustomization that is entered. The first one holds for the rest of the build, whichever folder it
 * is in: below, beside and above (kyaml/openapi, SetSchema).
 */
export function takeSchema(inForce: SchemaInForce, layer: Layer, problems: Problem[]): void {
  if (inForce.isSet || !hasSchema(layer)) return;
  inForce.isSet = true;
  const path = at(layer.root, 'openapi', 'path');
  const version = at(layer.root, 'openapi', 'version');
  const refuse = (message: string, { span }: Node) => problems.push({ code: 'kustomization-refused', message, span });
  if (path !== undefined && version !== undefined) refuse('openapi has either path or version', version);
  if (path === undefined && version !== undefined && scalarText(version) !== BUILTIN_SCHEMA) {
    refuse(`kustomize has the schema ${BUILTIN_SCHEMA} and no ${scalarText(version)}`, version);
  }
  const [document] = path === undefined ? [] : documentsAt(layer, path, problems);
  if (document !== undefined) inForce.shapes = readOpenApi(document);
}

/** Whether the kustomization names a schema for the build. */
export function hasSchema({ root }: Layer): boolean {
  return ['path', 'version'].some(field => scalarText(at(root, 'openapi', field)) !== '');
}
