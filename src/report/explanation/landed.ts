import type { UnitChange } from '../../change/change.ts';
import { isKept } from '../../change/facts-application.ts';
import type { Observe } from '../../config/observe.ts';
import { idKey, idLabel, type KubeObject } from '../../kubernetes/object.ts';
import { isNamespaced } from '../../kubernetes/scope.ts';
import { containers } from '../../kubernetes/workload.ts';
import { at, entries, scalar } from '../../yaml/node.ts';
import type { Subject } from '../result.ts';
import { shellWord } from '../shell.ts';
import { type Link, linksOf } from './links.ts';
import { numberOf, paceOf } from './pace.ts';
import type { Roll } from './rolls.ts';
import { scaledIn, type Touched } from './touched.ts';

/** A command that shows whether the change is there. */
export interface Look {
  readonly command: string;
  /** What to see in its output, in a clause. */
  readonly shows: string;
  /** What it asks: the program itself, Argo CD, the cluster, DNS, Terraform. */
  readonly asks: 'deploy-lint' | 'argocd' | 'pods' | 'objects' | 'dns' | 'terraform';
  readonly unit: string | undefined;
}

/** A few commands of each kind, since each has to be run by somebody, and how many more there are of it. */
export function firstOfEach(looks: readonly Look[], most: number): { looks: Look[]; more: number }[] {
  const kinds = [...new Set(looks.map(({ asks }) => asks))];
  return kinds.map(kind => {
    const own = looks.filter(({ asks }) => asks === kind);
    const once = [...new Map(own.map(look => [look.command, look])).values()];
    return { looks: once.slice(0, most), more: Math.max(0, once.length - most) };
  });
}

/** How to see that the change is there: commands that fit this repository, and what it configures to look at. */
export function landed(
  touched: readonly Touched[],
  subject: Subject,
  observe: Observe,
): { looks: Look[]; links: Link[] } {
  if (touched.length === 0) return { looks: [], links: [] };
  const known = new Set(touched.flatMap(({ unit }) => unit.application?.name ?? []));
  const perUnit = touched.map(change => looksAt(change, known));
  const looks = (['argocd', 'pods', 'objects', 'dns', 'terraform'] as const).flatMap(asks =>
    perUnit.flatMap(list => list.filter(look => look.asks === asks)),
  );
  return { looks: [itself(subject), ...looks], links: touched.flatMap(({ unit }) => linksOf(unit, observe)) };
}

function itself(subject: Subject): Look {
  const short = subject.commit?.slice(0, 8) ?? 'HEAD';
  const asked =
    subject.kind === 'range' && subject.base !== undefined ? `${subject.base.slice(0, 8)}..${short}` : short;
  const once = subject.commit === undefined ? ', once it is committed' : '';
  return {
    command: `deploy-lint landed ${asked}`,
    shows: `each Application at this commit, each workload on its new pods${once}`,
    asks: 'deploy-lint',
    unit: undefined,
  };
}

/** @param known the names of the Applications that are units themselves */
function looksAt(change: Touched, known: ReadonlySet<string>): Look[] {
  const { unit, after } = change;
  const { key, application } = unit;
  if (unit.kind === 'terraform') {
    const folder = unit.folders[0] ?? '.';
    return [
      { command: `terraform -chdir=${shellWord(folder)} plan`, shows: 'no changes', asks: 'terraform', unit: key },
    ];
  }
  const looks: Look[] = [];
  const isNamed = (name: string) => !name.includes('*');
  // Of a template that was not filled in only the shape of the name is known.
  if (application !== undefined && isNamed(application.name)) {
    const name = shellWord(application.name);
    const shows =
      after === undefined
        ? 'not found, once the Application is deleted'
        : 'Synced and Healthy, at this commit or a later one';
    looks.push({ command: `argocd app get ${name}`, shows, asks: 'argocd', unit: key });
  }
  // What an Application of Applications changes in them shows only once they have synced as well.
  for (const name of applicationsChanged(change).filter(other => isNamed(other) && !known.has(other))) {
    looks.push({
      command: `argocd app get ${shellWord(name)}`,
      shows: 'Synced and Healthy',
      asks: 'argocd',
      unit: key,
    });
  }
  for (const roll of change.rolls) looks.push(...workloadLook(roll, change));
  for (const workload of scaledIn(change)) {
    const pace = paceOf(workload, after?.objects ?? []);
    const shows = pace.pods?.max === 0 ? 'no pod that stays' : `${numberOf(pace)}, all READY`;
    looks.push(...podsLook(workload, unit, shows));
  }
  return [...looks, ...objectLooks(change), ...hostLooks(change)];
}

