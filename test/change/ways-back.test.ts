import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/change/fact.ts';
import { leftByRevert } from '../../src/change/ways-back.ts';
import * as make from '../support/results.ts';

type Case = Pick<Fact, 'kind' | 'move'> & Partial<Fact>;

describe('what a revert of a fact leaves', () => {
  it.each<[Case, string | undefined, 'one way' | 'both ways']>([
    [
      { kind: 'database', move: 'series', engine: 'postgres', from: '16.4', to: '17.0' },
      'postgres 16.4 does not start on data that 17.0 wrote: restore a backup',
      'one way',
    ],
    [
      { kind: 'database', move: 'series', engine: 'mariadb', from: '10.11', to: '11.4' },
      'mariadb 10.11 may not start on data that 11.4 wrote: restore a backup',
      'one way',
    ],
    [
      { kind: 'database', move: 'series', engine: 'mongodb', from: '5.0.9', to: '6.0.1' },
      'data that mongodb 6.0.1 wrote stays as it is; 5.0.9 reads it as far as it knows what is in it',
      'both ways',
    ],
    [
      { kind: 'database', move: 'version', engine: 'redis', from: '7.2.4', to: '7.4.1' },
      'redis 7.2.4 does not start on data that 7.4.1 wrote: restore a backup',
      'one way',
    ],
    [
      { kind: 'database', move: 'version', engine: 'redis', from: '7.4.1', to: '7.4.2' },
      'data that redis 7.4.2 wrote stays as it is',
      'both ways',
    ],
    [
      { kind: 'database', move: 'version-downgrade', engine: 'mongodb', from: '8.0.1', to: '6.0.1' },
      undefined,
      'both ways',
    ],
    [
      { kind: 'chart', move: 'minor', subject: 'longhorn', from: '1.8.1', to: '1.9.0' },
      'longhorn does not go back by a revert: its data is converted',
      'one way',
    ],
    [
      { kind: 'kubernetes', move: 'minor', from: '1.31', to: '1.32' },
      'a control plane cannot go back to an older minor: nodes and API stay as they are',
      'one way',
    ],
    [{ kind: 'kubernetes', move: 'patch', from: '1.31.1', to: '1.31.2' }, undefined, 'both ways'],
    [
      { kind: 'state', move: 'removed', subject: 'PersistentVolumeClaim data: the data of the volume goes with it' },
      'PersistentVolumeClaim data: the data of the volume goes with it',
      'one way',
    ],
    [{ kind: 'env', move: 'changed', subject: 'DB_HOST' }, undefined, 'both ways'],
  ])('%j', (seen, what, ways) => {
    const left = leftByRevert(make.fact('unit', { subject: 'x', span: make.spanAt('a.yaml', 1), ...seen }));
    expect(left?.what).toBe(what);
    expect(left?.isOneWay === true ? 'one way' : 'both ways').toBe(ways);
  });
});
