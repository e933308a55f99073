import { isKindAndName, namedObjects } from '../src/kubernetes/named-objects.ts';
import { idKey, idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { sameNamespace } from '../src/kubernetes/scope.ts';
import { compareSyncTimes, type SyncTime, syncTime, syncTimeText } from '../src/kubernetes/sync.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'sync-order-deadlocks',
  title: 'An object that Argo CD applies before what it needs',
  severity: 'error',
  why: 'A wave waits until everything before it is healthy, and that waits for what only the later wave brings: the sync never ends where it is not there from before.',
  fix: 'Give what is needed an earlier `argocd.argoproj.io/sync-wave` than what needs it, or the same one.',

  on: 'state',
  *check({ objects }, { key, application }, { before }) {
    if (application === undefined) return;
    const timed = objects.flatMap(object => {
      const time = syncTime(object);
      return time === undefined ? [] : [{ object, time }];
    });
    for (const { object, time } of timed) {
      const late = needsOf(object, objects).flatMap(need => {
        if (before.standing.get(key)?.has(idKey(need.id))) return [];
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

/**
 * Objects of the unit without which the object never gets ready. Namespaces and definitions are none of them: Argo CD
 * moves them into the phase and wave of the first object that needs them (gitops-engine/pkg/sync/sync_tasks.go).
 */
function needsOf(object: KubeObject, objects: readonly KubeObject[]): KubeObject[] {
  const named = isAwaited(object) ? namedObjects(object) : [];
  return objects.filter(
    other => other !== object && sameNamespace(other, object) && named.some(wanted => isKindAndName(other, wanted)),
  );
}

/** Kinds whose health Argo CD waits for and whose pods need what they name. */
const AWAITED = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'Pod']);

function isAwaited({ id }: KubeObject): boolean {
  return AWAITED.has(id.kind);
}

function earliest(times: readonly SyncTime[]): SyncTime | undefined {
  return [...times].sort(compareSyncTimes)[0];
}
