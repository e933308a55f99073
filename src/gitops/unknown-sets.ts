import type { KubeObject } from '../kubernetes/object.ts';
import { shortDigest } from '../kustomize/helm.ts';
import type { Gap } from '../kustomize/rendered.ts';
import { at, type MapNode, text } from '../yaml/node.ts';
import { argoDocuments, said } from './applications.ts';
import type { View } from './view.ts';

/** Whether the object is an ApplicationSet that makes Applications which are not known from here. */
export function isUnknownSet({ index }: View, root: MapNode): boolean {
  if (argoDocuments([root], 'ApplicationSet').length === 0) return false;
  const facts = index.facts(root.span.source.file);
  return facts?.kind === 'applications' && facts.unknownSets?.includes(text(root, 'metadata', 'name') ?? '') === true;
}

/** Another one for each other content of the set. */
export function setGap({ id, root }: KubeObject): Gap {
  const { span } = at(root, 'spec', 'template', 'metadata', 'name') ?? root;
  const what = `what the ApplicationSet ${id.name} makes`;
  return { kind: 'application-set', what, version: shortDigest(said(root)), span };
}