function applicationsChanged({ changes }: UnitChange): string[] {
  return changes.flatMap(change => {
    const id = change.kind === 'removed' ? undefined : change.after.id;
    return id?.group === 'argoproj.io' && id.kind === 'Application' ? id.name : [];
  });
}

function workloadLook({ workload, watch, cause }: Roll, { unit, changes }: UnitChange): Look[] {
  if (!watch) return [];
  const place = namespaceOf(workload, unit);
  const images = imagesToSee(workload, changes);
  const seen = images.length === 0 ? '' : `, of ${images.join(', ')}`;
  if (workload.id.kind === 'CronJob') {
    if (place === undefined) return [];
    const command = `kubectl -n ${place} get cronjob ${shellWord(workload.id.name)} -o wide`;
    return [{ command, shows: `its next pods${seen}`, asks: 'pods', unit: unit.key }];
  }
  const shows = cause === 'reloader' ? 'pods younger than the sync, all READY' : `new pods, all READY${seen}`;
  return podsLook(workload, unit, shows);
}

function podsLook(workload: KubeObject, unit: UnitChange['unit'], shows: string): Look[] {
  const selector = selectorOf(workload);
  if (selector === undefined) return [];
  const place = namespaceOf(workload, unit);
  const pods = place === undefined ? 'kubectl get pods --all-namespaces' : `kubectl -n ${place} get pods`;
  const command = `${pods} -l ${shellWord(selector)} -o wide`;
  return [{ command, shows, asks: 'pods', unit: unit.key }];
}

/** The images that are new, or else those that run, without those that only prepare. */
function imagesToSee(workload: KubeObject, changes: UnitChange['changes']): string[] {
  const known = changes.find(change => change.kind === 'modified' && change.after === workload);
  const old = known?.kind === 'modified' ? containers(known.before).map(({ image }) => image) : [];
  const now = containers(workload);
  const moved = old.length === 0 ? [] : now.flatMap(({ image }) => (old.includes(image) ? [] : (image ?? [])));
  return [...new Set(moved.length > 0 ? moved : now.flatMap(({ image, init }) => (init ? [] : (image ?? []))))];
}

/** Custom resources that databases are, and what is gone. */
function objectLooks({ unit, facts, changes, after }: UnitChange): Look[] {
  const moved = new Set(facts.flatMap(({ kind, object }) => (kind === 'database' && object ? idKey(object) : [])));
  const looks = changes.flatMap(change => {
    if (change.kind !== 'modified' || !moved.has(idKey(change.after.id))) return [];
    const isPlain = containers(change.after).length > 0;
    return isPlain ? [] : objectLook(change.after, unit, 'that it is ready on the new version');
  });
  const gone = changes.flatMap(change => (change.kind === 'removed' ? change.before : []));
  const isPruned = after === undefined ? unit.application?.cascades : unit.application?.prune;
  return [
    ...looks,
    ...(isPruned ? gone.filter(object => !isKept(object)) : []).map(object =>
      objectLook(object, unit, `NotFound, once ${idLabel(object.id)} is pruned`),
    ),
  ];
}

function objectLook(object: KubeObject, unit: UnitChange['unit'], shows: string): Look {
  const { group, kind, name } = object.id;
  const place = namespaceOf(object, unit);
  const resource = group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
  const where = place === undefined ? '' : `-n ${place} `;
  return {
    command: `kubectl ${where}get ${shellWord(resource)} ${shellWord(name)}`,
    shows,
    asks: 'objects',
    unit: unit.key,
  };
}

function hostLooks({ unit, facts }: UnitChange): Look[] {
  return facts.flatMap(({ kind, move, subject }) => {
    if (kind !== 'hostname' || move !== 'added' || subject.startsWith('*')) return [];
    return [
      {
        command: `dig +short ${shellWord(subject)}`,
        shows: 'the address of the ingress',
        asks: 'dns' as const,
        unit: unit.key,
      },
    ];
  });
}

function namespaceOf(object: KubeObject, { application }: UnitChange['unit']): string | undefined {
  if (!isNamespaced(object.id.group, object.id.kind)) return undefined;
  const name = object.id.namespace || application?.namespace;
  return name === undefined || name === '' ? undefined : shellWord(name);
}

function selectorOf({ root }: KubeObject): string | undefined {
  const labels = [...entries(at(root, 'spec', 'selector', 'matchLabels'))].flatMap(([key, { value }]) => {
    const label = scalar(value);
    return label === undefined ? [] : [`${key}=${label}`];
  });
  return labels.length === 0 ? undefined : labels.join(',');
}
