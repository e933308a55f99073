import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'policy-changed',
  title: 'A change of the policy in the same change that it would judge',
  severity: 'error',
  why: 'It is judged by the policy before it; from the merge on, the new one judges every other change.',
  fix: 'Let those who keep the policy review it, and say in the message why: Deploy-Lint-Ack: policy-changed - reason.',

  // Asked in CI alone, where others review: src/policy/guard.ts finds these.
  on: 'commit',
  check: () => [],
});
