import type { KubeObject } from './object.ts';

/**
 * Kinds that live outside any namespace, by group; `*` for all of a group. Built-in ones are those of
 * `kubectl api-resources --namespaced=false` of Kubernetes 1.34, the others those with `spec.scope: Cluster` in the CRDs
 * of the projects.
 */
const CLUSTER_SCOPED: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    '': 'ComponentStatus Namespace Node PersistentVolume',
    'admissionregistration.k8s.io':
      'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ' +
      'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
    'apiextensions.k8s.io': 'CustomResourceDefinition',
    'apiregistration.k8s.io': 'APIService',
    'certificates.k8s.io': 'CertificateSigningRequest ClusterTrustBundle',
    'flowcontrol.apiserver.k8s.io': 'FlowSchema PriorityLevelConfiguration',
    'networking.k8s.io': 'IngressClass IPAddress ServiceCIDR',
    'node.k8s.io': 'RuntimeClass',
    policy: 'PodSecurityPolicy',
    'rbac.authorization.k8s.io': 'ClusterRole ClusterRoleBinding',
    'resource.k8s.io': 'DeviceClass DeviceTaintRule ResourceSlice',
    'scheduling.k8s.io': 'PriorityClass',
    'storage.k8s.io': 'CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass',
    'storagemigration.k8s.io': 'StorageVersionMigration',

    'snapshot.storage.k8s.io': 'VolumeSnapshotClass VolumeSnapshotContent',
    'groupsnapshot.storage.k8s.io': 'VolumeGroupSnapshotClass VolumeGroupSnapshotContent',
    'gateway.networking.k8s.io': 'GatewayClass',
    'policy.networking.k8s.io': 'AdminNetworkPolicy BaselineAdminNetworkPolicy ClusterNetworkPolicy',
    'argoproj.io': 'ClusterAnalysisTemplate ClusterWorkflowTemplate',
    'apiextensions.crossplane.io': '*',
    'pkg.crossplane.io': '*',
    'capsule.clastix.io': 'CapsuleConfiguration Tenant',
    'cert-manager.io': 'ClusterIssuer',
    'policy.cert-manager.io': 'CertificateRequestPolicy',
    'trust.cert-manager.io': 'Bundle',
    'trust-manager.io': 'ClusterBundle',
    'cilium.io':
      'CiliumBGPAdvertisement CiliumBGPClusterConfig CiliumBGPPeerConfig CiliumBGPPeeringPolicy CiliumCIDRGroup ' +
      'CiliumClusterwideEnvoyConfig CiliumClusterwideNetworkPolicy CiliumEgressGatewayPolicy CiliumIdentity ' +
      'CiliumL2AnnouncementPolicy CiliumLoadBalancerIPPool CiliumNode CiliumPodIPPool',
    'constraints.gatekeeper.sh': '*',
    'templates.gatekeeper.sh': 'ConstraintTemplate',
    'crd.projectcalico.org':
      'BGPConfiguration BGPPeer BlockAffinity ClusterInformation FelixConfiguration GlobalNetworkPolicy GlobalNetworkSet ' +
      'HostEndpoint IPAMBlock IPAMConfig IPAMHandle IPPool IPReservation KubeControllersConfiguration',
    'operator.tigera.io': 'APIServer Installation TigeraStatus',
    'external-secrets.io': 'ClusterExternalSecret ClusterPushSecret ClusterSecretStore',
    'generators.external-secrets.io': 'ClusterGenerator',
    'karpenter.k8s.aws': 'EC2NodeClass',
    'karpenter.sh': 'NodeClaim NodePool',
    'eventing.keda.sh': 'ClusterCloudEventSource',
    'keda.sh': 'ClusterTriggerAuthentication',
    'kubearchive.org': 'ClusterKubeArchiveConfig',
    'kubeflow.org': 'ClusterTrainingRuntime Profile',
    'trainer.kubeflow.org': 'ClusterTrainingRuntime',
    'kueue.x-k8s.io':
      'AdmissionCheck ClusterQueue Cohort MultiKueueCluster MultiKueueConfig ResourceFlavor Topology WorkloadPriorityClass',
    'kyverno.io': 'ClusterCleanupPolicy ClusterPolicy GlobalContextEntry',
    'policies.kyverno.io': 'DeletingPolicy GeneratingPolicy ImageValidatingPolicy MutatingPolicy ValidatingPolicy',
    'wgpolicyk8s.io': 'ClusterPolicyReport',
    'metacontroller.k8s.io': 'CompositeController DecoratorController',
    'networking.internal.knative.dev': 'ClusterDomainClaim',
    'nmstate.io': '*',
    'nvidia.com': 'ClusterPolicy NVIDIADriver',
    'objectbucket.io': 'ObjectBucket',
    'operators.coreos.com': 'OLMConfig Operator',
    'operator.tekton.dev': '*',
    'postgresql.cnpg.io': 'ClusterImageCatalog',
    'serving.kserve.io': 'ClusterServingRuntime ClusterStorageContainer',
    'tekton.dev': 'ClusterTask',
    'topolvm.cybozu.com': 'LogicalVolume',
    'triggers.tekton.dev': 'ClusterInterceptor ClusterTriggerBinding',

    'config.openshift.io': '*',
    'console.openshift.io': '*',
    'machineconfiguration.openshift.io': '*',
    'oauth.openshift.io': '*',
    'project.openshift.io': 'Project ProjectRequest',
    'security.openshift.io': 'SecurityContextConstraints',
    'user.openshift.io': '*',
  }).map(([group, kinds]) => [group, new Set(kinds.split(' '))]),
);

/** `operator.openshift.io` has both: the configuration of a component is one for the cluster, its ingress is not. */
const NAMESPACED_IN_OPENSHIFT = new Set(['IngressController', 'DNSRecord']);

/** Whether objects of the kind live in a namespace; kinds that nothing is known of do, as most do. */
export function isNamespaced(group: string, kind: string): boolean {
  if (group === 'operator.openshift.io') return NAMESPACED_IN_OPENSHIFT.has(kind);
  const kinds = CLUSTER_SCOPED.get(group);
  return kinds === undefined || !(kinds.has(kind) || kinds.has('*'));
}

/** Whether two objects of one unit may share a namespace; one that names none gets the namespace of its unit. */
export function sameNamespace(a: KubeObject, b: KubeObject): boolean {
  return a.id.namespace === b.id.namespace || a.id.namespace === '' || b.id.namespace === '';
}
