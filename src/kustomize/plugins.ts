import { at, type MapNode, toJson } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import { isBuiltinTransformer } from './builtin-transformers.ts';
import { canonicalJson, type HelmContext, helmGap, shortDigest } from './helm.ts';
import { filesOfPlugins } from './plugin-files.ts';
import type { Gap } from './rendered.ts';
import { textAt } from './resource.ts';

/** What an entry of `generators`, `transformers` or `validators` is made of. */
export interface Plugins {
  /** kustomize's own generators and transformers, which the build does itself. */
  readonly builtin: readonly MapNode[];
  /** Everything that would have to be run or fetched. */
  readonly gaps: readonly Gap[];
}

const CHART = 'HelmChartInflationGenerator';
const GENERATORS = ['ConfigMapGenerator', 'SecretGenerator', 'IAMPolicyGenerator'];

/** Where a kustomization names plugins. */
export type PluginField = 'generators' | 'transformers' | 'validators';

/** Sorts the documents of a field into what the build does and what it leaves as a gap. Nothing is ever run. */
export function pluginsOf(
  documents: readonly MapNode[],
  field: PluginField,
  layer: HelmContext,
  problems: Problem[],
): Plugins {
  const builtin: MapNode[] = [];
  const gaps: Gap[] = [];
  for (const document of documents) {
    const kind = textAt(document, 'kind');
    const isGenerator = GENERATORS.includes(kind) || kind === CHART;
    const refuse = (message: string) => problems.push({ code: 'kustomization-refused', message, span: document.span });
    if (textAt(document, 'apiVersion') !== 'builtin') gaps.push(pluginGap(document, layer));
    else if (!isGenerator && !isBuiltinTransformer(kind)) refuse(`kustomize has no builtin ${kind}`);
    else if (isGenerator !== (field === 'generators')) {
      refuse(`${kind} belongs under ${isGenerator ? 'generators' : 'transformers'}, not ${field}`);
    } else if (kind === CHART) gaps.push(helmGap(document, layer));
    else builtin.push(document);
  }
  return { builtin, gaps };
}

/** A program that is not run, with a digest of its configuration and of the files that this names. */
function pluginGap(document: MapNode, { targets }: HelmContext): Gap {
  const annotations = at(document, 'metadata', 'annotations');
  const isFunction =
    at(annotations, 'config.kubernetes.io/function') !== undefined ||
    at(annotations, 'config.k8s.io/function') !== undefined;
  const what = `${textAt(document, 'apiVersion')}/${textAt(document, 'kind')} ${textAt(document, 'metadata', 'name')}`;
  const files = filesOfPlugins([document]).flatMap(({ text }) => {
    const target = targets.get(text);
    return target?.kind === 'file' ? target.oid : [];
  });
  const version = `sha256:${shortDigest([canonicalJson(toJson(document)), ...files].join('\n'))}`;
  return { kind: isFunction ? 'function' : 'plugin', what: what.trim(), version, span: document.span };
}
