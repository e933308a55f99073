import rule from '../../rules/policy-changed.ts';
import type { Sides } from '../git/sides.ts';
import { allowanceFinding, policyChanges } from '../policy/guard.ts';
import type { Result } from '../report/result.ts';
import { inOrder, settled } from '../rule/run.ts';
import { declaredIn } from './declared.ts';

/**
 * A result where the change may not judge itself: what it does to the policy is a finding, and so is what it allows
 * itself, which counts only where a message answers for it and the policy before lets it. Throws `ContentError`.
 */
export async function guarded(result: Result, sides: Sides): Promise<Result> {
  const { config, findings, allowed, commits } = result;
  const messages = sides.message === undefined ? commits.map(({ message }) => message) : [sides.message];
  const counts =
    config.gate.acknowledge.includes(rule.id) &&
    messages.some(message => declaredIn(message).acknowledged.has(rule.id));
  const own = allowed.filter(({ isNew }) => isNew);
  const told = settled([...(await policyChanges(sides)), ...own.map(allowanceFinding)], config);
  return {
    ...result,
    findings: inOrder([...findings, ...told, ...(counts ? [] : own.map(({ finding }) => finding))]),
    allowed: counts ? allowed : allowed.filter(({ isNew }) => !isNew),
  };
}
