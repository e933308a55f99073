import { describe, expect, it } from 'vitest';
import { facts, unitOf } from '../support/changes.ts';

const role = (...rules: string[]) => `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: reader }
rules: [${rules.join(', ')}]
`;
const rule = (verbs: string, resources = 'pods', groups = '""') =>
  `{ apiGroups: [${groups}], resources: [${resources}], verbs: [${verbs}] }`;

const binding = (...subjects: string[]) => `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: readers }
roleRef: { kind: ClusterRole, name: reader, apiGroup: rbac.authorization.k8s.io }
subjects: [${subjects.map(name => `{ kind: ServiceAccount, namespace: shop, name: ${name} }`).join(', ')}]
`;

const policy = (spec: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec: { podSelector: {}, ${spec} }
`;

const pod = (spec: string, container = '') => `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  template:
    spec: { ${spec === '' ? '' : `${spec}, `}containers: [{ name: agent, image: "agent:1.0.0"${container} }] }
`;

describe('roles and bindings', () => {
  it.each([
    ['a verb more', role(rule('get')), role(rule('get, list')), 'access widened ClusterRole reader: - -> list pods'],
    ['a verb less', role(rule('get, list')), role(rule('get')), 'access changed ClusterRole reader: list pods -> -'],
    ['a star', role(rule('get')), role(rule('"*"')), 'access widened ClusterRole reader: - -> * pods'],
    [
      'a group',
      role(rule('get')),
      role(rule('get'), rule('get', 'jobs', 'batch')),
      'access widened ClusterRole reader: - -> get jobs.batch',
    ],
    ['less than a star', role(rule('"*"')), role(rule('get')), 'access changed ClusterRole reader: * pods -> -'],
    ['a subject more', binding('a'), binding('a', 'b'), 'access widened RoleBinding readers: - -> ServiceAccount b'],
    ['a subject less', binding('a', 'b'), binding('b'), 'access changed RoleBinding readers: ServiceAccount a -> -'],
    ['a new role', '', role(rule('get')), 'access widened ClusterRole reader'],
    ['a role gone', role(rule('get')), '', 'access changed ClusterRole reader removed'],
    [
      'the same in other words',
      role(rule('get'), rule('list')),
      role(rule('get, list')),
      'object modified ClusterRole reader: rules[0].verbs[1], rules[1]',
    ],
  ])('%s', (_case, before, after, expected) => {
    expect(facts(before, after)).toEqual([expected]);
  });
});

describe('network policies', () => {
  const from = (...peers: string[]) => policy(`ingress: [{ from: [${peers.join(', ')}] }]`);
  const block = (cidr: string, rest = '') => `{ ipBlock: { cidr: ${cidr}${rest} } }`;

  it.each([
    [
      'a peer more',
      from(block('10.0.0.0/8')),
      from(block('10.0.0.0/8'), block('172.16.0.0/12')),
      'access widened web: ingress[0].from[1]',
    ],
    [
      'a peer less',
      from(block('10.0.0.0/8'), block('172.16.0.0/12')),
      from(block('10.0.0.0/8')),
      'access changed web: ingress[0].from[1]',
    ],
    [
      'another network',
      from(block('10.0.0.0/8')),
      from(block('10.1.0.0/16')),
      'access changed web: ingress[0].from[0].ipBlock.cidr',
    ],
    [
      'an exception more',
      from(block('10.0.0.0/8', ', except: [10.1.0.0/16]')),
      from(block('10.0.0.0/8', ', except: [10.1.0.0/16, 10.2.0.0/16]')),
      'access changed web: ingress[0].from[0].ipBlock.except[1]',
    ],
    [
      'an exception less',
      from(block('10.0.0.0/8', ', except: [10.1.0.0/16, 10.2.0.0/16]')),
      from(block('10.0.0.0/8', ', except: [10.1.0.0/16]')),
      'access widened web: ingress[0].from[0].ipBlock.except[1]',
    ],
    [
      'no peers named any more',
      from(block('10.0.0.0/8')),
      policy('ingress: [{}]'),
      'access widened web: ingress[0].from',
    ],
    [
      'a selector that asks for nothing any more',
      from('{ namespaceSelector: { matchLabels: { name: reports } } }'),
      from('{ namespaceSelector: {} }'),
      'access widened web: ingress[0].from[0].namespaceSelector.matchLabels',
    ],
    [
      'a selector that asks for more',
      from('{ podSelector: { matchLabels: { app: web } } }'),
      from('{ podSelector: { matchLabels: { app: web, tier: front } } }'),
      'access changed web: ingress[0].from[0].podSelector.matchLabels.tier',
    ],
    ['peers named', policy('ingress: [{}]'), from(block('10.0.0.0/8')), 'access changed web: ingress[0].from'],
    [
      'a rule more',
      policy('egress: [{ to: [{}] }]'),
      policy('egress: [{ to: [{}] }, { to: [{ podSelector: {} }] }]'),
      'access widened web: egress[1]',
    ],
    [
      'another selector',
      policy('policyTypes: [Ingress]'),
      policy('policyTypes: [Ingress, Egress]'),
      'access changed web: policyTypes[1]',
    ],
    ['a first policy', '', policy('policyTypes: [Ingress]'), 'access changed new NetworkPolicy web'],
  ])('%s', (_case, before, after, expected) => {
    expect(facts(before, after)).toEqual([expected]);
  });
});

describe('the rights of pods', () => {
  it.each([
    ['privileged', pod(''), pod('', ', securityContext: { privileged: true }'), ['access widened agent: privileged']],
    [
      'no longer privileged',
      pod('', ', securityContext: { privileged: true }'),
      pod('', ', securityContext: { privileged: false }'),
      ['access narrowed agent: privileged'],
    ],
    ['the network of the node', pod(''), pod('hostNetwork: true'), ['access widened hostNetwork']],
    [
      'root',
      pod('securityContext: { runAsUser: 1000 }'),
      pod('securityContext: { runAsUser: 0 }'),
      ['access widened pod: runs as root'],
    ],
    [
      'a capability',
      pod('', ', securityContext: { capabilities: { add: [CHOWN] } }'),
      pod('', ', securityContext: { capabilities: { add: [CHOWN, SYS_ADMIN] } }'),
      ['access widened agent: capability SYS_ADMIN'],
    ],
    [
      'a folder of the node',
      pod('volumes: []'),
      pod('volumes: [{ name: run, hostPath: { path: /run } }]'),
      ['access widened hostPath /run'],
    ],
    [
      'another account',
      pod('serviceAccountName: one'),
      pod('serviceAccountName: two'),
      ['access changed serviceAccountName: one -> two'],
    ],
    [
      'an ordinary volume',
      pod('volumes: []'),
      pod('volumes: [{ name: tmp, emptyDir: {} }]'),
      ['workload template volumes[0]'],
    ],
    [
      'another user that is not root',
      pod('securityContext: { runAsUser: 1000 }'),
      pod('securityContext: { runAsUser: 1001 }'),
      ['workload template securityContext.runAsUser: 1000 -> 1001'],
    ],
    [
      'a new privileged workload',
      '',
      pod('', ', securityContext: { privileged: true }'),
      ['object added DaemonSet agent', 'access widened agent: privileged'],
    ],
  ])('%s', (_case, before, after, expected) => {
    expect(facts(before, after)).toEqual(expected);
  });
});

describe('rights in metadata', () => {
  const named = (kind: string, metadata: string) => `
apiVersion: v1
kind: ${kind}
metadata: { name: x, ${metadata} }`;
  const role = (name: string) => named('ServiceAccount', `annotations: { eks.amazonaws.com/role-arn: ${name} }`);
  const webhook = (timeout: number, version: string) => `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: x, labels: { version: ${version} } }
