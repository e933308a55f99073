import { nearestOf } from '../src/config/nearest.ts';
import { type ConfigSource, configSource } from '../src/kubernetes/config-sources.ts';
import { type ConfigReference, consumed } from '../src/kubernetes/consumed.ts';
import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { sameNamespace } from '../src/kubernetes/scope.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'key-not-in-config',
  title: 'A key that the ConfigMap or Secret does not have',
  severity: 'error',
  why: 'A container that reads the key does not start (CreateContainerConfigError), and a volume that lists it is not mounted, so that the rollout hangs with the old pods.',
  fix: 'Add the key, correct its name, or mark the reference as optional.',

  on: 'state',
  *check({ objects }) {
    const sources = objects.flatMap(object => configSource(object) ?? []);
    for (const workload of objects) {
      for (const reference of consumed(workload)) {
        if (reference.optional || reference.keys === undefined) continue;
        const [source, ...others] = sources.filter(candidate => isMeant(candidate, reference, workload));
        const has = source?.keys();
        if (source === undefined || has === undefined || others.length > 0) continue;
        for (const key of reference.keys) {
          if (has.has(key)) continue;
          const near = nearestOf(key, has);
          const hint = near === undefined ? '' : `; it has ${near}`;
          yield {
            message: `${idLabel(workload.id)} reads ${key} of ${idLabel(source.object.id)}, which has no such key${hint}`,
            at: { object: workload, path: reference.path },
          };
        }
      }
    }
  },
});

function isMeant({ kind, name, object }: ConfigSource, reference: ConfigReference, workload: KubeObject): boolean {
  return kind === reference.kind && name === reference.name && sameNamespace(object, workload);
}
