import { at, type MapEntry, type MapNode, type Node, type Span } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import { type Resource, resourceOf, scalarNode, textAt } from './resource.ts';

/** The service account that an IAMPolicyGenerator makes (kubernetes-sigs/kustomize, api/filters/iampolicygenerator). */
export function iamPolicy(document: MapNode, problems: Problem[]): Resource | undefined {
  const cloud = textAt(document, 'cloud');
  if (cloud !== 'gke') {
    const message = `the cloud of an IAMPolicyGenerator is ${cloud || 'missing'}, kustomize knows gke`;
    problems.push({ code: 'kustomization-refused', message, span: (at(document, 'cloud') ?? document).span });
    return undefined;
  }
  const account = `${textAt(document, 'serviceAccount', 'name')}@${textAt(document, 'serviceAccount', 'projectId')}`;
  const { span } = at(document, 'serviceAccount', 'name') ?? document;
  const field = (name: string) => at(document, 'kubernetesService', name);
  const namespace = field('namespace');
  const metadata = map(span, [
    [
      'annotations',
      map(span, [['iam.gke.io/gcp-service-account', scalarNode(`${account}.iam.gserviceaccount.com`, span)]]),
    ],
    ['name', field('name') ?? scalarNode('', span)],
    ...(namespace === undefined ? [] : [['namespace', namespace] as const]),
  ]);
  const kind = scalarNode('ServiceAccount', document.span);
  return resourceOf(
    map(document.span, [
      ['apiVersion', scalarNode('v1', document.span)],
      ['kind', kind],
      ['metadata', metadata],
    ]),
  );
}

function map(span: Span, fields: readonly (readonly [string, Node])[]): MapNode {
  const entries = new Map<string, MapEntry>(fields.map(([key, value]) => [key, { key: span, value }]));
  return { kind: 'map', entries, span };
}
