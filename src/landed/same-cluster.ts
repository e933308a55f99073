import { readKind } from '../cluster/kubernetes-api.ts';
import { idLabel } from '../kubernetes/object.ts';
import type { Touched } from '../report/explanation/touched.ts';
import { text } from '../yaml/node.ts';
import type { Sources } from './look.ts';
import { type Signal, unknownSignal } from './signal.ts';

/**
 * What is odd about an Argo CD that is asked by its own API: it may fill another cluster than the one that is looked at,
 * with an Application of the same name. An object that both have is the same one where it has the same uid. Undefined
 * where that is so, or where nothing can be compared and no cluster is asked for by name.
 */
export async function otherCluster(
  change: Touched,
  namespace: string | undefined,
  sources: Sources,
): Promise<Signal | undefined> {
  const { managed, cluster, live } = sources;
  const { application } = change.unit;
  if (managed === undefined || application === undefined) return undefined;
  const uids = await managed(application.name, namespace);
  for (const { id } of change.after?.objects ?? []) {
    const kind = readKind(id.group, id.kind);
    const place = id.namespace || application.namespace;
    const theirs = uids.known ? uids.value.get(JSON.stringify([id.group, id.kind, place, id.name])) : undefined;
    if (kind === undefined || theirs === undefined) continue;
    const found = await cluster.get(kind, place, id.name);
    const ours = found.known ? text(found.value?.root, 'metadata', 'uid') : undefined;
    if (ours === theirs) return undefined;
    if (ours === undefined) continue;
    return unknownSignal(
      `the Argo CD of ARGOCD_SERVER has another ${idLabel(id)} than this cluster, so it fills another one`,
      false,
      'Set ARGOCD_SERVER to the Argo CD that fills this cluster, or choose another --context.',
    );
  }
  return live.observe.clusters.length === 0
    ? undefined
    : unknownSignal(
        'whether the Argo CD of ARGOCD_SERVER fills this cluster is not known: they have no object in common',
      );
}
