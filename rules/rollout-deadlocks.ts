import { type Deadlock, deadlock } from '../src/kubernetes/deadlock.ts';
import { idLabel } from '../src/kubernetes/object.ts';
import { defineRule } from '../src/rule/rule.ts';

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
      if (found === undefined) continue;
      yield {
        message: `${idLabel(object.id)}: ${waitsFor(found)}`,
        at: { object, path: found.path },
        severity: found.certain ? 'error' : 'warning',
      };
    }
  },
});

function waitsFor({ cause, subject }: Deadlock): string {
  switch (cause) {
    case 'read-write-once-pod':
      return `the new pod waits for claim ${subject}, which is ReadWriteOncePod and stays with the old pod`;
    case 'read-write-once':
      return `on another node the new pod waits for claim ${subject}, which is ReadWriteOnce and stays with the old pod`;
    case 'host-port':
      return `the new pod needs a node whose port ${subject} is free, and the old pod keeps the one it has`;
  }
}
