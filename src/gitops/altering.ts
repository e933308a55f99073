import { canonicalJson, shortDigest } from '../kustomize/helm.ts';
import { at, type Node, text, toJson } from '../yaml/node.ts';

/** Fields of a kustomization that reach into a spec, a name or annotations; a component may have any of them. */
const ALTERING = [
  'commonAnnotations',
  'components',
  'namePrefix',
  'nameSuffix',
  'patches',
  'patchesJson6902',
  'patchesStrategicMerge',
  'replacements',
  'transformers',
  'vars',
];

/** The namespaces into which Argo CD and OpenShift GitOps are installed by default. */
export const ARGO_CD_NAMESPACES = ['argocd', 'openshift-gitops'];

/** Whether a kustomization, or `source.kustomize`, may change what Applications and sets say. */
export function alters(kustomization: Node): boolean {
  const namespace = text(kustomization, 'namespace') ?? '';
  if (namespace !== '' && !ARGO_CD_NAMESPACES.includes(namespace)) return true;
  return ALTERING.some(field => at(kustomization, field) !== undefined);
}

/** The digest of `source.kustomize` where that may change what Applications and sets say. */
export function alteration(source: Node): { readonly kustomize?: string } {
  const kustomize = at(source, 'kustomize');
  return kustomize !== undefined && alters(kustomize)
    ? { kustomize: shortDigest(canonicalJson(toJson(kustomize))) }
    : {};
}
