import { describe, expect, it } from 'vitest';
import type { UnitChange } from '../../src/change/change.ts';
import { DEFAULTS, type RuleSetting } from '../../src/config/config.ts';
import { NO_SURROUNDINGS } from '../../src/gitops/surroundings.ts';
import type { Unit } from '../../src/gitops/unit.ts';
import type { Rendered } from '../../src/kustomize/rendered.ts';
import { defineRule, type Rule, type Sighting, type WholeCommit } from '../../src/rule/rule.ts';
import { checkChanges, checkCommit, checkState } from '../../src/rule/run.ts';
import { Source, type Span } from '../../src/yaml/node.ts';
import type { Problem } from '../../src/yaml/problem.ts';
import { knowledge } from '../support/knowledge.ts';
import { object } from '../support/objects.ts';

const meta = { title: 'A title', severity: 'warning', why: 'Because.', fix: 'Do it.' } as const;

/** Reports every problem of a unit, so that a test can say what is seen by writing problems. */
const standing = defineRule({
  ...meta,
  id: 'standing',
  on: 'state',
  check: ({ problems }) => problems.map(({ message, span }) => ({ message, at: { span } })),
});

function always(id: string, ...sightings: Sighting[]): Rule {
  return defineRule({ ...meta, id, on: 'change', check: () => sightings });
}

function span(file: string, line: number): Span {
  const source = new Source(file, 'x\n'.repeat(20));
  return { source, start: (line - 1) * 2, end: (line - 1) * 2 + 1 };
}

function problem(message: string, at: Span): Problem {
  return { code: 'duplicate-key', message, span: at };
}

function side(...problems: Problem[]): Rendered {
  return { objects: [], gaps: [], problems, files: [] };
}

function unit(key: string): Unit {
  const unknown = { application: undefined, client: undefined, app: undefined };
  return { key, kind: 'kustomization', name: key, folders: [key], environment: 'unknown', ...unknown };
}

function change(key: string, before: Rendered | undefined, after: Rendered | undefined): UnitChange {
  return { unit: unit(key), before, after, changes: [], facts: [] };
}

function withRules(rules: Readonly<Record<string, RuleSetting>>) {
  return knowledge({ config: { ...DEFAULTS, rules: new Map(Object.entries(rules)) } });
}

