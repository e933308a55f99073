import { describe, expect, test } from 'vitest';
import type { UnitChange } from '../../src/change/change.ts';
import type { ChangedFile } from '../../src/git/tree.ts';
import { account } from '../../src/report/account.ts';
import type { Problem } from '../../src/yaml/problem.ts';
import * as make from '../support/results.ts';

const unit = make.unit('acme', 'shop', 'production');
const span = make.spanAt('base/app.yaml', 3);

function changed(path: string): ChangedFile {
  return { path, before: undefined, after: { path, mode: 'file', oid: '0'.repeat(40) } };
}

/** A unit that read one file and met the given problems on each side. */
function compared(before: readonly Problem[], after: readonly Problem[]): UnitChange {
  const side = (problems: readonly Problem[]) => ({ ...make.rendered([]), problems, files: ['base/app.yaml'] });
  return { ...make.unitChange(unit, []), before: side(before), after: side(after) };
}

const REFUSED: Problem = { code: 'kustomization-refused', message: 'no such field', span };
const LARGE: Problem = { code: 'file-too-large', message: '60 MB, and 50 MB are read', span };

describe('what was seen', () => {
  test('is analysed or skipped with a reason', () => {
    const { files } = account([changed('base/app.yaml'), changed('README.md')], [compared([], [])], []);
    expect(files).toEqual({
      seen: ['base/app.yaml', 'README.md'],
      analysed: ['base/app.yaml'],
      skipped: [{ path: 'README.md', reason: 'nothing that is known here deploys it' }],
    });
  });
});

describe('what is not known', () => {
  const files = [changed('base/app.yaml')];

  test('a build that was refused before hides what changes; one that is refused now is a finding', () => {
    expect(account(files, [compared([REFUSED], [REFUSED])], []).unknowns).toMatchObject([
      { what: 'the build was already refused before this commit', why: 'no such field', units: [unit.key] },
    ]);
    expect(account(files, [compared([], [REFUSED])], []).unknowns).toEqual([]);
  });

  test('a limit that the commit reaches leaves the answer incomplete', () => {
    expect(account(files, [compared([], [LARGE])], []).incomplete).toMatchObject([{ why: 'file-too-large' }]);
    expect(account(files, [compared([LARGE], [LARGE])], []).incomplete).toEqual([]);
  });

  test('for the same reason in several units is said once', () => {
    const other = make.unit('acme', 'shop', 'staging');
    const both = [compared([REFUSED], [REFUSED]), { ...compared([REFUSED], [REFUSED]), unit: other }];
    expect(account(files, both, []).unknowns).toMatchObject([{ why: 'no such field', units: [unit.key, other.key] }]);
  });

  test('in a tree as it stands nothing was so before', () => {
    const standing = compared([REFUSED, LARGE], [REFUSED, LARGE]);
    const { unknowns, incomplete } = account([], [standing], []);
    expect(unknowns).toEqual([]);
    expect(incomplete).toMatchObject([{ why: 'file-too-large' }]);
  });
});

describe('how to look into another repository', () => {
  test.each([
    ['https://github.com/acme/base//config/web', 'git -C <clone of base> diff v1 v2 -- config/web'],
    ['https://github.com/acme/base.git/config', 'git -C <clone of base> diff v1 v2 -- config'],
    ['github.com/acme/base', 'git -C <clone of base> diff v1 v2'],
    ['ssh://git@git.example/team/sub/base.git//config', 'git -C <clone of base> diff v1 v2 -- config'],
    ['https://github.com/acme/base//$(rm -rf ~)', "git -C <clone of base> diff v1 v2 -- '$(rm -rf ~)'"],
    ['https://files.example/base.yaml', undefined],
    [
      'https://github.com/acme/base/releases/download/*/install.yaml',
      'diff <(curl -sL https://github.com/acme/base/releases/download/v1/install.yaml) <(curl -sL https://github.com/acme/base/releases/download/v2/install.yaml)',
    ],
    [
      "https://files.example/*/a'b.yaml",
      "diff <(curl -sL 'https://files.example/v1/a'\\''b.yaml') <(curl -sL 'https://files.example/v2/a'\\''b.yaml')",
    ],
    ['https://github.com/acme/base/blob/*/config.yaml', undefined],
  ])('%s', (subject, hint) => {
    const fact = make.fact(unit.key, { kind: 'remote', move: 'moved', subject, from: 'v1', to: 'v2', span });
    const [unknown] = account([changed('base/app.yaml')], [make.unitChange(unit, [fact])], []).unknowns;
    expect(unknown?.hint).toBe(hint);
  });
});
