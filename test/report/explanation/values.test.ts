import { describe, expect, it } from 'vitest';
import { HIDDEN, shownLines } from '../../../src/report/explanation/values.ts';
import { at } from '../../../src/yaml/node.ts';
import { object } from '../../support/objects.ts';

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
