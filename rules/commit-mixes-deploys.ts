import type { UnitChange } from '../src/change/change.ts';
import type { Fact } from '../src/change/fact.ts';
import { leftByRevert } from '../src/change/ways-back.ts';
import { idLabel } from '../src/kubernetes/object.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'commit-mixes-deploys',
  title: 'A deploy in one commit with what cannot be taken back',
  severity: 'warning',
  why: 'When the deploy goes wrong the commit is reverted as a whole, and the revert takes back the other half too, which must not go back.',
  fix: 'Make two commits: first what cannot be taken back, then the deploy.',

  on: 'commit',
  *check({ changes, reverts }) {
    if (reverts !== undefined) return;
    const all = changes.flatMap(({ facts }) => facts);
    const fixed = all.find(isOneWay);
    if (fixed === undefined) return;
    // What changes in the same object is a part of the upgrade, and so is what the same file says of it.
    const parts = new Set(all.filter(isOneWay).map(placeOf));
    const deploy = all.find(fact => isDeploy(fact) && !parts.has(placeOf(fact)));
    if (deploy === undefined) return;
    yield {
      message: `${told(deploy)} goes with ${told(fixed)}${leftBy(fixed)}`,
      at: { span: deploy.span },
      units: changes.filter(change => has(change, fixed) || has(change, deploy)).map(({ unit }) => unit),
    };
  },
});

function has({ facts }: UnitChange, fact: Fact): boolean {
  return facts.includes(fact);
}

function isOneWay(fact: Fact): boolean {
  return leftByRevert(fact)?.isOneWay === true;
}

/** A new build of a program. Settings that change beside an upgrade usually belong to it. */
function isDeploy({ kind, from, to }: Fact): boolean {
  return kind === 'image' && from !== undefined && to !== undefined;
}

function placeOf({ object, span }: Fact): string {
  return object === undefined ? span.source.file : JSON.stringify(object);
}

function told(fact: Fact): string {
  const { subject, from, to } = fact;
  return from === undefined || to === undefined
    ? `${nameOf(fact)} ${to === undefined ? 'removed' : 'added'}`
    : `${subject} ${from} -> ${to}`;
}

/** Without what a subject says of what goes with the object. */
function nameOf({ object, subject }: Fact): string {
  return object === undefined ? subject : idLabel(object);
}

/** What a revert leaves, without the name a second time. */
function leftBy(fact: Fact): string {
  const left = leftByRevert(fact)?.what ?? '';
  const name = `${nameOf(fact)}: `;
  return left.startsWith(name) ? `: ${left.slice(name.length)}` : `, and ${left}`;
}
