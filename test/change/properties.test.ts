import { describe, expect, it } from 'vitest';
import type { UnitChange } from '../../src/change/change.ts';
import { idKey } from '../../src/kubernetes/object.ts';
import { assess } from '../../src/risk/assess.ts';
import { LEVELS } from '../../src/risk/verdict.ts';
import { change } from '../support/changes.ts';
import * as fc from '../support/properties.ts';

type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };
type Manifest = { readonly [key: string]: Value };

const name = fc.constantFrom('a', 'b', 'c');
const image = fc
  .tuple(
    fc.constantFrom('shop/web', 'redis', 'mariadb'),
    fc.constantFrom('1.0.0', '1.0.1', '2.0.0', 'latest', '1dc0dc0'),
  )
  .map(([repository, tag]) => `${repository}:${tag}`);
const env = fc.uniqueArray(fc.record({ name, value: name }), { selector: item => item.name });

const container = fc.record(
  {
    name,
    image,
    env,
    args: fc.array(name),
    resources: fc.record({ limits: fc.record({ cpu: fc.constantFrom('1', '2') }) }),
    securityContext: fc.record({ privileged: fc.boolean() }),
  },
  { requiredKeys: ['name', 'image'] },
);
const containers = fc.uniqueArray(container, { minLength: 1, maxLength: 3, selector: item => item.name });

const tree = fc.letrec<{ value: Value }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Value>('x', 'y', 1, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('name', 'host', 'image', 'data', 'rules', 'spec'), tie('value'), { maxKeys: 3 }),
  ),
})).value;

const workload = fc.record({
  apiVersion: fc.constant('apps/v1'),
  kind: fc.constantFrom('Deployment', 'StatefulSet', 'DaemonSet'),
  metadata: fc.record({ name }),
  spec: fc.record({ replicas: fc.nat(3), template: fc.record({ spec: fc.record({ containers }) }) }),
});
const config = fc.record({
  apiVersion: fc.constant('v1'),
  kind: fc.constantFrom('ConfigMap', 'Secret'),
  metadata: fc.record({ name: fc.constantFrom('a', 'app-6ct58987ht', 'app-4h2k87gb5m') }),
  data: fc.dictionary(name, name),
});
const anything = fc.record({
  apiVersion: fc.constantFrom(
    'v1',
    'networking.k8s.io/v1',
    'rbac.authorization.k8s.io/v1',
    'keda.sh/v1alpha1',
    'argoproj.io/v1alpha1',
  ),
  kind: fc.constantFrom(
    'Service',
    'Ingress',
    'NetworkPolicy',
    'ClusterRole',
    'ScaledObject',
    'Application',
    'PersistentVolumeClaim',
  ),
  metadata: fc.record({ name }),
  spec: tree,
  rules: tree,
});
const manifest: fc.Arbitrary<Manifest> = fc.oneof(workload, config, anything);
const idOf = ({ apiVersion, kind, metadata }: Manifest) => JSON.stringify([apiVersion, kind, metadata]);
const unit = fc.uniqueArray(manifest, { maxLength: 4, selector: idOf });

const print = (manifests: readonly Manifest[]) => manifests.map(item => `---\n${JSON.stringify(item)}\n`).join('');

/** The same data with the keys of each mapping the other way round. */
function turned(value: Value): Value {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, below]) => [key, turned(below)]),
  );
}

const EVIDENCE = {
  staging: { of: () => ({ state: 'unknown', reason: '' }) as const },
  dns: () => ({ state: 'unknown', reason: '' }) as const,
};
const levelOf = (compared: UnitChange) =>
  LEVELS.indexOf(assess({ changes: [compared], revert: false, evidence: EVIDENCE }).level);

describe('whatever a unit holds', () => {
  it('nothing is said where nothing differs', () => {
    fc.assert(
      fc.property(unit, all => {
        expect(change(print(all), print(all)).facts).toEqual([]);
      }),
    );
  });

  it('the order of keys and of objects says nothing', () => {
    fc.assert(
      fc.property(unit, all => {
        const other = JSON.stringify([...all].reverse().map(turned));
        const reordered: Manifest[] = JSON.parse(other);
        expect(change(print(all), print(reordered)).facts).toEqual([]);
      }),
    );
  });

  it('each object that differs has a fact', () => {
    fc.assert(
      fc.property(unit, unit, (before, after) => {
        const { changes, facts } = change(print(before), print(after));
        // A new name is one fact that tells of both objects, the one that goes and the one that comes.
        const told = new Set(
          facts.flatMap(({ object, kind, move, from }) => {
            if (object === undefined) return [];
            const isRename = kind === 'object' && move === 'moved' && from !== undefined;
            return isRename ? [idKey(object), idKey({ ...object, name: from })] : [idKey(object)];
          }),
        );
        for (const item of changes) {
          const object = item.kind === 'removed' ? item.before : item.after;
          expect(told).toContain(idKey(object.id));
        }
      }),
    );
  });

  it('what comes in one direction goes in the other', () => {
    fc.assert(
      fc.property(unit, unit, (before, after) => {
        const [there, back] = [change(print(before), print(after)), change(print(after), print(before))];
        expect(back.changes.length).toBe(there.changes.length);
      }),
    );
  });

  it('one object more never lowers the level', () => {
    fc.assert(
      fc.property(unit, unit, manifest, (before, after, more) => {
        const extra: Manifest = { ...more, metadata: { name: 'one-more' } };
        const level = levelOf(change(print(before), print(after)));
        expect(levelOf(change(print(before), print([...after, extra])))).toBeGreaterThanOrEqual(level);
        expect(levelOf(change(print([...before, extra]), print([...after, extra])))).toBeGreaterThanOrEqual(level);
      }),
    );
  });

  it('no value of a Secret is in a fact', () => {
    const canary = 'c4n4ry0c4n4ry0';
    const secret = (kind: string, data: Value): Manifest => ({
      apiVersion: 'v1',
      kind,
      metadata: { name: 's' },
      ...(data as object),
    });
    const field = fc.constantFrom('data', 'stringData', 'type', 'immutable', 'other');
    fc.assert(
      fc.property(field, name, fc.boolean(), (at, key, isGone) => {
        const before = secret('Secret', { [at]: { [key]: `${canary}1` } });
        const after = secret('Secret', isGone ? {} : { [at]: { [key]: `${canary}2` } });
        const { facts } = change(print([before]), print([after]));
        expect(facts.length).toBeGreaterThan(0);
        expect(JSON.stringify(facts.map(({ subject, from, to }) => [subject, from, to]))).not.toContain(canary);
      }),
    );
  });
});
