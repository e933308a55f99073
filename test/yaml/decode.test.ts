import { describe, expect, it } from 'vitest';
import { decode } from '../../src/yaml/decode.ts';
import { parse } from '../../src/yaml/parse.ts';

const TEXT = 'kind: Größe 😀\n';

function utf16(text: string, order: 'LE' | 'BE'): Buffer {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return order === 'LE' ? bytes : bytes.swap16();
}

describe('decode', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['A14 UTF-8 with a byte order mark', Buffer.from(`\uFEFF${TEXT}`)],
    ['A15 UTF-16LE', utf16(TEXT, 'LE')],
    ['A15 UTF-16BE', utf16(TEXT, 'BE')],
  ])('reads %s', (_, bytes) => {
    const { source, problems } = decode('a.yaml', bytes);
    expect(source).toMatchObject({ file: 'a.yaml', text: TEXT });
    expect(problems).toEqual([]);
  });

  it('reads nothing from nothing', () => {
    expect(decode('a.yaml', Buffer.alloc(0))).toMatchObject({ source: { text: '' }, problems: [] });
  });

  it('A16 says where the bytes are no UTF-8, and gives the text that kubectl would read', () => {
    const bytes = Buffer.concat([Buffer.from('a: \uFFFD\nb: gr'), Buffer.from([0xfc]), Buffer.from('n\n')]);
    const { source, problems } = decode('a.yaml', bytes);
    expect(source.text).toBe('a: \uFFFD\nb: gr\uFFFDn\n');
    expect(problems).toEqual([
      {
        code: 'encoding',
        message: 'the file is not UTF-8: byte 0xfc stands where no character can',
        span: { source, start: 10, end: 11 },
      },
    ]);
    expect(parse(source, 'kubectl').documents).toHaveLength(1);
  });

  it.each([
    ['half a character', Buffer.concat([utf16('a: b', 'LE'), Buffer.from([0x41])])],
    ['half a surrogate pair', utf16('a: \uD83D', 'LE')],
  ])('A15 says that UTF-16 ends in %s', (_, bytes) => {
    expect(decode('a.yaml', bytes).problems.map(problem => problem.code)).toEqual(['encoding']);
  });

  it('A17 leaves a NUL to the parser', () => {
    const { source, problems } = decode('a.yaml', Buffer.from('a: \0\n'));
    expect(problems).toEqual([]);
    expect(parse(source, 'kubectl').problems.map(problem => problem.code)).toEqual(['yaml-does-not-parse']);
  });
});