describe('a rule about what stands', () => {
  const old = problem('is wrong', span('a.yaml', 3));

  it('takes of a build that goes through again only what stands in files of the commit', () => {
    const refused: Problem = { code: 'kustomization-refused', message: 'is refused', span: span('k.yaml', 1) };
    const now = [problem('is wrong', span('a.yaml', 3)), problem('is wrong', span('b.yaml', 3))];
    const mended = change('a', side(refused), side(...now));
    const found = checkChanges([standing], [mended], knowledge({ changed: new Set(['k.yaml', 'b.yaml']) }));
    expect(found.map(finding => finding.span.source.file)).toEqual(['b.yaml']);
  });

  it('looks at the side before with the unit as it was there', () => {
    const named = defineRule({
      ...meta,
      id: 'named',
      on: 'state',
      check: (_rendered, { name }) => (name === 'new' ? [{ message: name, at: { span: span('a.yaml', 1) } }] : []),
    });
    const moved = { ...change('u', side(), side()), unit: { ...unit('u'), name: 'new' }, unitBefore: unit('u') };
    expect(checkChanges([named], [moved], knowledge()).map(({ message }) => message)).toEqual(['new']);
  });

  it('reports on a commit what is new, whatever the line of what was there', () => {
    const moved = problem('is wrong', span('a.yaml', 7));
    const fresh = problem('is bad', span('a.yaml', 9));
    const found = checkChanges([standing], [change('u', side(old), side(moved, fresh))], knowledge());
    expect(found.map(finding => finding.message)).toEqual(['is bad']);
  });

  it('knows a mistake again whose message names another line', () => {
    const before = side(problem('"a" stands at 3:1 and 4:1', span('a.yaml', 4)));
    const after = side(problem('"a" stands at 5:1 and 6:1', span('a.yaml', 6)));
    expect(checkChanges([standing], [change('u', before, after)], knowledge())).toEqual([]);
  });

  it('knows a mistake again in a generated object whose hash has moved', () => {
    const named = defineRule({
      ...meta,
      id: 'named',
      on: 'state',
      check: ({ objects }) =>
        objects.map(one => ({ message: `ConfigMap ${one.id.name} is wrong`, at: { object: one, path: [] } })),
    });
    const holding = (name: string): Rendered => ({
      ...side(),
      objects: [object(`apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`)],
    });
    const moved = change('u', holding('env-5k2h8b4c6d'), holding('env-9t7m6k5h4g'));
    expect(checkChanges([named], [moved], knowledge())).toEqual([]);
  });

  it('reports the second mistake of the same words as new', () => {
    const again = problem('is wrong', span('a.yaml', 7));
    const found = checkChanges([standing], [change('u', side(old), side(old, again))], knowledge());
    expect(found.map(finding => finding.span)).toEqual([again.span]);
  });

  it('reports everything of a unit that is new, and nothing of one that goes', () => {
    expect(checkChanges([standing], [change('u', undefined, side(old))], knowledge())).toHaveLength(1);
    expect(checkChanges([standing], [change('u', side(old), undefined)], knowledge())).toEqual([]);
  });

  it('that looks at each object alone is shown the objects that differ', () => {
    const named = (name: string) => object(`{ apiVersion: v1, kind: ConfigMap, metadata: { name: ${name} } }`);
    const each = defineRule({
      ...meta,
      id: 'each',
      on: 'state',
      alone: true,
      check: ({ objects }) => objects.map(one => ({ message: one.id.name, at: { object: one, path: [] } })),
    });
    const [same, other, added] = [named('same'), named('other'), named('added')];
    const changes: UnitChange['changes'] = [
      { kind: 'modified', before: other, after: other, fields: [] },
      { kind: 'added', after: added },
    ];
    const after = { ...side(), objects: [same, other, added] };
    const found = checkChanges([each], [{ ...change('u', side(), after), changes }], knowledge());
    expect(found.map(finding => finding.message)).toEqual(['added']);
  });

  it('reports everything when a whole tree is asked for', () => {
    const states = [{ unit: unit('u'), rendered: side(old) }];
    expect(checkState([standing], states, knowledge())).toHaveLength(1);
  });
});

describe('a rule about what changes', () => {
  it('has nothing to say of a whole tree', () => {
    const rule = always('changing', { message: 'moves', at: { span: span('a.yaml', 1) } });
    expect(checkState([rule], [{ unit: unit('u'), rendered: side() }], knowledge())).toEqual([]);
    expect(checkChanges([rule], [change('u', undefined, side())], knowledge())).toHaveLength(1);
  });
});

