import { lstat, readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileFix, type Left, planFixes } from '../fix/plan.ts';
import { unifiedDiff } from '../fix/unified-diff.ts';
import { openRepository } from '../git/repository.ts';
import { count, type Line, type Palette, padTo, painted, print } from '../report/line.ts';
import { placeOf } from '../report/place.ts';
import type { Result } from '../report/result.ts';
import { shellWord } from '../report/shell.ts';
import type { CheckCommand } from './arguments.ts';
import { paletteFor } from './color.ts';
import { exitCodeOf } from './fail-level.ts';
import type { Io } from './io.ts';

/**
 * Repairs what has one safe answer in the files of the working directory, or shows it as a diff. A file is written only
 * where it is what was looked at, and the index is left as it is. The exit code is that of what is left.
 */
export async function fix(result: Result, { instead, color, failLevel }: CheckCommand, cwd: string, io: Io) {
  const repository = await openRepository({ cwd, env: io.env });
  await repository.close();
  const { files, left } = planFixes(result.findings, result.units);
  const same = await Promise.all(files.map(async file => ({ ...file, isSame: await isSame(repository.top, file) })));
  const [fits, others] = [same.filter(({ isSame }) => isSame), same.filter(({ isSame }) => !isSame)];
  const palette = paletteFor(color, io);
  if (instead === 'fix-dry-run') {
    io.stdout.write(print(fits.flatMap(diffOf), palette));
    io.stderr.write(print(leftLines(left, others), palette));
    return exitCodeOf(result, failLevel);
  }
  for (const { file, after } of fits) await writeFile(join(repository.top, file), after);
  io.stdout.write(told(fits, left, others, palette));
  const fixed = new Set(fits.flatMap(file => file.fixed));
  return exitCodeOf({ ...result, findings: result.findings.filter(finding => !fixed.has(finding)) }, failLevel);
}

/** Whether the file on disk is a plain one at its own path and has the text that was looked at. */
async function isSame(top: string, { file, before }: FileFix): Promise<boolean> {
  const path = join(top, file);
  try {
    const isPlain = (await lstat(path)).isFile() && (await realpath(path)) === join(await realpath(top), file);
    return isPlain && (await readFile(path)).equals(Buffer.from(before));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

function diffOf({ file, before, after }: FileFix): Line[] {
  return unifiedDiff(file, before, after).map((line): Line => {
    if (line.startsWith('+')) return [painted('good', line)];
    return line.startsWith('-') ? [painted('error', line)] : [line];
  });
}

function told(fits: readonly FileFix[], left: readonly Left[], others: readonly FileFix[], palette: Palette): string {
  const fixed = fits.flatMap(file => file.fixed);
  const lines = fixed.map(
    ({ rule, span, message }): Line => [
      ...padTo([painted('good', 'fixed')], 8),
      painted('strong', rule),
      `  ${message}  `,
      painted('dim', placeOf(span)),
    ],
  );
  const files = fits.map(({ file }) => shellWord(file));
  const last: Line =
    fixed.length === 0
      ? ['nothing to fix']
      : [
          `${count(fixed.length, 'finding')} fixed in the working directory. Look at it, then: git add ${files.join(' ')}`,
        ];
  return print([...lines, ...leftLines(left, others), last], palette);
}

function leftLines(left: readonly Left[], others: readonly FileFix[]): Line[] {
  const differing = others.flatMap(({ fixed }) =>
    fixed.map(finding => ({ finding, why: 'the file on disk is not the one that was looked at; stage it first' })),
  );
  return [...left, ...differing].map(({ finding: { rule, span }, why }) => [
    ...padTo([painted('warning', 'left')], 8),
    painted('strong', rule),
    `  ${why}  `,
    painted('dim', placeOf(span)),
  ]);
}
