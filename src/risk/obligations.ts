import type { Fact } from '../change/fact.ts';
import type { DnsAnswer } from '../gitops/dns.ts';
import type { StagingHistory } from '../gitops/staging.ts';
import type { Moving } from '../gitops/staging-siblings.ts';
import type { Environment } from '../gitops/unit.ts';
import { parseReference, versionOf } from '../image/reference.ts';
import { stagingText } from './staging-text.ts';
import type { ObligationRow, RiskRow, RiskTable } from './table.ts';
import type { Obligation } from './verdict.ts';

/** What the rest of the repository says about whether an obligation is met. */
export interface Evidence {
  readonly staging: StagingHistory;
  /** Whether the hostname that the unit begins to serve has a record. @param unit Key of the unit. */
  dns(host: string, unit: string): DnsAnswer;
}

/** A fact with the row that it met. */
export interface Met {
  readonly fact: Fact;
  readonly row: RiskRow;
  readonly environment: Environment;
}

type Seen = Pick<Obligation, 'state' | 'evidence'>;

/** What has to be done before the push: one entry for each obligation and piece of evidence, unmet ones first. */
export function obligationsOf(met: readonly Met[], table: RiskTable, evidence: Evidence): Obligation[] {
  const found = new Map<string, Obligation>();
  for (const { fact, row, environment } of met) {
    for (const asked of table.obligations) {
      if (!row.obligations.includes(asked.id) || !applies(asked, environment)) continue;
      const seen = look(asked, fact, evidence);
      const key = `${asked.id} ${seen.state} ${seen.evidence}`;
      const old = found.get(key);
      found.set(key, {
        id: asked.id,
        title: asked.title,
        rows: unite(old?.rows, row.id),
        units: unite(old?.units, fact.unit),
        ...seen,
      });
    }
  }
  const all = [...found.values()];
  return all.filter(obligation => !isSaidBetter(obligation, all, table)).sort(byUrgency);
}

/** Staging comes first for all but staging itself and what comes before it. */
function applies({ evidence }: ObligationRow, environment: Environment): boolean {
  return evidence !== 'staging' || environment === 'production' || environment === 'unknown';
}

function look(asked: ObligationRow, fact: Fact, evidence: Evidence): Seen {
  if (asked.evidence === 'staging') return onStaging(asked, fact, evidence);
  if (asked.evidence === 'dns' && fact.kind === 'hostname') return inDns(fact, evidence);
  return { state: 'unknown', evidence: asked.unseen };
}

function onStaging(asked: ObligationRow, fact: Fact, evidence: Evidence): Seen {
  const moving = movingOf(fact);
  if (moving === undefined) return { state: 'unknown', evidence: asked.unseen };
  const answer = evidence.staging.of(fact.unit, moving.name, moving.version);
  return { state: answer.state, evidence: stagingText(moving.version, answer) };
}

/** Whether the history of staging has to be asked about the fact, and for what. */
export function stagingQuestion({ fact, row, environment }: Met, table: RiskTable): Moving | undefined {
  const asks = table.obligations.some(
    asked => asked.evidence === 'staging' && row.obligations.includes(asked.id) && applies(asked, environment),
  );
  return asks ? movingOf(fact) : undefined;
}

/** What the fact brings another version of; a move between repositories carries whole references. */
export function movingOf({ kind, move, subject: name, to }: Fact): Moving | undefined {
  if (to === undefined || move === 'values') return undefined;
  if (kind === 'chart' || kind === 'component') return { kind, name, version: to };
  if (kind !== 'image' && kind !== 'database') return undefined;
  const isMoved = kind === 'image' && move === 'repository';
  const reference = parseReference(isMoved ? to : name);
  if (reference === undefined) return undefined;
  return { kind: 'image', name, version: isMoved ? versionOf(reference) : to };
}

function inDns({ subject, unit }: Fact, evidence: Evidence): Seen {
  const answer = evidence.dns(subject, unit);
  if (answer.state === 'covered') return { state: 'met', evidence: `${subject}: ${answer.by}` };
  if (answer.state === 'missing') {
    return { state: 'unmet', evidence: `${subject} has no record among those of ${answer.zone}` };
  }
  return { state: 'unknown', evidence: `${subject}: ${answer.reason}` };
}

/** That a new client needs records adds nothing where its hostnames are known one by one. */
function isSaidBetter({ id, evidence }: Obligation, all: readonly Obligation[], table: RiskTable): boolean {
  const asked = table.obligations.find(row => row.id === id);
  const isGeneral = asked?.evidence === 'dns' && asked.unseen === evidence;
  return isGeneral && all.some(other => other.id === id && other.evidence !== evidence);
}

const URGENCY: readonly Obligation['state'][] = ['unmet', 'unknown', 'met'];

function byUrgency(a: Obligation, b: Obligation): number {
  return URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state);
}

function unite(list: readonly string[] | undefined, item: string): readonly string[] {
  if (list === undefined) return [item];
  return list.includes(item) ? list : [...list, item];
}
