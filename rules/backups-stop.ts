import type { UnitChange } from '../src/change/change.ts';
import { stateOf } from '../src/change/facts-state.ts';
import { backupSchedule } from '../src/kubernetes/backups.ts';
import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { syncOptions } from '../src/kubernetes/sync.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'backups-stop',
  title: 'No backup is made any more of what stays',
  severity: 'warning',
  why: 'Nothing fails when a backup is not made; it is missed on the day on which it is needed, and the retention deletes the last ones meanwhile.',
  fix: 'Keep the schedule, or say in the message what makes the backups from here on.',

  on: 'change',
  *check(change) {
    const { changes, after } = change;
    if (after === undefined) return;
    const added = changes.flatMap(one => (one.kind === 'added' ? one.after : []));
    for (const one of changes) {
      if (one.kind === 'added') continue;
      const schedule = backupSchedule(one.before);
      if (schedule === undefined || schedule.isSuspended) continue;
      const label = idLabel(one.before.id);
      if (one.kind === 'removed') {
        if (isElsewhere(one.before, change) || goesToo(schedule.of, changes) || added.some(backupSchedule)) continue;
        const what = schedule.of === undefined ? '' : `, and ${schedule.of} stays`;
        yield { message: `${label} is removed${what}`, at: { span: one.before.root.span } };
        continue;
      }
      const now = backupSchedule(one.after);
      if (now?.isSuspended) yield { message: `${label} is suspended`, at: { object: one.after, path: now.path } };
      if (now === undefined && !added.some(backupSchedule)) {
        yield { message: `${label} loses ${schedule.path.join('.')}`, at: { object: one.after, path: schedule.path } };
      }
    }
  },
});

/** Another unit takes it over, or Argo CD leaves it in the cluster. */
function isElsewhere(object: KubeObject, { facts }: UnitChange): boolean {
  const isGone = facts.some(fact => fact.side === 'before' && fact.object === object.id);
  return !isGone || syncOptions(object).includes('Prune=false');
}

/** What was backed up is removed in the same commit, or, where the schedule does not say what that is, something is. */
function goesToo(name: string | undefined, changes: UnitChange['changes']): boolean {
  return changes.some(change => {
    if (change.kind !== 'removed' || backupSchedule(change.before) !== undefined) return false;
    return name === undefined ? stateOf(change.before) !== undefined : change.before.id.name === name;
  });
}