describe('findings', () => {
  it('are one for one place, in all units that have it', () => {
    const base = problem('is wrong', span('base/a.yaml', 3));
    const changes = [change('prod', side(), side(base)), change('dev', side(), side(base))];
    const [finding, ...others] = checkChanges([standing], changes, knowledge());
    expect(others).toEqual([]);
    expect(finding?.units).toEqual(['dev', 'prod']);
  });

  it('carry the reason and the advice of the rule, unless the sighting knows better', () => {
    const at = { span: span('a.yaml', 1) };
    const rule = always(
      'changing',
      { message: 'plain', at },
      { message: 'special', at, fix: 'Now.', severity: 'info' },
    );
    const found = checkChanges([rule], [change('u', undefined, side())], knowledge());
    expect(found.map(({ message, severity, why, fix }) => [message, severity, why, fix])).toEqual([
      ['plain', 'warning', 'Because.', 'Do it.'],
      ['special', 'info', 'Because.', 'Now.'],
    ]);
  });

  it('come worst first, then by file and from top to bottom, in the order of code units', () => {
    const rule = always(
      'changing',
      { message: 'c', at: { span: span('b.yaml', 1) } },
      { message: 'b', at: { span: span('a.yaml', 10) } },
      { message: 'a', at: { span: span('a.yaml', 9) } },
      { message: 'd', at: { span: span('B.yaml', 1) } },
      { message: 'e', at: { span: span('z.yaml', 1) }, severity: 'error' },
    );
    const found = checkChanges([rule], [change('u', undefined, side())], knowledge());
    expect(found.map(finding => finding.message)).toEqual(['e', 'd', 'a', 'b', 'c']);
  });

  it('have the severity that the configuration gives the rule, and are gone where it is off', () => {
    const sightings: Sighting[] = [{ message: 'm', at: { span: span('a.yaml', 1) }, severity: 'info' }];
    const changes = [change('u', undefined, side())];
    const run = (setting: RuleSetting, id = 'changing') =>
      checkChanges([always('changing', ...sightings)], changes, withRules({ [id]: setting }));
    expect(run({ severity: 'error' }).map(finding => finding.severity)).toEqual(['error']);
    expect(run({ severity: 'off' })).toEqual([]);
    expect(run({ severity: 'off' }, 'other')).toHaveLength(1);
  });

  it.each([
    ['a.yaml', 'ignored'],
    ['*.yaml', 'ignored'],
    ['clients', 'ignored'],
    ['clients/', 'ignored'],
    ['*/shop', 'ignored'],
    ['client', 'reported'],
    ['clients/shop/a', 'reported'],
  ])('is not heard in the paths that it is to ignore: %s', (glob, expected) => {
    const file = glob.endsWith('.yaml') ? 'a.yaml' : 'clients/shop/a.yaml';
    const seen: Sighting = { message: 'm', at: { span: span(file, 1) } };
    const known = withRules({ changing: { ignore: [glob] } });
    const found = checkChanges([always('changing', seen)], [change('u', undefined, side())], known);
    expect(found).toHaveLength(expected === 'ignored' ? 0 : 1);
  });
});

describe('a rule about a commit', () => {
  const at = { span: span('.git/COMMIT_EDITMSG', 1) };
  const rule = defineRule({
    ...meta,
    id: 'whole',
    on: 'commit',
    check: () => [{ message: 'is two', at, units: [unit('b'), unit('a')] }],
  });
  const commit: WholeCommit = { oid: undefined, message: undefined, files: [], changes: [], reverts: undefined };

  it('tells the units and the commit', () => {
    const [finding] = checkCommit([rule], { ...commit, oid: '1a2b' }, knowledge());
    expect(finding).toMatchObject({ rule: 'whole', units: ['a', 'b'], commit: '1a2b' });
  });

  it('has nothing to say of units, and rules about units nothing of a commit', () => {
    expect(checkChanges([rule], [change('u', undefined, side())], knowledge())).toEqual([]);
    expect(checkCommit([standing, always('changing', { message: 'x', at })], commit, knowledge())).toEqual([]);
  });

  it('is turned off by the configuration', () => {
    expect(checkCommit([rule], commit, withRules({ whole: { severity: 'off' } }))).toEqual([]);
  });
});

describe('a rule about the repository as a whole', () => {
  const rule = defineRule({
    ...meta,
    id: 'wide',
    on: 'repository',
    meets: () => [],
    check: (states, { here }) =>
      here.tracked.problems.map(({ message, span }) => ({ message, at: { span }, units: states.map(one => one.unit) })),
  });
  const listed = (...messages: string[]) => {
    const problems = messages.map(message => ({ message, span: span('apps.yaml', 1) }));
    return { ...NO_SURROUNDINGS, tracked: { ...NO_SURROUNDINGS.tracked, problems } };
  };

  it('reports of a commit what was not so before, with the units that it names', () => {
    const known = knowledge({ before: listed('old'), here: listed('old', 'new') });
    const found = checkChanges([rule], [change('b', side(), side()), change('a', undefined, side())], known);
    expect(found.map(({ message, units }) => ({ message, units }))).toEqual([{ message: 'new', units: ['a', 'b'] }]);
  });

  it('reports of a tree what stands', () => {
    expect(checkState([rule], [], knowledge({ here: listed('old') }))).toHaveLength(1);
  });
});
