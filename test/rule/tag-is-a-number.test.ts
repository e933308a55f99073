import { expect, it } from 'vitest';
import tagIsANumber from '../../rules/tag-is-a-number.ts';
import { checkState } from '../../src/rule/run.ts';
import { Source } from '../../src/yaml/node.ts';
import { renderedOf, unitOf } from '../support/changes.ts';
import { knowledge } from '../support/knowledge.ts';

it.each([
  ['newTag: ', '1.10', 'Write newTag: "1.10", in quotes: without them 1.10 is read as 1.1.'],
  ['newTag: ', '5621277', 'Write newTag: "5621277", in quotes: without them 5621277 is read as a number.'],
  ['newTag: ', '706798e8', 'Write newTag: "706798e8", in quotes: without them 706798e8 is read as 70679800000000.'],
  ['newTag: ', 'true', 'Write newTag: "true", in quotes: without them true is read as a boolean.'],
  ['digest: ', '12', 'Write digest: "12", in quotes: without them 12 is read as a number.'],
])('says of %s%s what it is read as, and what to write', (key, written, fix) => {
  const source = new Source('kustomization.yaml', `images:\n  - name: shop\n    ${key}${written}\n`);
  const start = source.text.indexOf(written);
  const span = { source, start, end: start + written.length };
  const problems = [{ code: 'tag-is-a-number', message: 'it is a number', span }] as const;
  const rendered = renderedOf('', { problems });
  const found = rendered === undefined ? [] : checkState([tagIsANumber], [{ unit: unitOf(), rendered }], knowledge());
  expect(found.map(finding => finding.fix)).toEqual([fix]);
});
