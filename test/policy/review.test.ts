import { describe, expect, it } from 'vitest';
import { type KubeObject, objectOf } from '../../src/kubernetes/object.ts';
import { parseBaseline, printBaseline } from '../../src/policy/baseline.ts';
import { commentAllowances } from '../../src/policy/comments.ts';
import { type Reviewed, review } from '../../src/policy/review.ts';
import type { Finding, FindingSighting } from '../../src/rule/finding.ts';
import { at, type Node, Source } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';
import { memoryTree } from '../support/memory-tree.ts';
import * as fc from '../support/properties.ts';
import * as make from '../support/results.ts';

const RULES = ['tag-is-a-number', 'duplicate-key'];
const TODAY = '2026-11-23';
const BUDGET = { most: 20, tree: memoryTree({}) };

/** A finding of tag-is-a-number at the first `1.10` of a text. */
function findingIn(text: string, sightings: readonly FindingSighting[] = []): Finding {
  return make.finding(make.spanIn('a.yaml', text, '1.10'), { rule: 'tag-is-a-number', sightings });
}

function reviewed(text: string, before = text): Promise<Reviewed> {
  return review([findingIn(text)], {
    changes: [],
    before: memoryTree({ 'a.yaml': before }),
    baseline: undefined,
    texts: undefined,
    budget: BUDGET,
    ruleIds: RULES,
    today: TODAY,
  });
}

describe('a comment', () => {
  it.each([
    ['newTag: 1.10 # deploy-lint: allow tag-is-a-number until 2026-12-31 - the old registry has it so', 'allowed'],
    ['# deploy-lint: allow tag-is-a-number until 2026-12-31 - the old registry has it so\nnewTag: 1.10', 'allowed'],
    [
      '# deploy-lint: allow duplicate-key, tag-is-a-number until 2026-11-23 - why not\n\n# two\nnewTag: 1.10',
      'allowed',
    ],
    ['# deploy-lint: allow tag-is-a-number until 2026-12-31 — a longer dash\nnewTag: 1.10', 'allowed'],
    ['#deploy-lint: allow tag-is-a-number until 2026-12-31 - x\r\nnewTag: 1.10\r\n', 'allowed'],
    ['# deploy-lint: allow duplicate-key until 2026-12-31 - another rule\nnewTag: 1.10', ''],
    ['newTag: 1.10\nother: 1 # deploy-lint: allow tag-is-a-number until 2026-12-31 - the line below', ''],
    ['other: 1 # deploy-lint: allow tag-is-a-number until 2026-12-31 - the line above\nnewTag: 1.10', ''],
    ['# deploy-lint: allow tag-is-a-number\nnewTag: 1.10', 'tag-is-a-number is allowed without a reason'],
    ['# deploy-lint: allow tag-is-a-number -\nnewTag: 1.10', 'tag-is-a-number is allowed without a reason'],
    ['# deploy-lint: allow tag-is-a-number - x\nnewTag: 1.10', 'tag-is-a-number is allowed without an end'],
    [
      '# deploy-lint: allow tag-is-a-number until 2999-12-31 - x\nnewTag: 1.10',
      'tag-is-a-number is allowed until 2999-12-31, more than a year ahead',
    ],
    [
      '# deploy-lint: allow tag-is-a-number until 2026-11-22 - for the move\nnewTag: 1.10',
      'tag-is-a-number was allowed until 2026-11-22, and is not since then',
    ],
    ['# deploy-lint: allow tag-is-a-number until 2027-02-30 - x\nnewTag: 1.10', '2027-02-30 is no day'],
    ['# deploy-lint: allow tag-is-number until 2026-12-31 - x\nnewTag: 1.10', 'there is no rule tag-is-number'],
    [
      '# deploy-lint: ignore tag-is-a-number\nnewTag: 1.10',
      'this comment is not read: # deploy-lint: ignore tag-is-a-number',
    ],
  ])('%j', async (text, expected) => {
    const { findings, allowed } = await reviewed(text);
    const faults = findings.filter(({ rule }) => rule === 'allowance-without-effect').map(({ message }) => message);
    expect(allowed).toHaveLength(expected === 'allowed' ? 1 : 0);
    expect(findings.some(({ rule }) => rule === 'tag-is-a-number')).toBe(expected !== 'allowed');
    expect(faults).toEqual(expected === 'allowed' || expected === '' ? [] : [expected]);
  });

  it.each([
    'a: |\n  # deploy-lint: allow tag-is-a-number until 2026-12-31 - x\n',
    'a: >-\n  # deploy-lint: allow tag-is-a-number until 2026-12-31 - x\n',
    'a: " # deploy-lint: allow tag-is-a-number until 2026-12-31 - x"\n',
    'a: x# deploy-lint: allow tag-is-a-number until 2026-12-31 - x\n',
    '"k # deploy-lint: allow tag-is-a-number until 2026-12-31 - x": 1\n',
    'a: # deploy-lint: allow tag-is-a-number until 2026-12-31 - x\n b: [\n',
  ])('A25 is no text that looks like one: %j', text => {
    expect(commentAllowances(new Source('a.yaml', text))).toEqual([]);
  });

  it('never throws, whatever the text', () => {
    const piece = fc.constantFrom(
      '# deploy-lint: ',
      'allow ',
      'duplicate-key',
      ' until ',
      '2027-01-31',
      ' - ',
      'x',
      '\n',
      ': ',
      '"',
      '|',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece), pieces => {
        const text = pieces.join('');
        for (const { line, span } of commentAllowances(new Source('a.yaml', text))) {
          expect(line).toBeGreaterThanOrEqual(span.source.position(span.start).line);
        }
      }),
    );
  });
});

