import { nearestOf } from '../src/config/nearest.ts';
import { configSource } from '../src/kubernetes/config-sources.ts';
import {
  howRenamed,
  isKindAndName,
  isOfStatefulSet,
  isProvided,
  mentions,
  type NamedObject,
  namedObjects,
} from '../src/kubernetes/named-objects.ts';
import { idKey, idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { sameNamespace } from '../src/kubernetes/scope.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'reference-to-nothing',
  title: 'Pods that name an object which nothing here makes',
  severity: 'info',
  why: 'A pod without the ConfigMap, Secret, claim or service account that it names does not start, and the rollout stands still with the old pods.',
  fix: 'Correct the name, add the object, or see to it that whatever else makes it does so first.',

  on: 'state',
  *check({ objects, gaps, problems }, unit, { neighbours, before }) {
    if (gaps.length > 0 || problems.length > 0) return;
    const others = [...objects, ...neighbours.flatMap(({ rendered }) => rendered.objects)];
    const stood = before.standing.get(unit.key);
    for (const { workload, wanted, peers } of missingIn(objects, others)) {
      const { kind, name, path } = wanted;
      const { namespace } = workload.id;
      if (stood?.has(idKey({ group: '', kind, namespace, name }))) continue;
      const near = nearestOf(name, peers.keys());
      const isSpare = near !== undefined && !objects.some(object => isAbout(object, near, peers));
      const hint = near === undefined ? '' : `; the unit has ${near}${isSpare ? ', which nothing names' : ''}`;
      yield {
        message: `${idLabel(workload.id)} names ${kind} ${name}, which nothing here makes${hint}`,
        at: { object: workload, path },
        severity: isSpare ? 'warning' : 'info',
      };
    }
  },
});

interface Missing {
  readonly workload: KubeObject;
  readonly wanted: NamedObject;
  /** What the unit has of the kind, by name. */
  readonly peers: ReadonlyMap<string, KubeObject>;
}

/** The one name of a kind that is not here while all others are: a unit that makes none of them leaves it to others. */
function missingIn(objects: readonly KubeObject[], others: readonly KubeObject[]): Missing[] {
  const found = new Map<string, { there: number; missing: Map<string, Missing> }>();
  for (const workload of objects) {
    for (const wanted of namedObjects(workload)) {
      const key = `${workload.id.namespace} ${wanted.kind}`;
      const seen = found.get(key) ?? { there: 0, missing: new Map<string, Missing>() };
      found.set(key, seen);
      if (isMade(wanted, workload, others)) seen.there++;
      else if (!seen.missing.has(wanted.name)) {
        seen.missing.set(wanted.name, { workload, wanted, peers: peersOf(wanted, workload, objects) });
      }
    }
  }
  return [...found.values()].flatMap(({ there, missing }) =>
    there > 0 && missing.size === 1 ? [...missing.values()] : [],
  );
}

/** Or is in another namespace, or has been renamed by the build, which are mistakes of their own. */
function isMade(wanted: NamedObject, workload: KubeObject, others: readonly KubeObject[]): boolean {
  if (isProvided(wanted, workload, others)) return true;
  return others.some(
    object =>
      isKindAndName(object, wanted) ||
      isOfStatefulSet(wanted.name, object) ||
      (sameNamespace(object, workload) && howRenamed(object, wanted, workload) !== undefined),
  );
}

function peersOf({ kind }: NamedObject, workload: KubeObject, objects: readonly KubeObject[]): Map<string, KubeObject> {
  const peers = objects.flatMap((object): [string, KubeObject][] => {
    if (!sameNamespace(object, workload)) return [];
    const source = configSource(object);
    if (source?.kind === kind) return [[source.name, object]];
    return object.id.group === '' && object.id.kind === kind ? [[object.id.name, object]] : [];
  });
  return new Map(peers);
}

/** Whether the object mentions the name, without being what has it. */
function isAbout(object: KubeObject, name: string, peers: ReadonlyMap<string, KubeObject>): boolean {
  return object !== peers.get(name) && mentions(object.root, name);
}
