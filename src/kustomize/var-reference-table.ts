import type { FieldSpec } from './field-spec.ts';

/** Where `$(NAME)` is a reference to a var: kustomize's defaults (builtinpluginconsts/varreference.go). */
const IN_PODS = ['containers', 'initContainers'].flatMap(list =>
  ['args', 'command', 'env/value', 'volumeMounts/mountPath'].map(field => `${list}/${field}`),
);

const POD_SPEC = new Map([
  ['CronJob', 'spec/jobTemplate/spec/template/spec'],
  ['DaemonSet', 'spec/template/spec'],
  ['Deployment', 'spec/template/spec'],
  ['Job', 'spec/template/spec'],
  ['Pod', 'spec'],
  ['ReplicaSet', 'spec/template/spec'],
  ['StatefulSet', 'spec/template/spec'],
]);

const OTHERS: readonly (readonly [path: string, kind: string | undefined])[] = [
  ['spec/template/metadata/annotations', 'Deployment'],
  ['spec/rules/host', 'Ingress'],
  ['spec/tls/hosts', 'Ingress'],
  ['spec/tls/secretName', 'Ingress'],
  ['spec/ports/port', 'Service'],
  ['spec/ports/targetPort', 'Service'],
  ...['DaemonSet', 'Deployment', 'Job', 'ReplicaSet'].map(
    kind => ['spec/template/spec/volumes/nfs/server', kind] as const,
  ),
  ['spec/volumes/nfs/server', 'Pod'],
  // Neither path leads to a volume.
  ['spec/jobTemplate/spec/template/volumes/nfs/server', 'CronJob'],
  ['spec/volumeClaimTemplates/spec/nfs/server', 'StatefulSet'],
  ['spec/nfs/server', 'PersistentVolume'],
  ['metadata/labels', undefined],
  ['metadata/annotations', undefined],
];

export const VAR_REFERENCES: readonly FieldSpec[] = [
  ...[...POD_SPEC].flatMap(([kind, pod]) => IN_PODS.map(path => [`${pod}/${path}`, kind] as const)),
  ...OTHERS,
].map(([path, kind]) => ({ path: path.split('/'), kind, create: false }));
