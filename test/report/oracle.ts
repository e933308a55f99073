import type { UnitChange } from '../../src/change/change.ts';
import type { KubeObject } from '../../src/kubernetes/object.ts';
import { at, items, type Node, number, scalar, text, toJson } from '../../src/yaml/node.ts';

/**
 * What a commit does to a unit, worked out a second time from the rendered objects alone, by the rules of the
 * controllers and with nothing of what the explanation is made from.
 */
export interface Expected {
  /** `roll Deployment web`, one a workload or an object; sorted. */
  readonly steps: readonly string[];
  /** How the pods are replaced, by the label of the workload: `+50% / -0`. */
  readonly pace: ReadonlyMap<string, string>;
  readonly pods: { readonly min: number; readonly max: number };
  readonly workloads: number;
  readonly hostnames: readonly string[];
}

interface Thing {
  readonly label: string;
  readonly kind: string;
  readonly root: Node;
}

type Things = ReadonlyMap<string, Thing>;

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob']);

export function expectedOf({ before, after }: UnitChange): Expected {
  const [old, now] = [thingsOf(before?.objects ?? []), thingsOf(after?.objects ?? [])];
  const changed = [...now].flatMap(([key, thing]) => (same(old.get(key)?.root, thing.root) ? [] : [key]));
  const own = changed.map(key => stepsOf(old.get(key), now.get(key)));
  const rolled = new Set(changed.filter(key => movesPods(old.get(key), now.get(key))));
  const restarted = changed.flatMap(key => readersOf(old.get(key), now.get(key), now, rolled));
  const gone = [...old].flatMap(([key, thing]) => (now.has(key) ? [] : thing));
  const steps = [
    ...own.flat(),
    ...restarted.map(({ step, thing }) => `${step} ${thing.label}`),
    ...gone.map(({ label }) => `prune ${label}`),
  ];
  const moving = [
    ...[...now].flatMap(([key, thing]) => (rolled.has(key) ? thing : [])),
    ...restarted.flatMap(({ step, thing }) => (step === 'restart' ? thing : [])),
  ];
  const counts = moving
    .filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
    .map(of => podsOf(of, now));
  return {
    steps: steps.sort(),
    pace: new Map(moving.map(thing => [thing.label, paceOf(thing)])),
    pods: { min: sum(counts.map(({ min }) => min)), max: sum(counts.map(({ max }) => max)) },
    workloads: moving.length + gone.filter(({ kind }) => WORKLOADS.has(kind)).length,
    hostnames: [...now.values()].flatMap(({ root }) =>
      items(at(root, 'spec', 'rules')).flatMap(rule => text(rule, 'host') ?? []),
    ),
  };
}

function thingsOf(objects: readonly KubeObject[]): Things {
  return new Map(
    objects.map(({ root }) => {
      const [kind, name] = [text(root, 'kind') ?? '', text(root, 'metadata', 'name') ?? ''];
      return [`${kind} ${name}`, { label: `${kind} ${name}`, kind, root }];
    }),
  );
}

/** The same data, whatever the order of its keys. */
function same(a: Node | undefined, b: Node | undefined): boolean {
  return JSON.stringify(a && sorted(toJson(a))) === JSON.stringify(b && sorted(toJson(b)));
}

function sorted(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(sorted);
  if (typeof data !== 'object' || data === null) return data;
  const entries = Object.entries(data).map(([key, value]) => [key, sorted(value)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function templateOf({ kind, root }: Thing): Node | undefined {
  return kind === 'CronJob' ? at(root, 'spec', 'jobTemplate', 'spec', 'template') : at(root, 'spec', 'template');
}

/** New pods come of it: it is new, or its template is another one. */
function movesPods(was: Thing | undefined, is: Thing | undefined): boolean {
  if (is === undefined || !WORKLOADS.has(is.kind)) return false;
  return was === undefined || !same(templateOf(was), templateOf(is));
}

function stepsOf(was: Thing | undefined, is: Thing | undefined): string[] {
  if (is === undefined) return [];
  if (!movesPods(was, is)) return [`${was === undefined ? 'create' : 'update'} ${is.label}`];
  if (was === undefined) return [`roll ${is.label}`];
  const data = seriesOf(was) === seriesOf(is) ? [] : [`database ${is.label}`];
  return [...data, `${is.kind === 'CronJob' ? 'next-run' : 'roll'} ${is.label}`];
}

/** Of the engine in these commits: MongoDB counts its series by the first two numbers. */
function seriesOf(thing: Thing): string | undefined {
  const [container] = items(at(templateOf(thing), 'spec', 'containers'));
  return /\/mongo:(\d+\.\d+)/.exec(text(container, 'image') ?? '')?.[1];
}

interface Reader {
  readonly step: 'restart' | 'at-once' | 'next-run' | 'stays';
  readonly thing: Thing;
}

/** Who reads other data than before under the same name, and does not roll by itself. */
function readersOf(was: Thing | undefined, is: Thing | undefined, all: Things, rolled: ReadonlySet<string>): Reader[] {
  if (was === undefined || is?.kind !== 'ConfigMap' || same(at(was.root, 'data'), at(is.root, 'data'))) return [];
  const name = text(is.root, 'metadata', 'name');
  const reference = new RegExp(`"configMap(?:Ref|KeyRef)?":\\{[^}]*"name":"${name}"`);
  return [...all].flatMap(([key, thing]) => {
    const template = templateOf(thing);
    const reads =
      WORKLOADS.has(thing.kind) && template !== undefined && reference.test(JSON.stringify(toJson(template)));
    if (!reads || rolled.has(key)) return [];
    const covered = text(thing.root, 'metadata', 'annotations', 'reloader.stakater.com/auto') === 'true';
    if (thing.kind === 'CronJob') return { step: covered ? 'at-once' : 'next-run', thing };
    return { step: covered ? 'restart' : 'stays', thing };
  });
}

/** kubernetes pkg/apis/apps/v1/defaults.go: 25 % both where nothing is set; one after the other in a StatefulSet. */
function paceOf({ kind, root }: Thing): string {
  if (kind === 'CronJob') return `(${text(root, 'spec', 'schedule')})`;
  const update = at(root, 'spec', kind === 'Deployment' ? 'strategy' : 'updateStrategy');
  if (text(update, 'type') === 'Recreate') return 'all stop before the first new one starts';
  const [surge, away] = kind === 'Deployment' ? ['25%', '25%'] : ['0', '1'];
  const set = (field: string) => scalar(update, 'rollingUpdate', field);
  return `+${set('maxSurge') ?? surge} / -${set('maxUnavailable') ?? away}`;
}

function podsOf({ root }: Thing, all: Things): { min: number; max: number } {
  for (const { kind, root: scaler } of all.values()) {
    const target = text(scaler, 'spec', 'scaleTargetRef', 'name');
    if (kind !== 'HorizontalPodAutoscaler' || target !== text(root, 'metadata', 'name')) continue;
    return { min: number(scaler, 'spec', 'minReplicas') ?? 1, max: number(scaler, 'spec', 'maxReplicas') ?? 1 };
  }
  const replicas = number(root, 'spec', 'replicas') ?? 1;
  return { min: replicas, max: replicas };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