describe('what the change itself allows', () => {
  const text = '# deploy-lint: allow tag-is-a-number until 2026-12-31 - x\nnewTag: 1.10\n';

  it.each([
    ['the comment was there', '# deploy-lint: allow tag-is-a-number until 2026-12-31 - y\nnewTag: 1.9\n', false],
    ['it comes with the change', 'newTag: 1.9\n', true],
    [
      'it was on another line',
      'name: a # deploy-lint: allow tag-is-a-number until 2026-12-31 - x\nnewTag: 1.9\n',
      true,
    ],
    ['it was for another rule', '# deploy-lint: allow duplicate-key until 2026-12-31 - x\nnewTag: 1.9\n', true],
    ['it was for fewer days', '# deploy-lint: allow tag-is-a-number until 2026-11-30 - x\nnewTag: 1.9\n', true],
    ['it had no end', '# deploy-lint: allow tag-is-a-number - x\nnewTag: 1.9\n', true],
    ['it had no reason', '# deploy-lint: allow tag-is-a-number until 2026-12-31\nnewTag: 1.9\n', true],
  ])('%s', async (_, before, isNew) => {
    expect((await reviewed(text, before)).allowed.map(one => one.isNew)).toEqual([isNew]);
  });

  it('is told apart for objects by the field', async () => {
    const old = podsOf('# deploy-lint: allow tag-is-a-number until 2026-12-31 - x\n    image: "1.9"');
    const { unit, before, after } = { unit: make.unit('a', 'b', 'production'), before: old, after: podsOf(COMMENTED) };
    const change = { unit, before: make.rendered([before]), after: make.rendered([after]), changes: [], facts: [] };
    const field = { object: after, path: ['spec', 'containers', 0, 'image'] };
    const image = at(after.root, ...field.path);
    if (image === undefined) throw new Error('the pod has an image');
    const finding = make.finding(image.span, { rule: 'tag-is-a-number', sightings: [{ unit: unit.key, field }] });
    const input = {
      before: memoryTree({}),
      baseline: undefined,
      texts: undefined,
      budget: BUDGET,
      ruleIds: RULES,
      today: TODAY,
    };
    const known = await review([finding], { ...input, changes: [change] });
    expect(known.allowed.map(one => one.isNew)).toEqual([false]);
    const fresh = await review([finding], {
      ...input,
      changes: [{ ...change, before: make.rendered([podsOf('image: "1.9"')]) }],
    });
    expect(fresh.allowed.map(one => one.isNew)).toEqual([true]);
  });
});

