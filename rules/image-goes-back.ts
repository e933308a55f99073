import type { Fact } from '../src/change/fact.ts';
import { type Message, subjectText } from '../src/git/message.ts';
import { defineRule } from '../src/rule/rule.ts';
import type { Span } from '../src/yaml/node.ts';

export default defineRule({
  id: 'image-goes-back',
  title: 'An older image, in a commit that is no revert',
  severity: 'warning',
  why: 'A merge that went wrong and a copied line look the same as a roll-back, and migrations that the newer version made stay.',
  fix: 'Use `git revert` for a roll-back, or say in the subject that it is one; otherwise take the newer tag.',

  on: 'commit',
  *check({ changes, message, reverts }) {
    if (reverts !== undefined || (message !== undefined && saysSo(message))) return;
    const steps = new Map<string, { readonly images: Set<string>; readonly span: Span }>();
    const units = changes.filter(({ facts }) => facts.some(isDowngrade)).map(({ unit }) => unit);
    for (const { subject, from, to, span } of changes.flatMap(({ facts }) => facts.filter(isDowngrade))) {
      const step = `from ${from} to ${to}`;
      const known = steps.get(step) ?? { images: new Set(), span };
      steps.set(step, known);
      known.images.add(subject);
    }
    for (const [step, { images, span }] of steps) {
      const goes = images.size === 1 ? 'goes back' : 'go back';
      yield { message: `${[...images].join(' and ')} ${goes} ${step}`, at: { span }, units };
    }
  },
});

function isDowngrade({ kind, move }: Fact): boolean {
  return kind === 'image' && move === 'downgrade';
}

/** Nobody who writes so in the message needs to be told. */
function saysSo(message: Message): boolean {
  return /revert|roll\w*[ -]?back|downgrad|back to/i.test(`${subjectText(message)}\n${message.body}`);
}
