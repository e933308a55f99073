import { type Deadlock, deadlock } from '../src/kubernetes/deadlock.ts';
import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { podTemplate } from '../src/kubernetes/workload.ts';
import { defineRule } from '../src/rule/rule.ts';
import { at, text } from '../src/yaml/node.ts';

export default defineRule({
  id: 'rollout-deadlocks',
  title: 'A rollout in which the new pod waits for what the old pod keeps',
  severity: 'warning',
  why: 'No old pod may go before a new one is ready, and the new one cannot start while the old one runs, so the rollout hangs until its deadline.',
  fix: 'Set the strategy to Recreate, or to maxSurge 0 and maxUnavailable 1, so that the old pod goes first.',

  on: 'state',
  *check({ objects }) {
    for (const object of objects) {
      const found = deadlock(object, objects);
      if (found === undefined || (found.cause === 'read-write-once' && staysOnNode(object, objects, found))) continue;
      yield {
        message: `${idLabel(object.id)}: ${waitsFor(found)}`,
        at: { object, path: found.path },
        severity: found.certain ? 'error' : 'warning',
      };
    }
  },
});

/** The new pod comes to the node of the old one, where a ReadWriteOnce volume can be mounted a second time. */
function staysOnNode(object: KubeObject, objects: readonly KubeObject[], { subject }: Deadlock): boolean {
  const pod = at(podTemplate(object)?.node, 'spec');
  if (text(pod, 'nodeName') ?? text(pod, 'nodeSelector', 'kubernetes.io/hostname')) return true;
  const claim = objects.find(({ id }) => id.kind === 'PersistentVolumeClaim' && id.name === subject);
  return /local|host-?path/i.test(text(claim?.root, 'spec', 'storageClassName') ?? '');
}

function waitsFor({ cause, subject, certain }: Deadlock): string {
  switch (cause) {
    case 'read-write-once-pod':
      return `the new pod waits for claim ${subject}, which is ReadWriteOncePod and stays with the old pod`;
    case 'read-write-once':
      return `on another node the new pod waits for claim ${subject}, which is ReadWriteOnce and stays with the old pod`;
    case 'host-port':
      if (certain) return `the new pod needs port ${subject} of the node on which the old pod keeps it`;
      return `the new pod needs a node whose port ${subject} is free, and the old pod keeps the one it has`;
  }
}
