import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unifiedDiff } from '../../src/fix/unified-diff.ts';
import * as fc from '../support/properties.ts';

it('shows what differs with three lines around it', () => {
  const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', ''].join('\n');
  const after = before.replace('e\n', 'e1\ne2\n').replace('k\n', 'k');
  expect(unifiedDiff('x.yaml', before, after).join('\n')).toMatchInlineSnapshot(`
    "--- a/x.yaml
    +++ b/x.yaml
    @@ -2,10 +2,11 @@
     b
     c
     d
    -e
    +e1
    +e2
     f
     g
     h
     i
     j
    -k
    +k
    \\ No newline at end of file"
  `);
  expect(unifiedDiff('x.yaml', before, before)).toEqual([]);
});

it('is what git apply makes the other text of', () => {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-'));
  const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\r\n', '\n'), { maxLength: 14 }).map(lines => lines.join(''));
  try {
    fc.assert(
      fc.property(text, text, fc.boolean(), (before, rest, isEnded) => {
        const after = isEnded ? rest : rest.replace(/\n$/, '');
        fc.pre(before !== after && before !== '' && after !== '');
        writeFileSync(join(folder, 'x'), before);
        const input = `${unifiedDiff('x', before, after).join('\n')}\n`;
        execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input, stdio: 'pipe' });
        expect(readFileSync(join(folder, 'x'), 'utf8')).toBe(after);
      }),
      { numRuns: 25 },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
