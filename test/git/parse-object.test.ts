import { describe, expect, it } from 'vitest';
import { GitError } from '../../src/git/error.ts';
import { parseCommit, parseFolder, parseMode } from '../../src/git/parse-object.ts';
import * as fc from '../support/properties.ts';

const OID = '0123456789abcdef0123456789abcdef01234567';
const TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

function commit(message: string | Buffer, headers: readonly string[] = [], committer = '1767225600 +0100') {
  const head = [`tree ${TREE}`, 'author A <a@b> 1 +0000', `committer A <a@b> ${committer}`, ...headers, '', ''];
  return parseCommit(OID, Buffer.concat([Buffer.from(head.join('\n')), Buffer.from(message)]));
}

describe('parseCommit', () => {
  it('reads tree, parents, subject, body and date', () => {
    expect(commit('Bump image\nto 5\n\nBecause.\n\nReally.\n', [`parent ${OID}`])).toEqual({
      oid: OID,
      tree: TREE,
      parents: [OID],
      subject: 'Bump image to 5',
      body: 'Because.\n\nReally.',
      date: '2026-01-01T00:00:00.000Z',
    });
  });

  it.each([
    ['an empty message', '', '', ''],
    ['no body', 'one\n', 'one', ''],
    ['blank lines in front', '\n\none\n\ntwo\n', 'one', 'two'],
    ['a line of spaces between', 'one\n  \ntwo', 'one', 'two'],
  ])('reads %s', (_, message, subject, body) => {
    expect(commit(message)).toMatchObject({ subject, body });
  });

  it('reads the message in its encoding', () => {
    expect(commit(Buffer.from('caf\xe9', 'latin1'), ['encoding ISO-8859-1'])?.subject).toBe('café');
  });

  it('reads a message in an encoding that nobody knows', () => {
    expect(commit('one', ['encoding klingon'])?.subject).toBe('one');
  });

  it('is not misled by a signature with lines like headers', () => {
    const signed = commit('one', ['gpgsig -----BEGIN', ` parent ${OID}`, ' tree x', ' -----END']);
    expect(signed).toMatchObject({ tree: TREE, parents: [], subject: 'one' });
  });

  it.each(['99999999999999999 +0000', 'nonsense'])('takes 1970 for the time %s', time => {
    expect(commit('one', [], time)?.date).toBe('1970-01-01T00:00:00.000Z');
  });

  it('knows damage', () => {
    expect(parseCommit(OID, Buffer.from('author A <a@b> 1 +0000\n\none'))).toBeUndefined();
  });
});

describe('parseMode', () => {
  it.each([
    ['100644', 'file'],
    ['100664', 'file'],
    ['100755', 'executable'],
    ['120000', 'symlink'],
    ['160000', 'submodule'],
    ['40000', 'directory'],
    ['040000', 'directory'],
    ['000000', undefined],
    ['', undefined],
  ])('reads %s as %s', (digits, mode) => {
    expect(parseMode(digits)).toBe(mode);
  });
});

describe('parseFolder', () => {
  const entry = (mode: string, name: string | Buffer, size = 20) =>
    Buffer.concat([Buffer.from(`${mode} `), Buffer.from(name), Buffer.alloc(1), Buffer.alloc(size, 0xab)]);

  it('reads names of any bytes', () => {
    const folder = parseFolder(Buffer.concat([entry('100644', 'a b\n'), entry('40000', Buffer.of(0xe9))]), 20);
    expect([...folder]).toEqual([
      ['a b\n', { mode: 'file', oid: 'ab'.repeat(20) }],
      ['\udce9', { mode: 'directory', oid: 'ab'.repeat(20) }],
    ]);
  });

  it('D03 reads ids of 32 bytes', () => {
    expect(parseFolder(entry('100644', 'a', 32), 32).get('a')?.oid).toBe('ab'.repeat(32));
  });

  it('D09 refuses one name twice', () => {
    const twice = Buffer.concat([entry('100644', 'a'), entry('40000', 'a')]);
    expect(() => parseFolder(twice, 20)).toThrow('a tree object has one name twice');
  });

  it('D09 ends on any bytes, with a folder or a GitError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), bytes => {
        try {
          parseFolder(Buffer.from(bytes), 20);
        } catch (error) {
          expect(error).toBeInstanceOf(GitError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
