import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FACTS, type Fact, type FactKind, type Move } from '../../src/change/fact.ts';
import { RISK_TABLE } from '../../src/risk/table.generated.ts';
import { rowOf } from '../../src/risk/table.ts';
import { factOf, PRODUCTION } from '../support/facts.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const written = parse(read('rules/risk-table.yaml'));

const MOVES = Object.entries(FACTS).flatMap(([kind, moves]) => moves.map(move => [kind, move] as [FactKind, Move]));

/** The level of a plain fact, one whose subject and object say nothing special. */
const LEVELS: Readonly<Record<string, string>> = {
  'image major': 'medium',
  'image minor': 'low',
  'image patch': 'low',
  'image build': 'low',
  'image downgrade': 'medium',
  'image suffix': 'medium',
  'image repository': 'medium',
  'image digest': 'low',
  'image unordered': 'low',
  'image pinned': 'low',
  'image floating': 'medium',
  'image scheme': 'medium',
  'image added': 'low',
  'image removed': 'low',
  'env added': 'low',
  'env changed': 'low',
  'env removed': 'low',
  'config configmap': 'low',
  'config secret': 'low',
  'replicas up': 'low',
  'replicas down': 'low',
  'replicas zero': 'medium',
  'replicas from-zero': 'low',
  'replicas removed': 'medium',
  'autoscaler threshold': 'low',
  'autoscaler limits': 'low',
  'autoscaler added': 'medium',
  'autoscaler removed': 'medium',
  'autoscaler other': 'medium',
  'hostname added': 'medium',
  'hostname removed': 'medium',
  'hostname moved': 'medium',
  'workload resources': 'low',
  'workload probe': 'low',
  'workload probe-added': 'low',
  'workload probe-removed': 'low',
  'workload strategy': 'low',
  'workload template': 'low',
  'workload other': 'low',
  'database series': 'high',
  'database series-downgrade': 'high',
  'database version': 'medium',
  'database version-downgrade': 'medium',
  'database unknown-version': 'high',
  'state changed': 'medium',
  'state added': 'medium',
  'state removed': 'high',
  'state left': 'medium',
  'state handed-over': 'high',
  'state claims': 'medium',
  'kubernetes minor': 'high',
  'kubernetes patch': 'medium',
  'kubernetes skip': 'high',
  'kubernetes downgrade': 'high',
  'kubernetes unknown': 'high',
  'chart major': 'medium',
  'chart minor': 'medium',
  'chart patch': 'low',
  'chart downgrade': 'medium',
  'chart unknown': 'medium',
  'chart added': 'medium',
  'chart removed': 'medium',
  'chart values': 'medium',
  'component major': 'medium',
  'component minor': 'low',
  'component patch': 'low',
  'component downgrade': 'medium',
  'component unknown': 'medium',
  'component added': 'low',
  'component removed': 'low',
  'client added': 'medium',
  'client removed': 'medium',
  'application added': 'medium',
  'application removed': 'medium',
  'application removed-with-objects': 'high',
  'application changed': 'low',
  'object added': 'low',
  'object removed': 'medium',
  'object modified': 'low',
  'object moved': 'medium',
  'object left': 'medium',
  'object handed-over': 'medium',
  'object adopted': 'low',
  'immutable changed': 'high',
  'immutable unapplied': 'medium',
  'access widened': 'medium',
  'access narrowed': 'low',
  'access changed': 'medium',
  'dns added': 'low',
  'dns changed': 'medium',
  'dns removed': 'medium',
  'terraform changed': 'medium',
  'remote moved': 'medium',
  'remote added': 'medium',
  'remote removed': 'medium',
  'unknown content': 'medium',
  'unknown now-fails': 'high',
  'unknown now-builds': 'medium',
};

