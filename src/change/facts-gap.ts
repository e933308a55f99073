import { compareTags, type TagMove } from '../image/version.ts';
import { engineOfChart } from '../kubernetes/engines.ts';
import type { Gap, GapSetting } from '../kustomize/rendered.ts';
import { imageMoved } from './facts-image.ts';
import { givenStatements } from './facts-values.ts';
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
    if (old !== undefined && now !== undefined) return [...moved(old, now), ...setOtherwise(old, now)];
    if (now !== undefined) return came(now, 'added', 'after');
    return old === undefined ? [] : came(old, 'removed', 'before');
  });
}

function moved(old: Gap, now: Gap): Statement[] {
  const place = { span: now.span, side: 'after' } as const;
  const engine = now.kind === 'helm-chart' ? engineOfChart(now.what) : undefined;
  const whole: Statement = { kind: 'chart', move: 'values', subject: `${now.what}: values`, engine, ...place };
  const values = old.values === now.values ? [] : (givenStatements(old, now) ?? [whole]);
  if (old.version === now.version) return values;
  const seen = { subject: now.what, from: old.version, to: now.version, ...place };
  if (now.kind === 'remote-base') return [{ ...seen, kind: 'remote', move: 'moved' }, ...values];
  if (now.kind === 'image') return imageMoved(old.version ?? '', now.version ?? '', now.what, place);
  if (now.kind !== 'helm-chart') return [unseen(now, 'after')];
  const move = versionMove(old.version, now.version);
  return move === undefined ? values : [{ ...seen, kind: 'chart', move, engine }, ...values];
}

/** Settings that are too long to be told. */
const LONG = new Set(['labels', 'commonLabels', 'commonAnnotations']);

/** What the kustomizations here make of content that is not here: its namespace, its names, its labels. */
function setOtherwise(old: Gap, now: Gap): Statement[] {
  const fields = new Set([...(old.settings ?? []), ...(now.settings ?? [])].map(({ field }) => field));
  return [...fields].flatMap((field): Statement[] => {
    const [from, to] = [settingOf(old, field), settingOf(now, field)];
    const place = to ?? from;
    if (place === undefined || from?.value === to?.value) return [];
    const values = LONG.has(field) ? {} : { from: from?.value, to: to?.value };
    const side = to === undefined ? 'before' : 'after';
    return [
      { kind: 'unknown', move: 'content', subject: `${field} of ${now.what}`, ...values, span: place.span, side },
    ];
  });
}

/** What is set in the field, where each kustomization adds to the one before, but for the namespace: the last decides. */
function settingOf({ settings = [] }: Gap, field: string): GapSetting | undefined {
  const all = settings.filter(setting => setting.field === field);
  const last = all.at(-1);
  if (field === 'namespace') return last;
  return last && { ...last, value: all.map(({ value }) => value).join(', ') };
}

/** What the content is, is not known, and the digest that stands for it says nothing to people. */
function unseen(gap: Gap, side: Statement['side']): Statement {
  const subject = gap.kind === 'patch' ? `patch of ${gap.what}, which is not in this repository` : gap.what;
  return { kind: 'unknown', move: 'content', subject, span: gap.span, side };
}

function came(gap: Gap, move: 'added' | 'removed', side: Statement['side']): Statement[] {
  const { what: subject, version, span } = gap;
  const seen = { subject, ...(move === 'added' ? { to: version } : { from: version }), span, side };
  if (gap.kind === 'remote-base') return [{ ...seen, kind: 'remote', move }];
  if (gap.kind === 'helm-chart') return [{ ...seen, kind: 'chart', move, engine: engineOfChart(subject) }];
  return [unseen(gap, side)];
}
