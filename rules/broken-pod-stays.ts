import { replicaRange } from '../src/kubernetes/autoscaler.ts';
import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { rollout } from '../src/kubernetes/rollout.ts';
import { defineRule } from '../src/rule/rule.ts';
import { text } from '../src/yaml/node.ts';

export default defineRule({
  id: 'broken-pod-stays',
  title: 'A rollout that a revert alone does not undo',
  severity: 'info',
  why: 'A StatefulSet replaces its pods one after the other and waits for each to be ready. If the new pod never is, the old template that a revert brings back waits behind it (kubernetes/kubernetes#67250).',
  fix: 'Should the new pod not become ready: revert, then delete that pod by hand.',

  on: 'change',
  *check({ changes, after }) {
    for (const change of changes) {
      if (change.kind !== 'modified' || !isOrdered(change.after)) continue;
      const image = change.fields.find(({ path }) => path[1] === 'template' && path.at(-1) === 'image');
      const { max } = replicaRange(change.after, after?.objects ?? []);
      if (image === undefined || (rollout(change.after)?.partition ?? 0) >= max) continue;
      yield {
        message: `${idLabel(change.after.id)} is rolled in order: a pod that does not become ready stays after a revert`,
        at: { object: change.after, path: image.path },
        fix: `Should the new pod not become ready: revert, then kubectl${inNamespace(change.after)} delete pod ${change.after.id.name}-<ordinal>.`,
      };
    }
  },
});

function isOrdered(object: KubeObject): boolean {
  const { group, kind } = object.id;
  if (group !== 'apps' || kind !== 'StatefulSet' || rollout(object)?.strategy !== 'RollingUpdate') return false;
  return text(object.root, 'spec', 'podManagementPolicy') !== 'Parallel';
}

function inNamespace({ id }: KubeObject): string {
  return id.namespace === '' ? '' : ` -n ${id.namespace}`;
}
