import { describe, expect, it } from 'vitest';
import { differences } from '../../../src/change/diff.ts';
import { objectDiffs } from '../../../src/report/explanation/objects.ts';
import { HIDDEN, shownLines } from '../../../src/report/explanation/values.ts';
import { at } from '../../../src/yaml/node.ts';
import { object } from '../../support/objects.ts';
import * as make from '../../support/results.ts';

function shown(kind: string, field: string, value: string): string[] {
  const manifest = object(
    `apiVersion: v1\nkind: ${kind}\nmetadata: {name: x}\n${field}:\n  key: ${JSON.stringify(value)}\n`,
  );
  const node = at(manifest.root, field, 'key');
  if (node === undefined) throw new Error('the manifest has no such field');
  return shownLines(manifest, [field, 'key'], node);
}

describe('shownLines', () => {
  it.each([
    'components/cluster-secret-store',
    'ghcr.io/external-secrets/external-secrets:v0.9.11',
    'token-review',
    'pm.max_children = 75',
  ])('shows the name %s', value => {
    expect(shown('ConfigMap', 'data', value)).toEqual([value]);
  });

  it.each(['db_password = hunter2', 'password=hunter2', '--token abc123', 'amqp://shop:hunter2@queue', 'Bearer abc'])(
    'hides the credential in %s',
    value => {
      expect(shown('ConfigMap', 'data', value)).toEqual([HIDDEN]);
    },
  );

  it('hides single lines of a file', () => {
    expect(shown('ConfigMap', 'data', 'host = db\npassword = hunter2')).toEqual(['host = db', HIDDEN]);
  });

  it('hides all that a Secret holds', () => {
    expect(shown('Secret', 'stringData', 'components/cluster')).toEqual([HIDDEN]);
  });
});

it('E09 hides a password that has another place in its list than before', () => {
  const deployment = (env: string) =>
    object(
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: web, env: ${env}}]}}}`,
    );
  const before = deployment('[{ name: HOST, value: db }, { name: DB_PASSWORD, value: hunter1 }]');
  const after = deployment('[{ name: DB_PASSWORD, value: hunter2 }, { name: HOST, value: db }]');
  const fields = differences(before.root, after.root);
  const change = { kind: 'modified' as const, before, after, fields };
  const { diffs } = objectDiffs([make.unitChange(make.unit('acme', 'shop', 'production'), [], [change])]);
  expect(JSON.stringify(diffs)).not.toContain('hunter');
  expect(diffs[0]?.fields[0]?.before?.lines).toEqual([HIDDEN]);
});
