import { describe, expect, test } from 'vitest';
import { wayBack } from '../../../src/report/explanation/back.ts';
import type { Subject } from '../../../src/report/result.ts';
import * as make from '../../support/results.ts';

const HEAD = 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678';
const BASE = 'b1b2c3d4e5f60718293a4b5c6d7e8f9012345678';

describe('the command that takes it back', () => {
  test.each<[Partial<Subject>, string]>([
    [{ kind: 'commit', commit: HEAD, parents: [BASE] }, 'git revert a1b2c3d4 && git push'],
    [{ kind: 'commit', commit: HEAD, parents: [] }, 'git revert a1b2c3d4 && git push'],
    [{ kind: 'commit', commit: HEAD, parents: [BASE, HEAD] }, 'git revert -m 1 a1b2c3d4 && git push'],
    [{ kind: 'range', commit: HEAD, base: BASE }, 'git revert --no-edit b1b2c3d4..a1b2c3d4 && git push'],
    [{ kind: 'staged' }, 'git revert HEAD && git push'],
  ])('%j', (subject, command) => {
    const result = make.result({ subject: { ...make.result().subject, ...subject } });
    expect(wayBack(result).commands).toEqual([command]);
  });
});

test('merges of a range are taken back whole, and not each commit that they brought in', () => {
  const subject = { ...make.result().subject, kind: 'range' as const, commit: HEAD, base: BASE };
  const plain = make.commitLine('1'.repeat(40), 'Bump', 'low');
  const commits = [plain, { ...plain, isMerge: true }];
  expect(wayBack(make.result({ subject, commits })).commands).toEqual([
    'git revert --no-edit -m 1 $(git rev-list --first-parent b1b2c3d4..a1b2c3d4) && git push',
  ]);
});

describe('what a revert leaves', () => {
  test('said once for several of a kind', () => {
    const unit = make.unit('acme', 'shop', 'production');
    const span = make.spanAt('a.yaml', 1);
    const facts = [
      make.fact(unit.key, { kind: 'image', move: 'major', subject: 'fpm', span }),
      make.fact(unit.key, { kind: 'image', move: 'major', subject: 'cli', span }),
      make.fact(unit.key, { kind: 'image', move: 'patch', subject: 'nginx', span }),
      make.fact(unit.key, {
        kind: 'database',
        move: 'series',
        subject: 'MariaDB db',
        from: '10.11',
        to: '11.4',
        engine: 'mariadb',
        span,
      }),
    ];
    expect(wayBack(make.result({ units: [make.unitChange(unit, facts)] })).stays).toEqual([
      'a database migration that the new version ran is not undone',
      'mariadb 10.11 may not start on data that 11.4 wrote: restore a backup',
    ]);
  });
});