describe('the risk table', () => {
  it('keeps to its schema', () => {
    const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(read('schemas/risk-table.schema.json')));
    expect(validate(written), JSON.stringify(validate.errors)).toBe(true);
  });

  it('is printed as it is written', () => {
    expect(RISK_TABLE).toEqual(written);
  });

  it('has each id once', () => {
    const ids = RISK_TABLE.rows.map(row => row.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('speaks of kinds and moves that exist', () => {
    for (const { id, when } of RISK_TABLE.rows) {
      for (const move of when.moves ?? []) expect(MOVES, id).toContainEqual([when.kind, move]);
    }
  });

  it('says what each obligation is that a row asks for', () => {
    const known = RISK_TABLE.obligations.map(({ id }) => id);
    expect(known).toEqual(expect.arrayContaining(RISK_TABLE.rows.flatMap(row => row.obligations)));
  });

  it('begins with the rows of the runbook', () => {
    expect(RISK_TABLE.rows.slice(0, 8).map(({ title, level }) => `${title}: ${level}`)).toEqual([
      'image patch: low',
      'image major: medium',
      'new environment variable: low',
      'autoscaler threshold: low',
      'new hostname: medium',
      'new client: medium',
      'MariaDB major: high',
      'Kubernetes version: high',
    ]);
  });

  it.each(MOVES)('has a row for %s %s', (kind, move) => {
    const row = rowOf(factOf({ kind, move }), PRODUCTION, RISK_TABLE);
    expect(row?.level).toBe(LEVELS[`${kind} ${move}`]);
  });
});

const id = (kind: string) => ({ group: '', kind, namespace: '', name: 'x' });

/** Facts that meet the rows which no plain fact meets. */
const SPECIAL: readonly [string, Partial<Fact>, Partial<typeof PRODUCTION>][] = [
  ['mariadb-major', { kind: 'database', move: 'series', engine: 'mariadb' }, {}],
  ['broker-series', { kind: 'database', move: 'series', engine: 'redis' }, {}],
  ['database-series', { kind: 'database', move: 'series', engine: 'postgres' }, {}],
  ['crd-versions', { kind: 'state', move: 'changed', object: id('CustomResourceDefinition') }, {}],
  ['crd-removed', { kind: 'state', move: 'removed', object: id('CustomResourceDefinition') }, {}],
  ['volume-changed', { kind: 'state', move: 'changed', object: id('PersistentVolumeClaim') }, {}],
  ['volume-removed', { kind: 'state', move: 'removed', object: id('PersistentVolumeClaim') }, {}],
  ['namespace-removed', { kind: 'state', move: 'removed', object: id('Namespace') }, {}],
  ['broker-chart-major', { kind: 'chart', move: 'major', engine: 'valkey' }, {}],
  ['broker-chart', { kind: 'chart', move: 'patch', engine: 'valkey' }, {}],
  ['database-chart-major', { kind: 'chart', move: 'major', engine: 'mariadb' }, {}],
  ['database-chart-removed', { kind: 'chart', move: 'removed', engine: 'postgres' }, {}],
  ['database-chart', { kind: 'chart', move: 'values', engine: 'postgres' }, {}],
  ['admission', { kind: 'access', move: 'changed', object: id('ValidatingWebhookConfiguration') }, {}],
  ['image-revert', { kind: 'image', move: 'downgrade', from: '4.2.1', to: '4.2.0' }, { revert: true }],
  ['image-downgrade', { kind: 'image', move: 'downgrade', from: '4.2.1', to: '4.2.0' }, { revert: false }],
  ['image-downgrade', { kind: 'image', move: 'downgrade', from: '5.0.0', to: '4.2.0' }, { revert: true }],
  ['autoscaler-minimum', { kind: 'autoscaler', move: 'limits', subject: 'minReplicas', from: '2', to: '1' }, {}],
  ['autoscaler-limits', { kind: 'autoscaler', move: 'limits', subject: 'minReplicas', from: '0', to: '1' }, {}],
  ['autoscaler-limits', { kind: 'autoscaler', move: 'limits', subject: 'minReplicas', from: '5', to: '2' }, {}],
  ['init-container-added', { kind: 'workload', move: 'other', subject: 'init container added: wait' }, {}],
  [
    'access-widened-policy-below-production',
    { kind: 'access', move: 'widened', object: id('NetworkPolicy') },
    { environment: 'staging' },
  ],
  ['access-widened', { kind: 'access', move: 'widened', object: id('NetworkPolicy') }, {}],
  ['access-widened', { kind: 'access', move: 'widened', object: id('Role') }, { environment: 'staging' }],
  ['application-elsewhere', { kind: 'application', move: 'changed', subject: 'destination.namespace' }, {}],
  ['api-service-removed', { kind: 'object', move: 'removed', object: id('APIService') }, {}],
  ['sync-hook', { kind: 'object', move: 'added', subject: 'PreSync hook Job migrate' }, {}],
  ['object-added', { kind: 'object', move: 'added', subject: 'PostSync hook Job notify' }, {}],
];

describe('rows for special cases', () => {
  it.each(SPECIAL)('%s', (row, fact, setting) => {
    expect(rowOf(factOf(fact), { ...PRODUCTION, ...setting }, RISK_TABLE)?.id).toBe(row);
  });

  it('leave no row that no fact meets', () => {
    const plain = MOVES.map(([kind, move]) => rowOf(factOf({ kind, move }), PRODUCTION, RISK_TABLE)?.id);
    const met = new Set([...plain, ...SPECIAL.map(([row]) => row)]);
    expect(RISK_TABLE.rows.map(({ id }) => id).filter(id => !met.has(id))).toEqual([]);
  });
});
