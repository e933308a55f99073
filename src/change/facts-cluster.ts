import { idLabel, type KubeObject } from '../kubernetes/object.ts';
import { compareKubernetes } from '../kubernetes/versions.ts';
import { at, type Path, text } from '../yaml/node.ts';
import { type Aspect, startsWith } from './aspect.ts';
import { placeOf } from './statement.ts';

/**
 * Where a custom resource has the version that a cluster, or some of its nodes, is brought to: OpenShift
 * (openshift/api, config/v1), Cluster API and its control planes (kubernetes-sigs/cluster-api, api), k3s and rke2 by
 * rancher/system-upgrade-controller.
 */
const VERSIONS: ReadonlyMap<string, Path> = new Map([
  ['config.openshift.io/ClusterVersion', ['spec', 'desiredUpdate', 'version']],
  ['cluster.x-k8s.io/Cluster', ['spec', 'topology', 'version']],
  ['cluster.x-k8s.io/MachineDeployment', ['spec', 'template', 'spec', 'version']],
  ['cluster.x-k8s.io/MachinePool', ['spec', 'template', 'spec', 'version']],
  ['controlplane.cluster.x-k8s.io/KubeadmControlPlane', ['spec', 'version']],
  ['controlplane.cluster.x-k8s.io/RKE2ControlPlane', ['spec', 'version']],
  ['controlplane.cluster.x-k8s.io/AWSManagedControlPlane', ['spec', 'version']],
  ['upgrade.cattle.io/Plan', ['spec', 'version']],
]);

/** The version of Kubernetes that an operator brings a cluster to. */
export const clusters: Aspect = {
  claims({ path }, { after }) {
    const place = placeOfVersion(after);
    return place !== undefined && startsWith(path, place);
  },
  state(_fields, { before, after }) {
    const path = placeOfVersion(after) ?? [];
    const [old, now] = [at(before.root, ...path), at(after.root, ...path)];
    const [from, to] = [text(old), text(now)];
    if (from === undefined || to === undefined) return [];
    const move = compareKubernetes(from, to);
    const subject = idLabel(after.id);
    return move === 'same' ? [] : [{ kind: 'kubernetes', move, subject, from, to, ...placeOf(old, now, after.root) }];
  },
};

function placeOfVersion(object: KubeObject): Path | undefined {
  // A plan can bring anything to the nodes.
  const image = text(object.root, 'spec', 'upgrade', 'image') ?? '';
  if (object.id.kind === 'Plan' && !/\b(?:k3s|rke2)-upgrade\b/.test(image)) return undefined;
  return VERSIONS.get(`${object.id.group}/${object.id.kind}`);
}