webhooks: [{ name: check.example.com, timeoutSeconds: ${timeout} }]`;
  const level = (enforce: string) => named('Namespace', `labels: { pod-security.kubernetes.io/enforce: ${enforce} }`);

  it.each([
    ['a role of the cloud', role('one'), role('two'), 'access changed eks.amazonaws.com/role-arn'],
    [
      'less pod security',
      level('restricted'),
      level('baseline'),
      'access widened pod-security.kubernetes.io/enforce: restricted -> baseline',
    ],
    [
      'more pod security',
      level('baseline'),
      level('restricted'),
      'access changed pod-security.kubernetes.io/enforce: baseline -> restricted',
    ],
    ['an admission webhook', webhook(5, 'v1'), webhook(30, 'v1'), 'access changed webhooks[0].timeoutSeconds'],
    ['a new one', '', webhook(5, 'v1'), 'access changed new ValidatingWebhookConfiguration x'],
    [
      'the label of one',
      webhook(5, 'v1'),
      webhook(5, 'v2'),
      'object modified ValidatingWebhookConfiguration x: metadata.labels.version: v1 -> v2',
    ],
    [
      'any other label',
      named('Namespace', 'labels: { a: b }'),
      named('Namespace', 'labels: { a: c }'),
      'object modified Namespace x: metadata.labels.a: b -> c',
    ],
  ])('%s', (_case, before, after, expected) => {
    expect(facts(before, after)).toEqual([expected]);
  });
});

describe('fields that cannot change', () => {
  const service = (address: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: ${address} }`;
  const job = (image: string, metadata = '') => `
apiVersion: batch/v1
kind: Job
metadata: { name: migrate${metadata} }
spec: { template: { spec: { containers: [{ name: migrate, image: "${image}" }] } } }`;
  const hook = ', annotations: { argocd.argoproj.io/hook: PreSync }';

  it('stop the sync', () => {
    expect(facts(service('10.0.0.1'), service('10.0.0.2'))).toEqual([
      'immutable changed spec.clusterIP: 10.0.0.1 -> 10.0.0.2',
    ]);
  });

  it('stop nothing that is known where nothing applies the file', () => {
    const unit = unitOf({ kind: 'manifests' });
    expect(facts(service('10.0.0.1'), service('10.0.0.2'), unit)).toEqual([
      'immutable unapplied spec.clusterIP: 10.0.0.1 -> 10.0.0.2',
    ]);
  });

  it('may be taken back to what the cluster gave', () => {
    expect(facts(service('None'), service("''"))).toEqual(['object modified Service web: spec.clusterIP: None -> ']);
  });

  it('are judged by both values where the API server compares them', () => {
    const claim = (size: string) => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { resources: { requests: { storage: ${size} } } }`;
    const path = 'spec.resources.requests.storage';
    expect(facts(claim('10Gi'), claim('5Gi'))).toContain(`immutable changed ${path}: 10Gi -> 5Gi`);
    expect(facts(claim('5Gi'), claim('10Gi')).filter(fact => fact.startsWith('immutable'))).toEqual([]);
  });

  it('of a Job stop the sync, unless the Job is a hook or is replaced by force', () => {
    expect(facts(job('app:1.0.0'), job('app:1.0.1'))).toEqual([
      'immutable changed spec.template.spec.containers[0].image: app:1.0.0 -> app:1.0.1',
      'image patch app: 1.0.0 -> 1.0.1',
    ]);
    expect(facts(job('app:1.0.0', hook), job('app:1.0.1', hook))).toEqual(['image patch app: 1.0.0 -> 1.0.1']);
  });

  it('may be written down as what they are by default', () => {
    const secret = (type: string) => `
apiVersion: v1
kind: Secret
metadata: { name: db }
${type}`;
    expect(facts(secret(''), secret('type: Opaque'))).toEqual(['object modified Secret db: type added']);
  });
});
