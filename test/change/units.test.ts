import { describe, expect, it } from 'vitest';
import { compareUnit } from '../../src/change/compare.ts';
import type { Application } from '../../src/gitops/unit.ts';
import type { Gap, Rendered } from '../../src/kustomize/rendered.ts';
import { Source, type Span } from '../../src/yaml/node.ts';
import type { Problem } from '../../src/yaml/problem.ts';
import { facts, lineOf, renderedOf, unitOf } from '../support/changes.ts';

const UNIT = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { spec: { containers: [{ name: web, image: "web:1.0.0", env: [{ name: A, value: a }] }] } } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
---
apiVersion: k8s.mariadb.com/v1alpha1
kind: MariaDB
metadata: { name: db }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: web }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec: { rules: [{ host: www.shop.example }] }
`;

const application = (cascades: boolean): Application => ({
  name: 'shop',
  file: 'argocd/shop.yaml',
  project: 'default',
  cluster: 'in-cluster',
  namespace: 'shop',
  sources: [],
  automated: true,
  prune: true,
  selfHeal: true,
  cascades,
});

describe('a unit as a whole', () => {
  it('brings what deserves a line of its own when it is new', () => {
    expect(facts(undefined, UNIT)).toEqual([
      'application added kustomization shop',
      'hostname added www.shop.example: - -> www.shop.example',
      'access widened ClusterRoleBinding web',
      'state added MariaDB db (mariadb)',
      'object added 3 objects',
    ]);
  });

  const gone = [
    'hostname removed www.shop.example: www.shop.example -> -',
    'state removed MariaDB db: the database and its data go with it (mariadb)',
    'object removed 4 objects',
  ];

  it.each([
    [
      'with a finalizer',
      unitOf({ application: application(true) }),
      ['application removed-with-objects shop', ...gone],
    ],
    ['without one', unitOf({ application: application(false) }), ['application removed shop']],
  ])('takes its objects along when it goes %s', (_case, unit, expected) => {
    expect(facts(UNIT, undefined, unit)).toEqual(expected);
  });

  it('loses no data where nothing known applies it', () => {
    expect(facts(UNIT, undefined)).toEqual([
      'application removed kustomization shop',
      'hostname removed www.shop.example: www.shop.example -> -',
      'state left MariaDB db (mariadb)',
      'object left 4 objects',
    ]);
  });

  it('points at the manifest of its Application, and for its objects at the first', () => {
    const unit = unitOf({ application: application(true) });
    const rendered = renderedOf(UNIT);
    const files = (before: Rendered | undefined, after: Rendered | undefined) =>
      compareUnit(unit, before, after)
        .facts.filter(({ kind }) => kind === 'application' || kind === 'object')
        .map(fact => `${fact.kind} ${fact.span.source.file}`);
    const first = rendered?.objects[0]?.root.span.source.file;
    expect(files(undefined, rendered)).toEqual(['application argocd/shop.yaml', `object ${first}`]);
    expect(files(rendered, undefined)).toEqual(['application argocd/shop.yaml', `object ${first}`]);
  });

  it('names a field once where one item gives way to another', () => {
    const widget = (item: string) => `
