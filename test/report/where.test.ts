import { describe, expect, test } from 'vitest';
import type { Environment, Unit } from '../../src/gitops/unit.ts';
import { howMany, where } from '../../src/report/where.ts';
import * as make from '../support/results.ts';

function units(...all: readonly Unit[]) {
  return new Map(all.map(unit => [unit.key, unit]));
}

function folder(name: string, environment: Environment): Unit {
  return make.unit('', '', environment, { key: name, name, client: undefined, app: undefined });
}

/** An Application of the name as one kustomization makes it. */
function overlaid(name: string, overlay: string, environment: Environment): Unit {
  const application = { ...make.application(name, name), overlay: { folder: overlay, digest: '' } };
  return { ...folder(name, environment), key: `app:${name}@${overlay}`, kind: 'application', application };
}

describe('units as people call them', () => {
  test.each<[readonly Unit[], string]>([
    [[make.unit('acme', 'shop', 'production')], 'acme/shop prod'],
    [[make.unit('acme', 'shop', 'production'), make.unit('acme', 'shop', 'staging')], 'acme/shop staging + prod'],
    [[make.unit('acme', 'shop', 'unknown')], 'acme/shop'],
    [[folder('app-acme-prod', 'production')], 'app-acme-prod'],
    [[folder('app-acme-live', 'production')], 'app-acme-live prod'],
    [[folder('web/production', 'production')], 'web/production'],
    [[folder('web/a', 'staging'), folder('web/b', 'staging')], 'web/{a, b} staging'],
    [[folder('web/a', 'staging'), folder('web/b', 'production')], 'web/{a staging, b prod}'],
    [
      [make.unit('acme', 'shop', 'staging'), make.unit('zeta', 'shop', 'staging')],
      'acme/shop staging, zeta/shop staging',
    ],
    [[folder('web/a', 'unknown'), folder('api/b', 'unknown')], 'api/b, web/a'],
    [[overlaid('web', 'sets/dev', 'development'), overlaid('web', 'sets/x1', 'unknown')], 'web dev (2 overlays)'],
    [[folder('web', 'unknown'), folder('web/b', 'unknown')], 'web, web/b'],
    [['a', 'b', 'c', 'd'].map(name => folder(`web/${name}`, 'production')), '4 production units in web'],
    [['a', 'b', 'c', 'd'].map(name => folder(name, 'unknown')), '4 units (a, b and 2 more)'],
    [
      ['a', 'b', 'c', 'd'].map((name, i) => folder(`web/${name}`, i === 0 ? 'staging' : 'unknown')),
      '4 units (1 staging) in web',
    ],
  ])('%#: %s', (all, name) => {
    expect(
      where(
        all.map(unit => unit.key),
        units(...all),
      ),
    ).toBe(name);
    expect(where(all.map(unit => unit.key).reverse(), units(...all))).toBe(name);
  });

  test('a key that is no unit stands for itself', () => {
    expect(where(['gone'], units())).toBe('gone');
  });
});

test('how many of which environment', () => {
  const all = [folder('a', 'production'), folder('b', 'staging'), folder('c', 'production')];
  const known = units(...all);
  expect(howMany(['a'], known)).toBe('1 production unit');
  expect(howMany(['a', 'c'], known)).toBe('2 production units');
  expect(howMany(['a', 'b', 'c'], known)).toBe('3 units (1 staging, 2 production)');
});
