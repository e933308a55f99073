import { compareTags, type TagMove } from '../image/version.ts';
import type { Gap } from '../kustomize/rendered.ts';
import type { Span } from '../yaml/node.ts';
import { pairVersions } from './pair-versions.ts';
import type { Statement } from './statement.ts';

const CHART_MOVES = {
  major: 'major',
  minor: 'minor',
  patch: 'patch',
  build: 'patch',
  downgrade: 'downgrade',
  suffix: 'unknown',
  unordered: 'unknown',
  pinned: 'unknown',
  floating: 'unknown',
  scheme: 'unknown',
  same: undefined,
} as const satisfies Record<TagMove['move'], string | undefined>;

/** How a chart or a component moves; undefined where the two versions are the same. */
export function versionMove(from: string | undefined, to: string | undefined) {
  if (from === to) return undefined;
  if (from === undefined || to === undefined) return 'unknown';
  return CHART_MOVES[compareTags(from, to).move];
}

/** What the commit does to the parts of a build that are not in the repository. The same gap on both sides is none. */
export function gapStatements(before: readonly Gap[], after: readonly Gap[]): Statement[] {
  return pairVersions(before, after, gap => `${gap.kind} ${gap.what}`).flatMap(([old, now]) => {
    if (old !== undefined && now !== undefined) return moved(old, now);
    if (now !== undefined) return came(now, 'added', 'after');
    return old === undefined ? [] : came(old, 'removed', 'before');
  });
}

function moved(old: Gap, now: Gap): Statement[] {
  const seen = { subject: now.what, from: old.version, to: now.version, span: now.span, side: 'after' } as const;
  if (old.version === now.version) {
    if (now.kind !== 'helm-chart' || written(old.span) === written(now.span)) return [];
    const subject = `values of chart ${now.what}`;
    return [{ ...seen, kind: 'unknown', move: 'content', subject, from: undefined, to: undefined }];
  }
  if (now.kind === 'remote-base') return [{ ...seen, kind: 'remote', move: 'moved' }];
  if (now.kind !== 'helm-chart') return [{ ...seen, kind: 'unknown', move: 'content' }];
  const move = versionMove(old.version, now.version);
  return move === undefined ? [] : [{ ...seen, kind: 'chart', move }];
}

function came(gap: Gap, move: 'added' | 'removed', side: Statement['side']): Statement[] {
  const version = move === 'added' ? { to: gap.version } : { from: gap.version };
  const seen = { subject: gap.what, ...version, span: gap.span, side };
  if (gap.kind === 'remote-base') return [{ ...seen, kind: 'remote', move }];
  if (gap.kind === 'helm-chart') return [{ ...seen, kind: 'chart', move }];
  return [{ ...seen, kind: 'unknown', move: 'content' }];
}

/** The text of a stretch without what has no meaning in it: indentation, blank lines and lines of comments. */
function written({ source, start, end }: Span): string {
  const lines = source.text.slice(start, end).split('\n');
  return lines
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))
    .join('\n');
}