apiVersion: shop.example/v1
kind: Widget
metadata: { name: a }
spec: { hosts: [${item}] }
`;
    expect(facts(widget('one'), widget('two'))).toEqual(['object modified Widget a: spec.hosts[0]']);
  });

  it('says nothing when nothing differs', () => {
    expect(facts(UNIT, UNIT)).toEqual([]);
  });

  it('gives objects without a namespace that of the Application', () => {
    const named = UNIT.replaceAll('metadata: { name:', 'metadata: { namespace: shop, name:');
    const unit = unitOf({ application: application(true) });
    expect(facts(UNIT, named, unit).every(fact => fact.startsWith('object modified'))).toBe(true);
  });
});

const span = (text: string): Span => ({ source: new Source('kustomization.yaml', text), start: 0, end: text.length });
const problem = (code: Problem['code']): Problem => ({
  code,
  message: 'newTag is a number',
  span: span('newTag: 1.10'),
});

it('a new unit names what it takes from elsewhere, and only that of what is not here', () => {
  const gaps: Gap[] = [
    { kind: 'remote-base', what: 'github.com/shop/base', version: 'v1', span: span('') },
    { kind: 'unsupported', what: 'files of the chart shop', version: '1a2b3c', span: span('') },
  ];
  expect(compareUnit(unitOf(), undefined, renderedOf('', { gaps })).facts.map(lineOf)).toEqual([
    'application added kustomization shop',
    'remote added github.com/shop/base: - -> v1',
  ]);
});

describe('a build that is refused', () => {
  const compare = (...problems: Problem[]) =>
    compareUnit(unitOf(), renderedOf(UNIT), renderedOf('', { problems })).facts.map(lineOf);

  it('removes nothing: the sync fails and prunes nothing', () => {
    expect(compare(problem('tag-is-a-number'))).toEqual(['unknown now-fails newTag is a number']);
  });

  it('is another matter than a mistake with which it goes through', () => {
    expect(compare(problem('images-entry-matches-nothing'))).toContain('object removed Service web');
  });

  it('removes nothing of a file that cannot be read', () => {
    const unread: Problem = { ...problem('file-too-large'), unread: 'test.yaml' };
    expect(compare(unread)).toEqual(['unknown content newTag is a number']);
    expect(compare({ ...unread, unread: 'other.yaml' })).toContain('object removed Service web');
  });

  it('is no news where the mistake has only come to stand at another line', () => {
    const twice = (places: string): Problem => ({
      ...problem('kustomization-refused'),
      message: `key "a" stands twice in one mapping, ${places}`,
    });
    const before = renderedOf(UNIT, { problems: [twice('at 3:3 and at 4:3')] });
    const after = renderedOf(UNIT, { problems: [twice('at 13:3 and at 14:3')] });
    expect(compareUnit(unitOf(), before, after).facts).toEqual([]);
  });

  it('is no news where it was refused before', () => {
    const problems = [problem('tag-is-a-number')];
    const before = renderedOf(UNIT, { problems });
    expect(compareUnit(unitOf(), before, renderedOf(UNIT, { problems })).facts).toEqual([]);
  });

  it('leaves unknown what is in the cluster where it was refused before and goes through now', () => {
    const before = renderedOf('', { problems: [problem('tag-is-a-number')] });
    const { facts, changes } = compareUnit(unitOf(), before, renderedOf(UNIT));
    expect(facts.map(lineOf)).toEqual([
      'unknown now-builds 5 objects; before this commit it could not be built: newTag is a number',
    ]);
    expect(changes).toEqual([]);
  });

  it('is told from one that could not be read as a whole', () => {
    const after = renderedOf(UNIT, { problems: [problem('file-too-large')] });
    expect(compareUnit(unitOf(), renderedOf(UNIT), after).facts.map(lineOf)).toEqual([
      'unknown content newTag is a number',
    ]);
  });
});

describe('a part of a build that is not in the repository', () => {
  const gap = (kind: Gap['kind'], version: string | undefined, values?: string): Gap => {
    return { kind, what: WHAT, version, ...(values === undefined ? {} : { values }), span: span('') };
  };
  const WHAT = 'github.com/konflux-ci/mintmaker/config/default';

  it.each([
    ['the same', [gap('remote-base', '3f2a9c1')], [gap('remote-base', '3f2a9c1')], []],
    [
      'moved',
      [gap('remote-base', '3f2a9c1')],
      [gap('remote-base', '8d41b77')],
      [`remote moved ${WHAT}: 3f2a9c1 -> 8d41b77`],
    ],
    ['new', [], [gap('remote-base', '3f2a9c1')], [`remote added ${WHAT}: - -> 3f2a9c1`]],
    ['gone', [gap('remote-base', '3f2a9c1')], [], [`remote removed ${WHAT}: 3f2a9c1 -> -`]],
    [
      'a chart patch',
      [gap('helm-chart', '1.2.3')],
      [gap('helm-chart', '1.2.4')],
      [`chart patch ${WHAT}: 1.2.3 -> 1.2.4`],
    ],
    [
      'a chart major',
      [gap('helm-chart', '1.2.3')],
      [gap('helm-chart', '2.0.0')],
      [`chart major ${WHAT}: 1.2.3 -> 2.0.0`],
    ],
    [
      'a chart by hash',
      [gap('helm-chart', '1.2.3')],
      [gap('helm-chart', 'deadbee')],
      [`chart unknown ${WHAT}: 1.2.3 -> deadbee`],
    ],
    [
      'values of a chart',
      [gap('helm-chart', '1.2.3', 'abc')],
      [gap('helm-chart', '1.2.3', 'def')],
      [`chart values ${WHAT}: values`],
    ],
    [
      'values of a chart without a version',
      [gap('helm-chart', undefined, 'abc')],
      [gap('helm-chart', undefined, 'def')],
      [`chart values ${WHAT}: values`],
    ],
    [
      'a chart and its values',
      [gap('helm-chart', '1.2.3', 'abc')],
      [gap('helm-chart', '1.2.4', 'def')],
      [`chart patch ${WHAT}: 1.2.3 -> 1.2.4`, `chart values ${WHAT}: values`],
    ],
    [
      'a chart with its commit',
      [gap('helm-chart', '0.1.1775+d865e45')],
      [gap('helm-chart', '0.1.1889+ca96506')],
      [`chart patch ${WHAT}: 0.1.1775+d865e45 -> 0.1.1889+ca96506`],
    ],
    ['a new chart', [], [gap('helm-chart', '1.2.3', 'abc')], [`chart added ${WHAT}: - -> 1.2.3`]],
    ['a plugin', [gap('plugin', 'one')], [gap('plugin', 'two')], [`unknown content ${WHAT}`]],
    [
      'one of two',
      [gap('remote-base', 'one'), gap('remote-base', 'two')],
      [gap('remote-base', 'two'), gap('remote-base', 'three')],
      [`remote moved ${WHAT}: one -> three`],
    ],
  ])('%s', (_case, before, after, expected) => {
    const change = compareUnit(unitOf(), renderedOf('', { gaps: before }), renderedOf('', { gaps: after }));
    expect(change.facts.map(lineOf)).toEqual(expected);
  });
});