const COMMENTED = '# deploy-lint: allow tag-is-a-number until 2026-12-31 - x\n    image: "1.10"';

function podsOf(image: string, annotations = '{}'): KubeObject {
  const text = `apiVersion: v1\nkind: Pod\nmetadata: { name: web, annotations: ${annotations} }\nspec:\n  containers:\n  - name: web\n    ${image}\n`;
  const [root]: Node[] = parse(new Source('pod.yaml', text), 'kubectl').documents;
  const object = root?.kind === 'map' ? objectOf(root) : undefined;
  if (object === undefined) throw new Error('the text is an object');
  return object;
}

describe('an annotation', () => {
  const path = ['spec', 'containers', 0, 'image'];
  const input = {
    changes: [],
    before: memoryTree({}),
    baseline: undefined,
    budget: BUDGET,
    ruleIds: RULES,
    today: TODAY,
  };

  it('allows a mistake of a base in the overlays that have it', async () => {
    const annotated = podsOf('image: "1.10"', '{ deploy-lint/allow-tag-is-a-number: until 2027-01-31 - x }');
    const sightings = [
      { unit: 'prod', field: { object: podsOf('image: "1.10"'), path } },
      { unit: 'staging', field: { object: annotated, path } },
    ];
    const finding = { ...findingIn('image: 1.10', sightings), units: ['prod', 'staging'] };
    const { findings, allowed } = await review([finding], { ...input, texts: undefined });
    expect(findings.map(({ units }) => units)).toEqual([['prod']]);
    expect(allowed.map(({ finding, by }) => [finding.units, by.until, by.reason])).toEqual([
      [['staging'], '2027-01-31', 'x'],
    ]);
  });

  it.each([
    [
      'deploy-lint/allow-tag-is-a-number: until 2026-01-31 - x',
      'tag-is-a-number was allowed until 2026-01-31, and is not since then',
    ],
    ['deploy-lint/allow-tag-is-a-number: ""', 'tag-is-a-number is allowed without a reason'],
  ])('that does not count: %s', async (annotation, message) => {
    const object = podsOf('image: "1.10"', `{ ${annotation} }`);
    const finding = findingIn('image: 1.10', [{ unit: 'prod', field: { object, path } }]);
    const { findings, allowed } = await review([finding], { ...input, texts: undefined });
    expect(allowed).toEqual([]);
    expect(findings.map(one => one.message)).toEqual([finding.message, message]);
  });
});

