import type { KubeObject } from './object.ts';

/**
 * Kinds that live outside any namespace, by group. Built-in ones from `kubectl api-resources --namespaced=false` of
 * Kubernetes 1.34; the rest from the CRDs (`spec.scope: Cluster`) of projects that GitOps repositories use.
 */
const CLUSTER_SCOPED: ReadonlyMap<string, readonly string[]> = new Map([
  ['', ['ComponentStatus', 'Namespace', 'Node', 'PersistentVolume']],
  [
    'admissionregistration.k8s.io',
    [
      'MutatingAdmissionPolicy',
      'MutatingAdmissionPolicyBinding',
      'MutatingWebhookConfiguration',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
      'ValidatingWebhookConfiguration',
    ],
  ],
  ['apiextensions.k8s.io', ['CustomResourceDefinition']],
  ['apiregistration.k8s.io', ['APIService']],
  ['certificates.k8s.io', ['CertificateSigningRequest', 'ClusterTrustBundle']],
  ['flowcontrol.apiserver.k8s.io', ['FlowSchema', 'PriorityLevelConfiguration']],
  ['networking.k8s.io', ['IngressClass', 'IPAddress', 'ServiceCIDR']],
  ['node.k8s.io', ['RuntimeClass']],
  ['policy', ['PodSecurityPolicy']],
  ['rbac.authorization.k8s.io', ['ClusterRole', 'ClusterRoleBinding']],
  ['resource.k8s.io', ['DeviceClass', 'DeviceTaintRule', 'ResourceSlice']],
  ['scheduling.k8s.io', ['PriorityClass']],
  ['storage.k8s.io', ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass']],
  ['storagemigration.k8s.io', ['StorageVersionMigration']],
  ['snapshot.storage.k8s.io', ['VolumeSnapshotClass', 'VolumeSnapshotContent']],
  ['groupsnapshot.storage.k8s.io', ['VolumeGroupSnapshotClass', 'VolumeGroupSnapshotContent']],
  ['gateway.networking.k8s.io', ['GatewayClass']],
  ['policy.networking.k8s.io', ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy']],
  ['cert-manager.io', ['ClusterIssuer']],
  ['policy.cert-manager.io', ['CertificateRequestPolicy']],
  ['trust.cert-manager.io', ['Bundle']],
  ['external-secrets.io', ['ClusterExternalSecret', 'ClusterPushSecret', 'ClusterSecretStore']],
  ['generators.external-secrets.io', ['ClusterGenerator']],
  ['keda.sh', ['ClusterTriggerAuthentication']],
  ['eventing.keda.sh', ['ClusterCloudEventSource']],
  ['kyverno.io', ['ClusterPolicy', 'ClusterCleanupPolicy', 'ClusterAdmissionReport', 'GlobalContextEntry']],
  [
    'policies.kyverno.io',
    ['ValidatingPolicy', 'MutatingPolicy', 'GeneratingPolicy', 'ImageValidatingPolicy', 'DeletingPolicy'],
  ],
  ['wgpolicyk8s.io', ['ClusterPolicyReport']],
  ['argoproj.io', ['ClusterAnalysisTemplate', 'ClusterWorkflowTemplate']],
  [
    'cilium.io',
    [
      'CiliumClusterwideNetworkPolicy',
      'CiliumClusterwideEnvoyConfig',
      'CiliumLoadBalancerIPPool',
      'CiliumBGPPeeringPolicy',
      'CiliumBGPClusterConfig',
      'CiliumBGPPeerConfig',
      'CiliumBGPAdvertisement',
      'CiliumEgressGatewayPolicy',
      'CiliumL2AnnouncementPolicy',
      'CiliumNode',
      'CiliumIdentity',
      'CiliumExternalWorkload',
      'CiliumPodIPPool',
      'CiliumCIDRGroup',
    ],
  ],
  [
    'crd.projectcalico.org',
    [
      'BGPConfiguration',
      'BGPPeer',
      'FelixConfiguration',
      'GlobalNetworkPolicy',
      'GlobalNetworkSet',
      'HostEndpoint',
      'IPPool',
      'IPReservation',
      'ClusterInformation',
      'KubeControllersConfiguration',
    ],
  ],
  ['operator.tigera.io', ['Installation', 'APIServer', 'TigeraStatus']],
  ['karpenter.sh', ['NodePool', 'NodeClaim']],
  ['karpenter.k8s.aws', ['EC2NodeClass']],
  ['constraints.gatekeeper.sh', ['*']],
  ['templates.gatekeeper.sh', ['ConstraintTemplate']],
  ['postgresql.cnpg.io', ['ClusterImageCatalog']],
  ['tekton.dev', ['ClusterTask']],
  [
    'operator.tekton.dev',
    [
      'TektonAddon',
      'TektonChain',
      'TektonConfig',
      'TektonDashboard',
      'TektonHub',
      'TektonInstallerSet',
      'TektonPipeline',
      'TektonResult',
      'TektonTrigger',
      'OpenShiftPipelinesAsCode',
    ],
  ],
  ['triggers.tekton.dev', ['ClusterInterceptor', 'ClusterTriggerBinding']],
  ['config.openshift.io', ['*']],
  ['operator.openshift.io', ['*']],
  ['machineconfiguration.openshift.io', ['*']],
  ['project.openshift.io', ['Project']],
  ['security.openshift.io', ['SecurityContextConstraints']],
  ['user.openshift.io', ['Group', 'Identity', 'User']],
  ['oauth.openshift.io', ['OAuthClient']],
  [
    'console.openshift.io',
    [
      'ConsoleLink',
      'ConsoleNotification',
      'ConsolePlugin',
      'ConsoleYAMLSample',
      'ConsoleCLIDownload',
      'ConsoleQuickStart',
      'ConsoleExternalLogLink',
    ],
  ],
  [
    'kueue.x-k8s.io',
    [
      'AdmissionCheck',
      'ClusterQueue',
      'Cohort',
      'MultiKueueCluster',
      'MultiKueueConfig',
      'ResourceFlavor',
      'Topology',
      'WorkloadPriorityClass',
    ],
  ],
  ['capsule.clastix.io', ['CapsuleConfiguration', 'Tenant']],
  ['metacontroller.k8s.io', ['CompositeController', 'DecoratorController']],
  ['pkg.crossplane.io', ['*']],
  ['apiextensions.crossplane.io', ['*']],
  ['serving.kserve.io', ['ClusterServingRuntime', 'ClusterStorageContainer']],
]);

/** Whether objects of the kind live in a namespace; kinds that nothing is known of do, as most do. */
export function isNamespaced(group: string, kind: string): boolean {
  const kinds = CLUSTER_SCOPED.get(group) ?? [];
  return !kinds.includes(kind) && !kinds.includes('*');
}

/** Whether two objects of one unit may share a namespace; one that names none gets the namespace of its unit. */
export function sameNamespace(a: KubeObject, b: KubeObject): boolean {
  return a.id.namespace === b.id.namespace || a.id.namespace === '' || b.id.namespace === '';
}
