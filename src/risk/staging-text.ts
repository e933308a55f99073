import type { StagingEvidence, Stay } from '../gitops/staging.ts';

/** Where, since when, by which commit, how long, and whether it was taken back; in one line. */
export function stagingText(version: string, evidence: StagingEvidence): string {
  if (evidence.state === 'unknown') return evidence.reason;
  if (evidence.state === 'met') return stayText(version, evidence.stay);
  const { stay, sibling, tags } = evidence;
  const there = tags.length === 0 ? '' : ` (there: ${tags.join(', ')})`;
  if (stay === undefined) return `${version} has not been on ${sibling}${there}`;
  return stay.takenBack ? stayText(version, stay) : `${stayText(version, stay)}, which is too short`;
}

function stayText(version: string, { sibling, since, until, takenBack, minutes }: Stay): string {
  const long = minutes === undefined ? [] : [lengthText(minutes)];
  if (since === undefined) return `${version} is on ${sibling}`;
  const start = `${since.date.slice(0, 10)}, ${since.commit.slice(0, 7)}`;
  if (until === undefined) return [`${version} is on ${sibling} since ${start}`, ...long].join(', ');
  const end = `${until.date.slice(0, 10)}, ${until.commit.slice(0, 7)}`;
  if (takenBack) return `${version} was taken back from ${sibling} on ${end}`;
  return [`${version} was on ${sibling} from ${start} to ${end}`, ...long].join(', ');
}

/** `3 days`, `2 hours`, `15 minutes`: the largest unit that fits, rounded down; `less than a minute` below the smallest. */
function lengthText(minutes: number): string {
  const units = [
    [24 * 60, 'day'],
    [60, 'hour'],
    [1, 'minute'],
  ] as const;
  const [size, unit] = units.find(([length]) => minutes >= length) ?? [];
  if (size === undefined) return 'less than a minute';
  const number = Math.floor(minutes / size);
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