describe('the baseline', () => {
  const path = ['spec', 'containers', 0, 'image'];
  const seen = (image: string) => findingIn('image: 1.10', [{ unit: 'prod', field: { object: podsOf(image), path } }]);
  const textual = make.finding(make.spanIn('a.yaml', 'x\ny\n', 'y'), { message: 'twice, at 1:1 and at 2:1' });
  const read = (text: string) => parseBaseline(new Source('.deploy-lint-baseline.yaml', text));
  const input = { changes: [], before: memoryTree({}), texts: undefined, budget: BUDGET, ruleIds: RULES, today: TODAY };

  it('is a line for each place, by rule, object and field', () => {
    expect(printBaseline([seen('image: "1.10"'), textual, textual])).toMatchInlineSnapshot(`
      "# What deploy-lint found when this file was written, and does not report.
      # deploy-lint --all --write-baseline writes the file anew.
      findings:
        - {"rule":"siblings-out-of-step","unit":"","object":"a.yaml","field":"twice, at line:column and at line:column"}
        - {"rule":"tag-is-a-number","unit":"prod","object":"/Pod /web","field":"spec.containers[web].image"}
      "
    `);
  });

  it('leaves out what it has, whatever the value and the line, and counts it', async () => {
    const baseline = read(printBaseline([seen('image: "1.10"'), textual]));
    const moved = make.finding(make.spanIn('a.yaml', '\n\nx\ny\n', 'y'), { message: 'twice, at 3:1 and at 4:1' });
    const result = await review([seen('image: "2.10"'), moved, findingIn('newTag: 1.10')], { ...input, baseline });
    expect(result.findings.map(({ rule }) => rule)).toEqual(['tag-is-a-number']);
    expect(result.baselined).toHaveLength(2);
  });

  it.each([
    ['findings: []\n', 0],
    ['', 0],
  ])('may be empty: %j', (text, size) => expect(read(text).size).toBe(size));

  it('is refused where an entry cannot be read', () => {
    expect(() => read('findings:\n  - { rule: a }\n')).toThrow(
      '.deploy-lint-baseline.yaml:2:5: an entry of the baseline is rule, unit, object and field',
    );
  });

  it.each(['finding: []\n', 'findings:\n', 'findings: {}\n', '- a\n'])('is no text such as %j', text => {
    expect(() => read(text)).toThrow('the list findings: is missing');
  });
});

describe('G02 what is over', () => {
  const over = (by: string) => `# deploy-lint: allow tag-is-a-number until 2026-11-22${by} - x\nnewTag: 1.10`;

  it.each([
    [over(' by @platform'), 'Mend what it allowed, or have @platform renew it: until 2027-02-21.'],
    [over(''), 'Mend what it allowed, or have who wrote line 1 (git blame) renew it: until 2027-02-21.'],
  ])('says since when, and who renews it: %j', async (text, fix) => {
    const { findings } = await reviewed(text);
    expect(findings.map(({ fix }) => fix)).toContain(fix);
  });
});

describe('G02 the number of allowances', () => {
  const allowed = (until: string) => `# deploy-lint: allow tag-is-a-number until ${until} - x\nnewTag: 1.10\n`;
  const files = {
    'a.yaml': allowed('2026-12-31'),
    'b/b.yaml': allowed('2026-12-01'),
    'b/over.yaml': allowed('2026-11-22'),
    'c.yaml': 'metadata: { annotations: { deploy-lint/allow-duplicate-key: until 2027-01-31 - x } }\n',
    'd.yaml': 'a: |\n  # deploy-lint: allow tag-is-a-number until 2026-12-31 - in a text\n',
    'e.md': allowed('2026-12-31'),
  };
  const said =
    '3 allowances in this repository, where 2 may be: tag-is-a-number at b/b.yaml:1, tag-is-a-number at a.yaml:1, duplicate-key at c.yaml:1';

  async function tooMany(most: number, before: string, texts?: readonly Source[]): Promise<string[]> {
    const input = { changes: [], before: memoryTree({ 'a.yaml': before }), baseline: undefined, texts };
    const budget = { most, tree: memoryTree(files) };
    const { findings } = await review([findingIn(files['a.yaml'])], { ...input, budget, ruleIds: RULES, today: TODAY });
    return findings.filter(({ rule }) => rule === 'too-many-allowances').map(({ message }) => message);
  }

  it('is a mistake of the change that brings one over it', async () => {
    expect(await tooMany(2, 'newTag: 1.9\n')).toEqual([said]);
    expect(await tooMany(3, 'newTag: 1.9\n')).toEqual([]);
  });

  it('does not hold up a change that brings none, and is told of the whole tree', async () => {
    expect(await tooMany(2, files['a.yaml'])).toEqual([]);
    expect(await tooMany(2, files['a.yaml'], [])).toEqual([said]);
  });
});
