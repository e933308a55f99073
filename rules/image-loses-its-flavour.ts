import type { Fact } from '../src/change/fact.ts';
import type { Unit } from '../src/gitops/unit.ts';
import { compareTags } from '../src/image/version.ts';
import { defineRule } from '../src/rule/rule.ts';
import type { Span } from '../src/yaml/node.ts';

export default defineRule({
  id: 'image-loses-its-flavour',
  title: "An image that no longer has the folder's name in its tag",
  severity: 'warning',
  why: 'The tag named the folder that it was built for, so the new one is likely to be the common build or that of somebody else.',
  fix: 'Take the tag with the old ending, or say in the message that the image is a common one from now on.',

  on: 'change',
  *check({ unit, facts, after }, { here: { clients } }) {
    for (const { subject, from, to, span } of facts.filter(isSuffix)) {
      // A tag that YAML reads as a number has lost all of its words, and is told of already.
      if (after?.problems.some(problem => isSame(problem.span, span))) continue;
      const { fromSuffix = '', toSuffix = '' } = compareTags(from, to);
      const own = wordsOf(fromSuffix).find(word => isOfUnit(word, unit));
      if (own === undefined || wordsOf(toSuffix).includes(own) || clients.has(toSuffix)) continue;
      const message = `${subject} goes from ${from} to ${to}, which is not named after ${own}`;
      yield { message, at: { span } };
    }
  },
});

function isSuffix({ kind, move }: Fact): boolean {
  return kind === 'image' && move === 'suffix';
}

function wordsOf(suffix: string): string[] {
  return suffix.split(/[-_.]/).filter(word => word.length > 2);
}

/** A folder on the way to the unit has the word as its name. */
function isOfUnit(word: string, { folders }: Unit): boolean {
  return folders.some(folder => folder.split('/').includes(word));
}

function isSame(a: Span, b: Span): boolean {
  return a.source.file === b.source.file && a.start === b.start;
}
