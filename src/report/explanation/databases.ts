import type { UnitChange } from '../../change/change.ts';
import type { Fact } from '../../change/fact.ts';
import { idKey, idLabel, type KubeObject } from '../../kubernetes/object.ts';
import { serverGoesBack } from '../../kubernetes/upgrade-path.ts';
import { podTemplate } from '../../kubernetes/workload.ts';
import { number, text } from '../../yaml/node.ts';
import { step, type UnitStep } from './step.ts';

/** What a database does with its new version, beside what its controller does with the pods. */
export function databaseSteps({ facts, after }: UnitChange): (UnitStep & { readonly object: KubeObject })[] {
  return facts.flatMap(fact => {
    if (fact.kind !== 'database' || fact.object === undefined) return [];
    const id = idKey(fact.object);
    const object = after?.objects.find(other => idKey(other.id) === id);
    if (object === undefined) return [];
    const [pods, data] = [byOperator(object, fact), onData(fact)];
    const told = [pods, data].filter(part => part !== undefined);
    if (told.length === 0) return [];
    return [{ ...step('database', [idLabel(object.id)], told.join('; ')), object }];
  });
}

/** How operators replace the pods of their databases; undefined for a plain workload, whose roll is told by itself. */
function byOperator(object: KubeObject, fact: Fact): string | undefined {
  const { group, kind } = object.id;
  if (podTemplate(object) !== undefined) return undefined;
  if (group === 'k8s.mariadb.com' && kind === 'MariaDB') return byMariadbOperator(object);
  if (group === 'postgresql.cnpg.io' && kind === 'Cluster') return byCloudNativePg(object, fact);
  return 'its operator replaces the pods';
}

/** mariadb-operator, docs/updates.md: replicas before the primary unless another type is set. */
function byMariadbOperator({ root }: KubeObject): string {
  const pods = number(root, 'spec', 'replicas') ?? 1;
  switch (text(root, 'spec', 'updateStrategy', 'type')) {
    case 'OnDelete':
      return 'mariadb-operator replaces a pod only once it is deleted by hand (OnDelete)';
    case 'Never':
      return 'mariadb-operator replaces no pod (Never)';
    case 'RollingUpdate':
      return `the StatefulSet replaces its ${pods === 1 ? 'pod' : `${pods} pods, one after the other`}`;
    default:
      return pods === 1
        ? 'mariadb-operator replaces its only pod, so the database is away until the new one is ready'
        : `mariadb-operator replaces ${pods} pods one after the other, the replicas first and the primary last`;
  }
}

/** cloudnative-pg, docs/src/postgres_upgrades.md and rolling_update.md. */
function byCloudNativePg({ root }: KubeObject, { move }: Fact): string {
  if (move === 'series')
    return 'CloudNativePG stops every instance and runs pg_upgrade; the cluster is away until it ends';
  const supervised = text(root, 'spec', 'primaryUpdateStrategy') === 'supervised';
  const primary = supervised ? 'the primary waits for a switchover by hand' : 'the primary comes last';
  return `CloudNativePG replaces the replicas one after the other; ${primary}`;
}

/** What a new release series does with the data files, by engine (each upstream's own upgrade notes). */
const ON_DATA: ReadonlyMap<string, string> = new Map([
  [
    'mariadb',
    'the server opens the old data files, and mariadb-upgrade has to run once, by itself only where MARIADB_AUTO_UPGRADE is set',
  ],
  ['mysql', 'the server converts its data dictionary at the first start, which cannot be taken back'],
  ['postgres', 'a server of another major does not start on the old data files: they need pg_upgrade or a dump'],
  ['mongodb', 'the server keeps the old feature version until setFeatureCompatibilityVersion is run'],
  ['rabbitmq', 'it does not start unless the stable feature flags of the old version were enabled before'],
  ['elasticsearch', 'it upgrades its indices at the first start, and an older node does not join again'],
]);

/** Engines that load their data from a snapshot, whose format may change in any release. */
const SNAPSHOTS = new Set(['redis', 'valkey']);

function onData({ move, engine = '', from, to }: Fact): string | undefined {
  if (move === 'series-downgrade') return 'an older series may not start on data files of the newer one';
  if (move !== 'series' && move !== 'version') return undefined;
  if (SNAPSHOTS.has(engine) && serverGoesBack(engine, to, from) === 'refused') {
    return `it loads the old snapshot and writes new ones that ${from} does not read`;
  }
  return move === 'series' ? ON_DATA.get(engine) : undefined;
}
