import type { KubeObject } from '../kubernetes/object.ts';
import { type Aspect, dotted } from './aspect.ts';
import type { FieldChange } from './change.ts';
import { placeOf } from './statement.ts';

const NETWORK_POLICIES = new Set([
  'networking.k8s.io/NetworkPolicy',
  'cilium.io/CiliumNetworkPolicy',
  'cilium.io/CiliumClusterwideNetworkPolicy',
  'crd.projectcalico.org/NetworkPolicy',
  'crd.projectcalico.org/GlobalNetworkPolicy',
]);

export function isNetworkPolicy({ id }: KubeObject): boolean {
  return NETWORK_POLICIES.has(`${id.group}/${id.kind}`);
}

/** Rules and peers that network policies allow. */
export const network: Aspect = {
  claims({ path }, { after }) {
    return isNetworkPolicy(after) && path[0] === 'spec';
  },
  state(fields, { after }) {
    return fields.map(field => {
      const place = placeOf(field.before, field.after, after.root);
      return {
        kind: 'access',
        move: moveOf(field),
        subject: `${after.id.name}: ${dotted(field.path.slice(1))}`,
        ...place,
      };
    });
  },
};

const SELECTORS = new Set(['podSelector', 'namespaceSelector']);

/**
 * A rule or peer more is more access; one less, like any other selector, cuts off what relied on it. A list of peers or
 * ports that was not there let everything through, so it is the other way round with the list itself
 * (kubernetes.io/docs, NetworkPolicy), and with what the selector of a peer asks for. `except` takes away.
 */
function moveOf({ path, before, after }: FieldChange): 'widened' | 'changed' {
  const names = path.filter(step => typeof step === 'string');
  const [, direction, list] = names;
  if (direction !== 'ingress' && direction !== 'egress') return 'changed';
  const isList = (list === 'from' || list === 'to' || list === 'ports') && path.length === 4;
  const isItem = path.length <= 3 || path.length === 5;
  const isSelector = path.length > 6 && SELECTORS.has(String(path[5]));
  const takesAway = isList || isSelector || names.includes('except');
  if (!isList && !isItem && !isSelector && !names.includes('except')) return 'changed';
  const opens = takesAway ? before !== undefined && after === undefined : before === undefined && after !== undefined;
  return opens ? 'widened' : 'changed';
}
