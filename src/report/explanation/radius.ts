import { reads } from '../../change/reads.ts';
import type { Environment } from '../../gitops/unit.ts';
import { hostnames } from '../../kubernetes/hosts.ts';
import { count, list } from '../line.ts';
import { numberOf, paceOf } from './pace.ts';
import { scaledIn, type Touched } from './touched.ts';

/** Whom the change reaches. Only units in which something changes count. */
export interface Radius {
  /** Keys of the units. */
  readonly units: readonly string[];
  readonly environments: Readonly<Record<Environment, number>>;
  readonly applications: number;
  readonly clients: readonly string[];
  readonly hostnames: readonly string[];
  /** Workloads whose pods are new, replaced, restarted, more, fewer or gone. */
  readonly workloads: number;
  /** Their pods, as far as a number says it: at rest, and with every autoscaler at its limit. */
  readonly pods: { readonly min: number; readonly max: number };
  /** Changed files that several units read, those of most units first. */
  readonly shared: readonly { readonly file: string; readonly units: number }[];
}

/** @param files The changed ones. */
export function radiusOf(touched: readonly Touched[], files: readonly string[]): Radius {
  const clients = touched.flatMap(({ unit }) => unit.client ?? []);
  // A name that only a certificate has may be one inside the cluster, and nothing serves it.
  const serving = touched.flatMap(({ after }) => after?.objects ?? []).filter(({ id }) => id.kind !== 'Certificate');
  const hosts = serving.flatMap(object => hostnames(object));
  const moving = touched
    .flatMap(({ rolls }) => rolls)
    .filter(({ pace, cause }) => pace !== undefined || cause === 'removed');
  const scaled = touched.flatMap(change =>
    scaledIn(change).map(workload => paceOf(workload, change.after?.objects ?? [])),
  );
  const pods = [...moving.map(({ pace }) => pace), ...scaled].flatMap(pace => pace?.pods ?? []);
  const sum = (end: 'min' | 'max') => pods.reduce((total, number) => total + number[end], 0);
  const inEnvironment = (environment: Environment) =>
    touched.filter(({ unit }) => unit.environment === environment).length;
  const shared = files
    .map(file => ({ file, units: touched.filter(change => reads(change, file)).length }))
    .filter(({ units: number }) => number > 1)
    .sort((a, b) => b.units - a.units || (a.file < b.file ? -1 : 1));
  return {
    units: touched.map(({ unit }) => unit.key),
    environments: {
      production: inEnvironment('production'),
      staging: inEnvironment('staging'),
      development: inEnvironment('development'),
      unknown: inEnvironment('unknown'),
    },
    applications: touched.filter(({ unit }) => unit.application !== undefined).length,
    clients: unique(clients),
    hostnames: unique(hosts.map(({ host }) => host)),
    workloads: moving.length + scaled.length,
    pods: { min: sum('min'), max: sum('max') },
    shared,
  };
}

/** Whom it reaches beside the units: `2 clients (acme, wecare)`, `3 workloads of 5 to 12 pods`, the hostnames. */
export function reachedInWords({ clients, workloads, pods, hostnames: hosts }: Radius, most: number): string[] {
  return [
    ...(clients.length === 0 ? [] : [`${count(clients.length, 'client')} (${list(clients, most)})`]),
    ...(workloads === 0 ? [] : [`${count(workloads, 'workload')}${pods.max === 0 ? '' : ` of ${numberOf({ pods })}`}`]),
    ...(hosts.length === 0 ? [] : [list(hosts, most)]),
  ];
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
