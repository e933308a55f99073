import type { UnitChange } from '../src/change/change.ts';
import { replicaRange } from '../src/kubernetes/autoscaler.ts';
import { consumed } from '../src/kubernetes/consumed.ts';
import { idKey, idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { reloads } from '../src/kubernetes/reloader.ts';
import { sameNamespace } from '../src/kubernetes/scope.ts';
import { containers, podTemplate } from '../src/kubernetes/workload.ts';
import { changedConfigs, keysRead } from '../src/rule/changed-config.ts';
import { reloaderAdvice, usesReloader } from '../src/rule/reloader-advice.ts';
import { defineRule, type Severity } from '../src/rule/rule.ts';
import { at, equal } from '../src/yaml/node.ts';

export default defineRule({
  id: 'config-change-not-picked-up',
  title: 'A changed ConfigMap or Secret that running pods go on without',
  severity: 'error',
  why: 'The commit looks deployed, and the pods keep the old values until something else restarts them, often days later.',
  fix: 'Let Reloader restart the workload, or make the ConfigMap with a generator, whose name changes with its content.',

  on: 'change',
  *check(change, { config: { options } }) {
    const autoReloadAll = options['config-change-not-picked-up']['auto-reload-all'];
    const objects = change.after?.objects ?? [];
    const reloader = autoReloadAll || usesReloader(objects);
    for (const changed of changedConfigs(change)) {
      const { config, certain } = changed;
      for (const workload of runningUnchanged(change).filter(object => sameNamespace(object, config))) {
        const read = consumed(workload).filter(reference => keysRead(reference, changed).length > 0);
        const answer = reloads(workload, config, { argoRollouts: true, autoReloadAll });
        if (read.length === 0 || answer.state === 'yes') continue;

        const isStuck = read.some(({ how }) => how !== 'volume' && how !== 'projected');
        if (!isStuck && hasWatcher(workload)) continue;
        const keys = [...new Set(read.flatMap(reference => keysRead(reference, changed)))];
        const what = `${keys.length > 3 ? `${keys.length} keys` : keys.join(', ')} of ${idLabel(config.id)}`;
        const advice = reloaderAdvice(workload, config, answer, reloader);
        const isWritten = at(workload.root, ...answer.at)?.kind === 'scalar';
        yield {
          message: isStuck
            ? `${idLabel(workload.id)} keeps the old ${what}: ${advice.because}`
            : `${idLabel(workload.id)} gets the new ${what} as files, which its processes may not read again: ${advice.because}`,
          at: { object: workload, path: isWritten ? answer.at : ['metadata', 'name'] },
          fix: advice.fix,
          ...(advice.repair && { repair: advice.repair }),
          severity: advice.isOptOut ? 'info' : severity(reloader, isStuck && certain),
        };
      }
    }
  },
});

/** A side-car that tells the process of new files: prometheus-config-reloader, configmap-reload, k8s-sidecar. */
function hasWatcher(workload: KubeObject): boolean {
  return containers(workload).some(({ image = '' }) => /reload|k8s-sidecar/.test(image));
}

/** Where Reloader is at work, a workload without it was forgotten; elsewhere somebody may restart by hand. */
function severity(reloader: boolean, isCertain: boolean): Severity {
  if (reloader) return isCertain ? 'error' : 'warning';
  return isCertain ? 'warning' : 'info';
}

const ROLLED = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout']);

/** Workloads with pods on both sides that the commit itself does not replace. Jobs read everything when they next run. */
function runningUnchanged({ before, after }: UnitChange): KubeObject[] {
  const old = new Map(before?.objects.map(object => [idKey(object.id), object]));
  const objects = after?.objects ?? [];
  return objects.filter(object => {
    const previous = old.get(idKey(object.id));
    if (!ROLLED.has(object.id.kind) || previous === undefined || replicaRange(object, objects).max === 0) return false;
    return equal(podTemplate(previous)?.node, podTemplate(object)?.node);
  });
}
