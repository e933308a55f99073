import type { Modified } from '../src/change/aspect.ts';
import { engineOf, isDatabaseResource } from '../src/kubernetes/engines.ts';
import { idKey, idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { dataRefusal, type Refusal, swapRefusal } from '../src/kubernetes/upgrade-path.ts';
import { containers, volumes } from '../src/kubernetes/workload.ts';
import { defineRule } from '../src/rule/rule.ts';
import { at, entries, equal, items, type Node, text } from '../src/yaml/node.ts';

export default defineRule({
  id: 'database-refuses-its-data',
  title: 'A version of a database that does not start on the data files of the one before',
  severity: 'error',
  why: 'The new pod ends with an error as soon as it sees the files, and the database stays down until the old image is back.',
  fix: 'Take the steps that the database asks for, and move the image with the last of them.',

  on: 'change',
  *check({ changes, facts }) {
    const modified = new Map(
      changes.flatMap(change => (change.kind === 'modified' ? [[idKey(change.after.id), change]] : [])),
    );
    for (const { kind, engine, object, from, to, span } of facts) {
      const change = object && modified.get(idKey(object));
      if (kind !== 'database' || engine === undefined || change === undefined) continue;
      if (isDatabaseResource(change.after)) continue;
      const old = engineOf(change.before).find(other => other.version === from)?.engine ?? engine;
      const isSwap = old !== engine;
      const refusal = isSwap
        ? swapRefusal({ engine: old, version: from }, { engine, version: to })
        : dataRefusal(engine, from, to);
      if (refusal === undefined || !keepsItsFiles(change) || upgrades(change.after)) continue;
      yield {
        message: `${idLabel(change.after.id)}: ${sentence(refusal, isSwap ? `${old} ${from}` : from, to)}`,
        at: { span },
        fix: refusal.way,
        severity: refusal.certain ? 'error' : 'warning',
      };
    }
  },
});

function sentence({ name, certain }: Refusal, from: string | undefined, to: string | undefined): string {
  return certain
    ? `${name} ${to} does not start on the data files of ${from}`
    : `${name} ${to} is not made for the data files of ${from}, and may not start`;
}

/** The pods have a volume that outlives them, and find the files where they were. */
function keepsItsFiles({ before, after }: Modified): boolean {
  const isKept = (object: KubeObject) =>
    items(at(object.root, 'spec', 'volumeClaimTemplates')).length > 0 ||
    volumes(object).some(({ node }) =>
      [...entries(node)].some(([key]) => key === 'persistentVolumeClaim' || key === 'hostPath'),
    );
  const [old, now] = [before, after].map(storage);
  if (!isKept(before) || !isKept(after)) return false;
  return old?.every((node, index) => equal(node, now?.[index])) === true;
}

/** Where the volumes come from, where they are mounted, and where PostgreSQL is told to look. */
function storage(object: KubeObject): (Node | undefined)[] {
  const claims = items(at(object.root, 'spec', 'volumeClaimTemplates')).map(claim => at(claim, 'metadata', 'name'));
  const mounts = containers(object).flatMap(({ node }) => [
    at(node, 'volumeMounts'),
    items(at(node, 'env')).find(variable => text(variable, 'name') === 'PGDATA'),
  ]);
  return [...claims, ...volumes(object).map(({ node }) => node), ...mounts];
}

/** Something that runs before the server may bring the files up to the new version. */
function upgrades(object: KubeObject): boolean {
  return containers(object).some(({ init, name, image = '' }) => init && /upgrade|migrat/i.test(`${name} ${image}`));
}
