import { describe, expect, it } from 'vitest';
import { decodePath, encodePath, isDotGit, quotePath } from '../../src/git/path.ts';
import * as fc from '../support/properties.ts';

const bytes = fc.uint8Array({ maxLength: 40 }).map(array => Buffer.from(array));
/** Mostly UTF-8 with some stray bytes, as names are. */
const nearlyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 5 }).map(text => Buffer.from(text)),
      bytes,
    ),
    { maxLength: 5 },
  )
  .map(parts => Buffer.concat(parts));

describe('decodePath', () => {
  it.each([
    ['plain', 'apps/web.yaml', 'apps/web.yaml'],
    ['UTF-8', 'apps/é—🚀.yaml', 'apps/é—🚀.yaml'],
    ['latin-1', Buffer.from('caf\xe9/a', 'latin1'), 'caf\udce9/a'],
    ['latin-1 beside UTF-8', Buffer.concat([Buffer.from('é/'), Buffer.of(0xe9)]), 'é/\udce9'],
    ['a surrogate in CESU-8', Buffer.of(0xed, 0xa0, 0x80), '\udced\udca0\udc80'],
    ['an overlong slash', Buffer.of(0xc0, 0xaf), '\udcc0\udcaf'],
    ['a cut character', Buffer.of(0xf0, 0x9f, 0x9a), '\udcf0\udc9f\udc9a'],
  ])('D06 reads %s', (_, raw, text) => {
    expect(decodePath(Buffer.from(raw))).toBe(text);
  });

  it('D06 loses no byte', () => {
    fc.assert(
      fc.property(nearlyText, raw => {
        expect(encodePath(decodePath(raw))).toEqual(raw);
      }),
      { numRuns: 2000 },
    );
  });

  it('D06 reads a path as it reads its components', () => {
    fc.assert(
      fc.property(nearlyText, nearlyText, (folder, name) => {
        const path = Buffer.concat([folder, Buffer.from('/'), name]);
        expect(decodePath(path)).toBe(`${decodePath(folder)}/${decodePath(name)}`);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('quotePath', () => {
  it.each([
    ['apps/web.yaml', 'apps/web.yaml'],
    ['with space', 'with space'],
    ['é—🚀', 'é—🚀'],
    ['a\nb', '"a\\nb"'],
    ['a\tb', '"a\\tb"'],
    ['say "hi"', '"say \\"hi\\""'],
    ['back\\slash', '"back\\\\slash"'],
    ['\x1b[2J', '"\\033[2J"'],
    ['\x7f', '"\\177"'],
    ['\u009b2J', '"\\302\\2332J"'],
    ['\u202eyaml.b', '"\\342\\200\\256yaml.b"'],
    ['g\u200cit', '"g\\342\\200\\214it"'],
    ['caf\udce9', '"caf\\351"'],
  ])('D06 shows %j as %s', (path, shown) => {
    expect(quotePath(path)).toBe(shown);
  });

  it('D06 leaves nothing that a terminal obeys or hides', () => {
    fc.assert(
      fc.property(nearlyText, raw => {
        expect(quotePath(decodePath(raw))).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('D06 shows different paths differently', () => {
    fc.assert(
      fc.property(nearlyText, nearlyText, (one, other) => {
        expect(quotePath(decodePath(one)) === quotePath(decodePath(other))).toBe(one.equals(other));
      }),
    );
  });
});

describe('isDotGit', () => {
  it.each([
    '.git',
    '.GIT',
    '.Git',
    '.git.',
    '.git ',
    '.git . .',
    'git~1',
    'GIT~1',
    '.g\u200cit',
    '\ufeff.git',
    '.git:x',
  ])('B05 takes %j for .git', name => {
    expect(isDotGit(name)).toBe(true);
  });

  it.each(['git', '.gitignore', '.github', '.gitmodules', 'git~2', '.git-x', 'x.git', '..git', ''])(
    'B05 takes %j for a name like any other',
    name => {
      expect(isDotGit(name)).toBe(false);
    },
  );
});
