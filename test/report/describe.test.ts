import { describe, expect, test } from 'vitest';
import { FACTS, type Fact } from '../../src/change/fact.ts';
import { describe as tell } from '../../src/report/describe.ts';
import { fold } from '../../src/report/fold.ts';
import * as fc from '../support/properties.ts';
import * as make from '../support/results.ts';

const span = make.spanAt('a.yaml', 1);

function fact(more: Partial<Fact> & Pick<Fact, 'kind' | 'move'>): Fact {
  return make.fact('unit', { subject: '', span, ...more });
}

function told(...facts: readonly Fact[]): string[] {
  return fold(facts).map(tell);
}

test('what several subjects start with is said once', () => {
  const probe = (subject: string) => fact({ kind: 'workload', move: 'probe', subject, object: WEB });
  expect(told(probe('web: readinessProbe'), probe('web: livenessProbe'), probe('proxy: livenessProbe'))).toEqual([
    'web: readinessProbe, livenessProbe, proxy: livenessProbe changed in Deployment app-web',
  ]);
});

test('values of one chart, and objects of one kind, are named behind what they share', () => {
  const value = (name: string) => fact({ kind: 'chart', move: 'values', subject: `kube-stack: values ${name}` });
  expect(told(value('a.b'), value('c'))).toEqual(['chart kube-stack: values a.b, c changed']);
  const env = (name: string) =>
    fact({ kind: 'env', move: 'added', subject: 'A', to: '1', object: make.objectId('Deployment', name) });
  expect(told(env('read'), env('write'))).toEqual(['env A added: 1 in Deployment read, write']);
});

test('objects that get the same are told in one line, those that hold data each by its name', () => {
  const bound = (name: string) =>
    fact({
      kind: 'access',
      move: 'widened',
      subject: `RoleBinding ${name}`,
      to: 'Group auditors',
      object: make.objectId('RoleBinding', name),
    });
  expect(told(...['a', 'b', 'c', 'd', 'e'].map(bound))).toEqual([
    'access widened: RoleBinding a, b, c and 2 more set: Group auditors',
  ]);
  const handed = (name: string) =>
    fact({
      kind: 'state',
      move: 'handed-over',
      subject: `StatefulSet ${name}`,
      from: 'old',
      to: 'new',
      object: make.objectId('StatefulSet', name),
    });
  expect(told(...['a', 'b', 'c', 'd', 'e'].map(handed))).toEqual([
    'StatefulSet a, b, c, d, e old -> new (handed over)',
  ]);
});

test('objects that take others with them are told in one line, each by its name', () => {
  const removed = (name: string) =>
    fact({
      kind: 'state',
      move: 'removed',
      subject: `Namespace ${name}: everything in the namespace goes with it`,
      object: make.objectId('Namespace', name, ''),
    });
  expect(told(...['auth', 'cart', 'mail', 'shop', 'stock'].map(removed))).toEqual([
    'Namespace auth, cart, mail, shop, stock removed: everything in the namespace goes with it',
  ]);
});

const WEB = make.objectId('Deployment', 'app-web');
const CM = make.objectId('ConfigMap', 'app-cm-5k2h8b', '');

