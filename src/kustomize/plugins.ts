import { at, type MapNode, toJson } from '../yaml/node.ts';
import { isBuiltinTransformer } from './builtin-transformers.ts';
import { canonicalJson, type HelmContext, helmGap, shortDigest } from './helm.ts';
import type { Gap } from './rendered.ts';
import { textAt } from './resource.ts';

/** What an entry of `generators`, `transformers` or `validators` is made of. */
export interface Plugins {
  /** kustomize's own generators and transformers, which the build does itself. */
  readonly builtin: readonly MapNode[];
  /** Everything that would have to be run or fetched. */
  readonly gaps: readonly Gap[];
}

const GENERATORS = ['ConfigMapGenerator', 'SecretGenerator', 'IAMPolicyGenerator'];

/** Sorts the documents of an entry into what the build does and what it leaves as a gap. Nothing is ever run. */
export function pluginsOf(documents: readonly MapNode[], layer: HelmContext): Plugins {
  const builtin: MapNode[] = [];
  const gaps: Gap[] = [];
  for (const document of documents) {
    const kind = textAt(document, 'kind');
    const isBuiltin = textAt(document, 'apiVersion') === 'builtin';
    if (isBuiltin && kind === 'HelmChartInflationGenerator') gaps.push(helmGap(document, layer));
    else if (isBuiltin && (GENERATORS.includes(kind) || isBuiltinTransformer(kind))) builtin.push(document);
    else gaps.push(pluginGap(document));
  }
  return { builtin, gaps };
}

function pluginGap(document: MapNode): Gap {
  const annotations = at(document, 'metadata', 'annotations');
  const isFunction =
    at(annotations, 'config.kubernetes.io/function') !== undefined ||
    at(annotations, 'config.k8s.io/function') !== undefined;
  const what = `${textAt(document, 'apiVersion')}/${textAt(document, 'kind')} ${textAt(document, 'metadata', 'name')}`;
  const version = `sha256:${shortDigest(canonicalJson(toJson(document)))}`;
  return { kind: isFunction ? 'function' : 'plugin', what: what.trim(), version, span: document.span };
}
