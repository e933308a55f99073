import type { Fact } from '../src/change/fact.ts';
import { isAutomated } from '../src/git/message.ts';
import type { TrackedComponent } from '../src/gitops/components.ts';
import { reasonToHold } from '../src/gitops/holding.ts';
import { isSameVersion } from '../src/gitops/version-places.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'held-component-moved',
  title: 'A component that the list holds back moves all the same',
  severity: 'warning',
  why: 'The list says that a person reads the upgrade notes first, or that the next major is not wanted yet.',
  fix: 'Take the step back, or change the list in the same commit and say why.',

  on: 'commit',
  *check(commit, { here }) {
    for (const component of here.tracked.components) {
      const units = commit.changes.filter(({ facts }) => facts.some(fact => isStepOf(component, fact)));
      const fact = units.flatMap(({ facts }) => facts).find(candidate => isStepOf(component, candidate));
      if (fact?.to === undefined) continue;
      const isMajor = fact.move === 'major' || fact.move === 'series';
      const automated = commit.message !== undefined && isAutomated(commit.message);
      const reason = reasonToHold(component, { to: fact.to, isMajor, automated });
      if (reason === undefined) continue;
      yield {
        message: `${component.name.text} moves from ${fact.from} to ${fact.to}, and ${reason}`,
        at: { span: fact.span },
        units: units.map(({ unit }) => unit),
      };
    }
  },
});

const KINDS = new Set<Fact['kind']>(['component', 'chart', 'image', 'database', 'remote']);

/** A step of the component in the list, or in a file that carries its version to where the list has it. */
function isStepOf({ name, version, files }: TrackedComponent, { kind, subject, from, to, span }: Fact): boolean {
  if (!KINDS.has(kind) || from === undefined || to === undefined) return false;
  if (kind === 'component') return subject === name.text;
  return files.some(({ path }) => path.text === span.source.file) && isSameVersion(to, version.text);
}
