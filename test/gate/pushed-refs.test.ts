import { describe, expect, it } from 'vitest';
import { deploys } from '../../src/gate/branches.ts';
import { branchOf, parsePushedRefs } from '../../src/gate/pushed-refs.ts';
import { GitError } from '../../src/git/error.ts';
import * as fc from '../support/properties.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(64);
const ZERO = '0'.repeat(40);

describe('the lines that git gives a pre-push hook', () => {
  it.each<[string, string, object[]]>([
    ['D07 empty stdin', '', []],
    [
      'D07 a branch',
      `refs/heads/a ${A} refs/heads/b ${A}\n`,
      [{ localRef: 'refs/heads/a', local: A, remoteRef: 'refs/heads/b', remote: A }],
    ],
    [
      'D07 zero sha: a new branch',
      `HEAD ${A} refs/heads/b ${ZERO}\n`,
      [{ localRef: 'HEAD', local: A, remoteRef: 'refs/heads/b', remote: undefined }],
    ],
    [
      'D07 delete',
      `(delete) ${ZERO} refs/heads/b ${A}\n`,
      [{ localRef: '(delete)', local: undefined, remoteRef: 'refs/heads/b', remote: A }],
    ],
    [
      'D07 ids of SHA-256',
      `x ${B} refs/heads/b ${'0'.repeat(64)}\n`,
      [{ localRef: 'x', local: B, remoteRef: 'refs/heads/b', remote: undefined }],
    ],
  ])('%s', (_, text, refs) => {
    expect(parsePushedRefs(text)).toEqual(refs);
  });

  it('D07 malformed stdin is refused', () => {
    const any = fc.oneof(fc.string(), fc.constantFrom(`a ${A} b`, `a ${A} b ${A} c`, `a ${A}1 b ${A}`, 'a b c d'));
    fc.assert(
      fc.property(any, text => {
        fc.pre(text.split('\n').some(line => line !== ''));
        expect(() => parsePushedRefs(text)).toThrow(GitError);
      }),
    );
  });

  it('D07 a tag is no branch', () => {
    expect(branchOf('refs/tags/v1')).toBe(undefined);
    expect(branchOf('refs/heads/release/1')).toBe('release/1');
  });
});

describe('a branch deploys', () => {
  it.each<[string, Parameters<typeof deploys>[1], string, boolean]>([
    [
      'that the configuration names',
      { configured: ['release/*'], followed: ['main'], defaultBranch: 'main' },
      'release/1',
      true,
    ],
    ['and no other then', { configured: ['release/*'], followed: ['main'], defaultBranch: 'main' }, 'main', false],
    ['that Applications follow', { configured: [], followed: ['HEAD', 'live'], defaultBranch: 'main' }, 'live', true],
    [
      'that is the default one, where they follow HEAD',
      { configured: [], followed: ['HEAD'], defaultBranch: 'trunk' },
      'trunk',
      true,
    ],
    [
      'not by being the default one, where they follow another',
      { configured: [], followed: ['live'], defaultBranch: 'main' },
      'main',
      false,
    ],
    [
      'that is the default one, where there is no Application',
      { configured: [], followed: [], defaultBranch: undefined },
      'main',
      true,
    ],
    ['not by any name', { configured: [], followed: [], defaultBranch: undefined }, 'feature', false],
  ])('%s', (_, known, branch, expected) => {
    expect(deploys(branch, known)).toBe(expected);
  });
});
