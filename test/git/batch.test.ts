import { describe, expect, it } from 'vitest';
import { type GitObject, readBatch } from '../../src/git/batch.ts';
import { GitError } from '../../src/git/error.ts';
import * as fc from '../support/properties.ts';

const OID = '0123456789abcdef0123456789abcdef01234567';

/** Reads the stream in chunks of the given sizes and returns what was answered. */
function read(stream: Buffer, sizes: readonly number[], limit: number): (GitObject | undefined)[] {
  const answers: (GitObject | undefined)[] = [];
  const receive = readBatch({ limit: () => limit, answer: object => answers.push(object) });
  let start = 0;
  for (const size of sizes) {
    receive(stream.subarray(start, start + size));
    start += size;
  }
  receive(stream.subarray(start));
  return answers;
}

function stream(contents: readonly (Buffer | undefined)[]): Buffer {
  return Buffer.concat(
    contents.flatMap(content =>
      content === undefined
        ? [Buffer.from('some name missing\n')]
        : [Buffer.from(`${OID} blob ${content.length}\n`), content, Buffer.from('\n')],
    ),
  );
}

describe('readBatch', () => {
  it('D08 gives the same answers wherever the chunks break', () => {
    const content = fc.option(fc.uint8Array({ maxLength: 30 }), { nil: undefined });
    const limit = 20;
    fc.assert(
      fc.property(fc.array(content, { maxLength: 8 }), fc.array(fc.nat(40)), (arrays, sizes) => {
        const contents = arrays.map(array => array && Buffer.from(array));
        const expected = contents.map(
          bytes =>
            bytes && {
              oid: OID,
              type: 'blob',
              size: bytes.length,
              content: bytes.length > limit ? undefined : bytes,
            },
        );
        expect(read(stream(contents), sizes, limit)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes content that looks like an answer for content', () => {
    const tricky = Buffer.from(`${OID} blob 3\nabc\nx missing\n`);
    expect(read(stream([tricky, undefined]), [], 100).map(object => object?.content)).toEqual([tricky, undefined]);
  });

  it('knows an ambiguous name for none', () => {
    expect(read(Buffer.from('abcd ambiguous\n'), [], 100)).toEqual([undefined]);
  });

  it('refuses a stream of another form', () => {
    expect(() => read(Buffer.from('hello\n'), [], 100)).toThrow(GitError);
  });
});
