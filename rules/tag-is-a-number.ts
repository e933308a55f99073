import { problemsOf } from '../src/rule/problems.ts';
import { defineRule, type Sighting } from '../src/rule/rule.ts';
import type { Span } from '../src/yaml/node.ts';
import { resolvePlain } from '../src/yaml/scalars.ts';

const problems = problemsOf('tag-is-a-number');

export default defineRule({
  id: 'tag-is-a-number',
  title: 'An image tag that YAML reads as a number',
  severity: 'error',
  why: 'kustomize wants a string and refuses the build; a reader that takes the number may deploy another tag.',
  fix: 'Put the tag in quotes.',

  on: 'state',
  *check(rendered) {
    for (const sighting of problems(rendered)) {
      yield 'span' in sighting.at ? { ...sighting, ...answerAt(sighting.at.span) } : sighting;
    }
  },
});

/** The line to write, and what the text is read as without the quotes: `1.10` as 1.1, `5621277` as a number. */
function answerAt({ source, start, end }: Span): Pick<Sighting, 'fix' | 'repair'> {
  const written = source.text.slice(start, end);
  const key = /(\w+):\s*$/.exec(source.text.slice(Math.max(0, start - 40), start))?.[1] ?? 'newTag';
  const value = resolvePlain(written, 'kustomize');
  const read = typeof value === 'boolean' ? 'a boolean' : String(value) === written ? 'a number' : String(value);
  return {
    fix: `Write ${key}: "${written}", in quotes: without them ${written} is read as ${read}.`,
    repair: { kind: 'set', value: written },
  };
}
