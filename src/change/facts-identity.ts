import type { KubeObject } from '../kubernetes/object.ts';
import { type Path, text } from '../yaml/node.ts';
import { type Aspect, dotted } from './aspect.ts';
import { placeOf, type Statement } from './statement.ts';

/** The annotation by which each cloud gives a ServiceAccount rights of its own. */
const CLOUD_IDENTITIES = new Set([
  'eks.amazonaws.com/role-arn',
  'iam.gke.io/gcp-service-account',
  'azure.workload.identity/client-id',
]);

/** What pods of a namespace may do, from most to least (kubernetes.io/docs, Pod Security Admission). */
const POD_SECURITY: Path = ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'];
const POD_SECURITY_LEVELS = ['privileged', 'baseline', 'restricted'];

/** Kinds by which the API server refuses or changes what it is asked for, with the field that says how. */
const ADMISSION: ReadonlyMap<string, string> = new Map([
  ['admissionregistration.k8s.io/ValidatingWebhookConfiguration', 'webhooks'],
  ['admissionregistration.k8s.io/MutatingWebhookConfiguration', 'webhooks'],
  ['admissionregistration.k8s.io/ValidatingAdmissionPolicy', 'spec'],
  ['admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding', 'spec'],
  ['kyverno.io/ClusterPolicy', 'spec'],
  ['kyverno.io/Policy', 'spec'],
]);

/** The field that says what the object admits; undefined for an object that admits nothing. */
export function admissionField({ id }: KubeObject): string | undefined {
  return ADMISSION.get(`${id.group}/${id.kind}`);
}

/** Rights that stand in metadata, in objects that are all about rights, and in what the API server asks. */
export const identity: Aspect = {
  claims({ path }, { after }) {
    const [field, , key] = path;
    if (after.id.kind === 'SecurityContextConstraints') return field !== 'metadata';
    const admission = admissionField(after);
    if (admission !== undefined) return field === admission;
    if (after.id.kind === 'ServiceAccount') return field === 'metadata' && CLOUD_IDENTITIES.has(String(key));
    return after.id.kind === 'Namespace' && key === POD_SECURITY[2];
  },
  state(fields, { before, after }) {
    return fields.map((field): Statement => {
      const place = placeOf(field.before, field.after, after.root);
      const subject = field.path[0] === 'metadata' ? String(field.path.at(-1)) : dotted(field.path);
      const seen = { kind: 'access', subject, ...place } as const;
      if (after.id.kind !== 'Namespace') return { ...seen, move: 'changed' };
      const [from, to] = [text(before.root, ...POD_SECURITY), text(after.root, ...POD_SECURITY)];
      return { ...seen, move: levelOf(to) < levelOf(from) ? 'widened' : 'changed', from, to };
    });
  },
};

/** A namespace without the label enforces nothing. */
function levelOf(level: string | undefined): number {
  return Math.max(POD_SECURITY_LEVELS.indexOf(level ?? ''), 0);
}