describe('one change in one line', () => {
  test.each<[Partial<Fact> & Pick<Fact, 'kind' | 'move'>, string]>([
    [
      { kind: 'image', move: 'major', subject: 'reg.example/shop/web', from: '4.9', to: '5.0' },
      'web 4.9 -> 5.0 (major)',
    ],
    [{ kind: 'image', move: 'added', subject: 'web', to: '4.9' }, 'web added: 4.9'],
    [
      {
        kind: 'state',
        move: 'removed',
        subject: 'PersistentVolumeClaim data: the data of the volume goes with it',
        object: make.objectId('PersistentVolumeClaim', 'data', ''),
      },
      'PersistentVolumeClaim data removed: the data of the volume goes with it',
    ],
    [{ kind: 'state', move: 'changed', subject: 'Backup nightly removed' }, 'Backup nightly removed'],
    [
      { kind: 'state', move: 'changed', subject: 'version v1alpha1 is no longer served' },
      'version v1alpha1 is no longer served',
    ],
    [
      { kind: 'object', move: 'modified', subject: 'Service a is left to itself (Prune=false)' },
      'Service a is left to itself (Prune=false)',
    ],
    [{ kind: 'state', move: 'changed', subject: 'data: size', from: '1Gi', to: '2Gi' }, 'data: size 1Gi -> 2Gi'],
    [
      {
        kind: 'state',
        move: 'removed',
        subject: 'Deployment cache',
        object: make.objectId('Deployment', 'cache', 'apps'),
      },
      'Deployment cache removed',
    ],
    [
      {
        kind: 'chart',
        move: 'minor',
        subject: 'https://charts.example:8443/team/loki',
        from: '1.0.0',
        to: '1.1.0',
        object: make.objectId('Application', 'loki', 'argoproj.io'),
      },
      'chart loki 1.0.0 -> 1.1.0 (minor)',
    ],
    [
      { kind: 'chart', move: 'values', subject: 'https://charts.example/loki: values a."b/c"', from: '1', to: '2' },
      'chart loki: values a."b/c" 1 -> 2',
    ],
    [{ kind: 'application', move: 'added', subject: 'kustomization apps/shop' }, 'kustomization apps/shop added'],
    [
      {
        kind: 'application',
        move: 'changed',
        subject: 'source',
        from: 'main',
        to: 'next',
        object: make.objectId('Application', 'shop', 'argoproj.io'),
      },
      'source main -> next in Application shop',
    ],
    [
      { kind: 'env', move: 'added', subject: 'MODE', to: 'on', object: WEB },
      'env MODE added: on in Deployment app-web',
    ],
    [{ kind: 'env', move: 'changed', subject: 'PASSWORD', object: WEB }, 'env PASSWORD changed in Deployment app-web'],
    [
      { kind: 'env', move: 'removed', subject: 'A', from: 'b', object: WEB },
      'env A removed (was b) in Deployment app-web',
    ],
    [
      { kind: 'config', move: 'configmap', subject: 'app-cm: MODE', from: 'a', to: 'b', object: CM },
      'ConfigMap app-cm: MODE a -> b',
    ],
    [
      { kind: 'config', move: 'secret', subject: 'app: KEY', object: make.objectId('Secret', 'app', '') },
      'Secret app: KEY changed',
    ],
    [
      { kind: 'replicas', move: 'zero', subject: 'Deployment app-web', from: '3', to: '0', object: WEB },
      'replicas Deployment app-web 3 -> 0 (scaled to zero)',
    ],
    [
      {
        kind: 'hostname',
        move: 'added',
        subject: 'a.example',
        to: 'a.example',
        object: make.objectId('Ingress', 'web'),
      },
      'hostname a.example added in Ingress web',
    ],
    [{ kind: 'object', move: 'removed', subject: 'Deployment app-web', object: WEB }, 'Deployment app-web removed'],
    [
      { kind: 'access', move: 'widened', subject: 'Role a', object: make.objectId('Role', 'a') },
      'access widened: Role a',
    ],
    [
      { kind: 'unknown', move: 'now-fails', subject: '../base is not in the tree' },
      'does not build: ../base is not in the tree',
    ],
    [
      {
        kind: 'application',
        move: 'removed',
        subject: 'ApplicationSet x',
        object: make.objectId('ApplicationSet', 'x'),
      },
      'ApplicationSet x removed',
    ],
    [
      { kind: 'database', move: 'series', subject: 'MariaDB shop', from: '10.11', to: '11.4', engine: 'mariadb' },
      'MariaDB shop 10.11 -> 11.4 (another series)',
    ],
  ])('%j', (one, line) => {
    expect(told(fact(one))).toEqual([line]);
  });

  test('every move of every kind has words', () => {
    for (const [kind, moves] of Object.entries(FACTS)) {
      for (const move of moves) {
        const [line] = told(fact({ kind: kind as Fact['kind'], move, subject: 'it', from: 'a', to: 'b' }));
        expect(line).toMatch(/^\S.*\S$/);
        expect(line).toContain('a -> b');
      }
    }
  });
});

describe('what is alike is told once', () => {
  const image = (subject: string, to: string, unit = 'unit') =>
    make.fact(unit, { kind: 'image', move: 'minor', subject, from: '1.0', to, span });

  test('images that move together, whoever runs them', () => {
    expect(told({ ...image('fpm', '1.1'), object: WEB }, image('cli', '1.1'))).toEqual(['fpm, cli 1.0 -> 1.1 (minor)']);
  });

  test('never with one that differs', () => {
    expect(told(image('fpm', '1.1'), image('cli', '1.2'))).toEqual([
      'fpm 1.0 -> 1.1 (minor)',
      'cli 1.0 -> 1.2 (minor)',
    ]);
  });

  test('one name in two repositories is told in full', () => {
    expect(told(image('a/web', '1.1'), image('b/web', '1.1'))).toEqual(['a/web, b/web 1.0 -> 1.1 (minor)']);
  });

  test('one change in several units', () => {
    const [telling, ...rest] = fold([image('web', '1.1', 'a'), image('web', '1.1', 'b')]);
    expect([telling?.units, rest]).toEqual([['a', 'b'], []]);
  });

  test('units apart where their subjects differ', () => {
    const tellings = fold([image('web', '1.1', 'a'), image('api', '1.1', 'a'), image('web', '1.1', 'b')]);
    expect(tellings.map(({ units, subjects }) => [units, subjects])).toEqual([
      [['a'], ['web', 'api']],
      [['b'], ['web']],
    ]);
  });

  test('objects that come or go, with their kind once', () => {
    const added = ['a', 'b', 'c', 'd', 'e'].map(name =>
      fact({ kind: 'object', move: 'added', subject: `Role ${name}`, object: make.objectId('Role', name) }),
    );
    expect(told(...added)).toEqual(['Role a, b, c and 2 more added']);
  });

  test('every fact is in a telling with its own values and unit', () => {
    const some = fc.record({
      kind: fc.constantFrom<Fact['kind']>('image', 'env', 'object', 'application'),
      move: fc.constantFrom<Fact['move']>('added', 'removed'),
      subject: fc.constantFrom('a', 'b', 'x: c'),
      from: fc.constantFrom(undefined, '1', '2'),
      to: fc.constantFrom(undefined, '1', 'a'),
      unit: fc.constantFrom('u', 'v', 'w'),
      object: fc.constantFrom(undefined, WEB, CM),
    });
    fc.assert(
      fc.property(fc.array(some), all => {
        const facts = all.map(({ unit, ...rest }) => make.fact(unit, { ...rest, span }));
        const tellings = fold(facts);
        for (const one of facts) {
          const found = tellings.filter(
            ({ fact, subjects, units }) =>
              fact.kind === one.kind &&
              fact.move === one.move &&
              subjects.includes(one.subject) &&
              units.includes(one.unit),
          );
          expect(found.some(({ fact }) => fact.from === one.from || one.from === one.subject)).toBe(true);
        }
        expect(tellings.reduce((sum, { spans }) => sum + spans.length, 0)).toBe(facts.length);
      }),
    );
  });
});
