import type { Application } from '../src/gitops/unit.ts';
import { isKindAndName, namedObjects } from '../src/kubernetes/named-objects.ts';
import { idKey, idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { sameNamespace } from '../src/kubernetes/scope.ts';
import { compareSyncTimes, type SyncTime, syncTime, syncTimeText } from '../src/kubernetes/sync-order.ts';
import { defineRule } from '../src/rule/rule.ts';
import { at, items, type MapNode, text } from '../src/yaml/node.ts';

export default defineRule({
  id: 'sync-order-deadlocks',
  title: 'An object that Argo CD applies before what it needs',
  severity: 'error',
  why: 'A wave waits until everything before it is healthy, and that waits for what only the later wave brings: the sync never ends where it is not there from before.',
  fix: 'Give what is needed an earlier `argocd.argoproj.io/sync-wave` than what needs it, or the same one.',

  on: 'state',
  *check({ objects, manifest }, { key, application }, { before }) {
    if (application === undefined) return;
    const timed = objects.flatMap(object => {
      const time = syncTime(object);
      return time === undefined ? [] : [{ object, time }];
    });
    for (const { object, time } of timed) {
      const late = needsOf(object, objects).flatMap(need => {
        const isThere = before.standing.get(key)?.has(idKey(need.id));
        if (isThere || createsNamespace(application, manifest, need)) return [];
        const first = earliest(
          timed.filter(other => idKey(other.object.id) === idKey(need.id)).map(other => other.time),
        );
        if (first === undefined || compareSyncTimes(first, time) <= 0) return [];
        return [`${idLabel(need.id)} (${syncTimeText(first)})`];
      });
      if (late.length === 0) continue;
      yield {
        message: `${idLabel(object.id)} (${syncTimeText(time)}) needs what comes later: ${late.join(', ')}`,
        at: { object, path: ['metadata', 'name'] },
        // A hook of every sync finds what an earlier sync left, and fails only in the first one.
        severity: time.phase === 'PreSync' ? 'warning' : 'error',
      };
    }
  },
});

/** Objects of the unit without which the object cannot be created or never gets ready. */
function needsOf(object: KubeObject, objects: readonly KubeObject[]): KubeObject[] {
  const named = isAwaited(object) ? namedObjects(object) : [];
  return objects.filter(other => {
    if (other === object) return false;
    const { kind, name, group } = other.id;
    if (kind === 'Namespace' && group === '') return object.id.namespace === name;
    if (kind === 'CustomResourceDefinition') return defines(other, object);
    return sameNamespace(other, object) && named.some(wanted => isKindAndName(other, wanted));
  });
}

/** With this option Argo CD makes the namespace of the destination before anything else. */
function createsNamespace({ namespace }: Application, manifest: MapNode | undefined, { id }: KubeObject): boolean {
  const options = items(at(manifest, 'spec', 'syncPolicy', 'syncOptions'));
  return (
    id.kind === 'Namespace' && id.name === namespace && options.some(option => text(option) === 'CreateNamespace=true')
  );
}

/** Kinds whose health Argo CD waits for and whose pods need what they name. */
const AWAITED = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'Pod']);

function isAwaited({ id }: KubeObject): boolean {
  return AWAITED.has(id.kind);
}

function defines(definition: KubeObject, object: KubeObject): boolean {
  const group = text(definition.root, 'spec', 'group');
  return group === object.id.group && text(definition.root, 'spec', 'names', 'kind') === object.id.kind;
}

function earliest(times: readonly SyncTime[]): SyncTime | undefined {
  return [...times].sort(compareSyncTimes)[0];
}
