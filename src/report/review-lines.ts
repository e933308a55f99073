import { answerLines } from './answer.ts';
import { nothingChanged } from './blocks.ts';
import { count, type Line, list, painted, wrap } from './line.ts';
import type { Result } from './result.ts';
import type { Preview, Review } from './review.ts';

/** What CI looks at, in one line. */
export function underReview({ name, branch, lands }: Review, { commits, subject }: Result, width: number): Line[] {
  const size = subject.kind === 'range' ? `: ${count(commits.length, 'commit')}` : '';
  const scope = lands ? '' : `; ${branch ?? 'it'} does not deploy, so only mistakes count`;
  return wrap([painted('strong', name), `${size}${scope}`], width, 2);
}

/** What the policy of the change itself would have said. */
export function previewLines({ preview }: Review, width: number): Line[] {
  if (preview === undefined) return [];
  const start: Line = [painted('strong', 'policy'), '  '];
  return wrap([...start, `by the policy that this change brings: ${previewText(preview)}`], width, 2);
}

export function previewText({ level, appear, disappear }: Preview): string {
  const told = (word: string, lines: readonly string[]) => (lines.length === 0 ? [] : [`${word} ${list(lines, 3)}`]);
  const parts = [...told('besides', appear), ...told('without', disappear)];
  return [`${level} risk`, ...(parts.length === 0 ? ['the same findings'] : parts)].join(', ');
}

/** What stops it and how to go on, or that nothing does; last, where people look first in a log. */
export function outcomeOf(result: Result, { name, answer, passes }: Review, width: number): Line[][] {
  const { files, incomplete } = result;
  const isStopped = answer.stops.length > 0;
  const sizes = [`${files.analysed.length} analysed`, `${files.skipped.length} left out`];
  const seen = ` (${count(files.seen.length, 'file')}: ${sizes.join(', ')})`;
  const end: Line = passes
    ? [painted('good', `${name} passes`), seen]
    : [painted('error', `${name} is incomplete`), seen];
  const isQuiet = passes && result.verdict.level === 'none' && result.findings.length === 0;
  return [
    ...(isQuiet ? [wrap([nothingChanged(result)], width, 2)] : []),
    ...answerLines(answer, `${name} does not pass${seen}`, width),
    ...(isStopped && incomplete.length === 0 ? [] : [[end]]),
  ];
}
