import { idLabel, type KubeObject } from '../kubernetes/object.ts';
import { at, equal, items, type Node, scalar, text } from '../yaml/node.ts';
import type { Aspect } from './aspect.ts';
import { placeOf } from './statement.ts';

const RBAC = 'rbac.authorization.k8s.io';

export function isRole(object: KubeObject): boolean {
  return object.id.group === RBAC && (object.id.kind === 'Role' || object.id.kind === 'ClusterRole');
}

export function isBinding(object: KubeObject): boolean {
  return object.id.group === RBAC && (object.id.kind === 'RoleBinding' || object.id.kind === 'ClusterRoleBinding');
}

/** The rules of roles and the subjects of bindings: what may be done, and by whom. */
export const rbac: Aspect = {
  claims({ path }, { after }) {
    if (isRole(after)) return path[0] === 'rules' || path[0] === 'aggregationRule';
    return isBinding(after) && path[0] === 'subjects';
  },
  state(_fields, { before, after }) {
    const field = isRole(after) ? 'rules' : 'subjects';
    const [old, now] = [at(before.root, field), at(after.root, field)];
    const place = placeOf(old, now, after.root);
    const subject = idLabel(after.id);
    if (!equal(at(before.root, 'aggregationRule'), at(after.root, 'aggregationRule'))) {
      return [{ kind: 'access', move: 'changed', subject: `${subject}: aggregationRule`, ...place }];
    }
    const [had, has] = field === 'rules' ? [grants(old), grants(now)] : [members(old), members(now)];
    const came = has.filter(grant => !had.some(other => covers(other, grant)));
    const went = had.filter(grant => !has.some(other => covers(other, grant)));
    if (came.length === 0 && went.length === 0) return [];
    // What is taken away is taken from whoever uses it now, at once: that is no harmless narrowing.
    const move = came.length > 0 ? 'widened' : 'changed';
    return [{ kind: 'access', move, subject, from: listed(went), to: listed(came), ...place }];
  },
};

/** One thing that is allowed, as words that may each be `*`: group, resource, name and verb, or who may do it. */
type Grant = readonly string[];

function grants(rules: Node | undefined): Grant[] {
  return items(rules).flatMap(rule => {
    const words = (field: string) => items(at(rule, field)).map(item => String(scalar(item) ?? ''));
    const names = words('resourceNames');
    const verbs = words('verbs');
    const paths = words('nonResourceURLs').flatMap(path => verbs.map(verb => ['url', path, '*', verb]));
    const resources = words('apiGroups').flatMap(group =>
      words('resources').flatMap(resource =>
        (names.length === 0 ? ['*'] : names).flatMap(name =>
          verbs.map(verb => [group === '' ? 'core' : group, resource, name, verb]),
        ),
      ),
    );
    return [...paths, ...resources];
  });
}

function members(subjects: Node | undefined): Grant[] {
  return items(subjects).map(subject => [
    text(subject, 'kind') ?? '',
    text(subject, 'namespace') ?? '',
    text(subject, 'name') ?? '',
  ]);
}

/** A `*` in `wide` stands for any word, but `*` itself is covered only by `*`; a path may end in one. */
function covers(wide: Grant, narrow: Grant): boolean {
  return wide.every((word, index) => {
    const other = narrow[index] ?? '';
    return (
      word === '*' ||
      word === other ||
      (word.startsWith('/') && word.endsWith('*') && other.startsWith(word.slice(0, -1)))
    );
  });
}

const MOST_LISTED = 3;

/** Such as `get pods, list pods and 4 more`. */
function listed(list: readonly Grant[]): string | undefined {
  if (list.length === 0) return undefined;
  const shown = list.slice(0, MOST_LISTED).map(words => {
    if (words.length === 3) return [words[0], words[2]].join(' ');
    const [group, resource, name, verb] = words;
    const scope = group === 'core' || group === 'url' ? resource : `${resource}.${group}`;
    return `${verb} ${scope}${name === '*' ? '' : `/${name}`}`;
  });
  const more = list.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
