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

/** Whether the API server asks something before it takes a request. */
export function isWebhook({ id }: KubeObject): boolean {
  return id.kind === 'ValidatingWebhookConfiguration' || id.kind === 'MutatingWebhookConfiguration';
}

/** Rights that stand in metadata, in objects that are all about rights, and in what the API server asks. */
export const identity: Aspect = {
  claims({ path }, { after }) {
    const [field, , key] = path;
    if (after.id.kind === 'SecurityContextConstraints') return field !== 'metadata';
    if (isWebhook(after)) return field === 'webhooks';
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
