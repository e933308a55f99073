import type { DnsRecord } from '../gitops/dns.ts';
import type { StatedVersion, Unit } from '../gitops/unit.ts';
import { compareKubernetes } from '../kubernetes/versions.ts';
import type { Span } from '../yaml/node.ts';
import type { Fact } from './fact.ts';
import { versionMove } from './facts-gap.ts';
import { pairVersions } from './pair-versions.ts';
import { factOf, placeOf, type Statement } from './statement.ts';

/** How the versions move that a unit states outside of Kubernetes objects. */
export function statedVersionFacts(
  unit: Unit,
  before: readonly StatedVersion[],
  after: readonly StatedVersion[],
): Fact[] {
  const pairs = pairVersions(before, after, ({ kind, name }) => `${kind} ${name}`);
  return pairs.flatMap(([old, now]) => versionStatements(old, now)).map(statement => factOf(unit.key, statement));
}

function versionStatements(old: StatedVersion | undefined, now: StatedVersion | undefined): Statement[] {
  const stated = now ?? old;
  if (stated === undefined) return [];
  const place = placeOf(old, now, stated);
  const seen = { subject: stated.name, from: old?.version, to: now?.version, ...place };
  if (old === undefined || now === undefined) {
    const move = now === undefined ? 'removed' : 'added';
    // A cluster that comes or goes is what Terraform plans, and is said there.
    return stated.kind === 'kubernetes' ? [] : [{ ...seen, kind: stated.kind, move }];
  }
  if (stated.kind === 'kubernetes') {
    const move = compareKubernetes(old.version, now.version);
    return move === 'same' ? [] : [{ ...seen, kind: 'kubernetes', move }];
  }
  const move = versionMove(old.version, now.version);
  return move === undefined ? [] : [{ ...seen, kind: stated.kind, move }];
}

/** Records that come, go, or are written in another way. */
export function dnsFacts(unit: Unit, before: readonly DnsRecord[], after: readonly DnsRecord[]): Fact[] {
  const versioned = (record: DnsRecord) => ({ ...record, version: written(record.span) });
  const pairs = pairVersions(before.map(versioned), after.map(versioned), ({ name, type }) => `${name} ${type}`);
  return pairs.flatMap(([old, now]) => recordFacts(unit, old, now));
}

function recordFacts(unit: Unit, old: DnsRecord | undefined, now: DnsRecord | undefined): Fact[] {
  const record = now ?? old;
  if (record === undefined || (old !== undefined && now !== undefined && written(old.span) === written(now.span))) {
    return [];
  }
  const move = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
  const subject = `${record.name} ${record.type}`;
  return [factOf(unit.key, { kind: 'dns', move, subject, ...placeOf(old, now, record) })];
}

/** The text of a record without white space, which says nothing. */
function written({ source, start, end }: Span): string {
  return source.text.slice(start, end).replace(/\s+/g, ' ');
}
