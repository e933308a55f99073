import type { Fact } from '../src/change/fact.ts';
import { unusualStep } from '../src/change/upgrade-steps.ts';
import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { holdsState } from '../src/kubernetes/state.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'revert-leaves-behind',
  title: 'A revert that does not bring back what it takes back',
  severity: 'warning',
  why: 'A revert brings the manifests back, and nothing else: data that was converted stays converted, data that was deleted stays deleted.',
  fix: 'Restore a backup from before the reverted commit, or repair on the version that runs.',

  on: 'commit',
  *check({ changes, reverts }) {
    if (reverts === undefined) return;
    const what = `the revert of ${reverts.oid.slice(0, 8)}`;
    for (const { unit, facts, changes: objects } of changes) {
      for (const fact of facts) {
        const left = leftBehind(fact);
        if (left !== undefined) yield { message: `${what} ${left}`, at: { span: fact.span }, units: [unit] };
      }
      for (const change of objects) {
        if (change.kind !== 'added' || !comesBackEmpty(change.after)) continue;
        const made = `makes ${idLabel(change.after.id)} anew, without what went with it when it was removed`;
        yield { message: `${what} ${made}`, at: { object: change.after, path: ['metadata', 'name'] }, units: [unit] };
      }
    }
  },
});

/** The claims of a StatefulSet stay when it goes, and a user or a grant is made again as it was. */
const COMES_BACK_WHOLE = new Set(['StatefulSet', 'User', 'Grant']);

function comesBackEmpty(object: KubeObject): boolean {
  return holdsState(object) !== undefined && !COMES_BACK_WHOLE.has(object.id.kind);
}

/** What the revert does not do, in words that follow the commit that it reverts. */
function leftBehind(fact: Fact): string | undefined {
  const { kind, move, subject, from, to, engine } = fact;
  if (kind === 'database' && move === 'series-downgrade') {
    return `takes ${engine ?? subject} from ${from} to ${to}, which does not read the data files that ${from} has converted`;
  }
  if (kind === 'immutable') return `changes ${subject} back, which the API server refuses as it would have before`;
  const step = unusualStep(fact);
  return step?.kind === 'back' ? `takes ${step.of.name} from ${from} to ${to}, and it does not go back` : undefined;
}
