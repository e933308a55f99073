import type { UnitChange } from '../../change/change.ts';
import { NO_STAGING } from '../../gitops/staging.ts';
import type { Obligation } from '../../risk/verdict.ts';
import type { Result } from '../result.ts';
import { shellWord } from '../shell.ts';

/** An obligation with the commands that help to meet or to prove it, or what is known of a version without being asked. */
export interface Check {
  readonly title: string;
  readonly state: Obligation['state'];
  readonly evidence: string;
  readonly commands: readonly string[];
  /** Keys of the units it concerns. */
  readonly units: readonly string[];
}

/** What is to be done before the push, unmet first, and of other versions whether they ran on staging, as far as known. */
export function checklistOf({ verdict, units, staging }: Result): Check[] {
  const told = new Set(verdict.obligations.map(({ evidence }) => evidence));
  const records = staging.filter(({ state, evidence }) => state !== 'unknown' && !told.has(evidence));
  const checks = verdict.obligations.map(obligation => {
    const { title, state, evidence, units: keys } = obligation;
    const concerned = units.filter(({ unit }) => keys.includes(unit.key));
    const commands = state === 'met' ? [] : [...new Set(commandsFor(obligation, concerned))];
    return { title, state, evidence, commands: commands.slice(0, MOST), units: keys };
  });
  return [...checks, ...records.map(record => ({ ...record, title: 'on staging', commands: [] }))];
}

/** Commands of one obligation; more are not run by anybody. */
const MOST = 4;

function commandsFor({ id, evidence }: Obligation, units: readonly UnitChange[]): string[] {
  switch (id) {
    case 'staging-first':
      // Where nothing is staging, no history says that it was there.
      return evidence.includes(NO_STAGING) ? [] : newTags(units).map(tag => `git log --oneline -S${shellWord(tag)}`);
    case 'dns-record':
      return newHosts(units).flatMap(host => (evidence.includes(host) ? [`dig +short ${shellWord(host)}`] : []));
    case 'backup':
      return units.flatMap(backups);
    case 'maintenance-window':
      return ['kubectl get poddisruptionbudgets --all-namespaces', 'kubectl get nodes -o wide'];
    default:
      return [];
  }
}

function newTags(units: readonly UnitChange[]): string[] {
  const facts = units.flatMap(({ facts: own }) => own.filter(({ kind }) => kind === 'image' || kind === 'database'));
  // Files have the tag apart from the repository, as in an entry of `images`.
  return facts.flatMap(
    ({ to }) =>
      to
        ?.split('/')
        .at(-1)
        ?.replace(/^.*?[:@](?=.)/, '') ?? [],
  );
}

function newHosts(units: readonly UnitChange[]): string[] {
  const facts = units.flatMap(({ facts: own }) => own);
  return facts.flatMap(({ kind, move, subject }) => (kind === 'hostname' && move === 'added' ? subject : []));
}

/** Kinds of backups whose state says when one ended well. */
const BACKUPS = new Set([
  'k8s.mariadb.com/Backup',
  'k8s.mariadb.com/PhysicalBackup',
  'postgresql.cnpg.io/Backup',
  'postgresql.cnpg.io/ScheduledBackup',
  'snapshot.storage.k8s.io/VolumeSnapshot',
]);

/** The backups that the unit itself declares. */
function backups({ unit, before, after }: UnitChange): string[] {
  return (
    (after ?? before)?.objects.flatMap(({ id }) => {
      if (!BACKUPS.has(`${id.group}/${id.kind}`)) return [];
      const namespace = id.namespace || unit.application?.namespace || '';
      const place = namespace === '' ? '' : `-n ${shellWord(namespace)} `;
      return `kubectl ${place}get ${id.kind.toLowerCase()}.${id.group} ${shellWord(id.name)}`;
    }) ?? []
  );
}
