import type { Observe } from '../../config/observe.ts';
import type { Unit } from '../../gitops/unit.ts';

/** An address or a query to look at, from the configuration. */
export interface Link {
  readonly title: string;
  readonly address: string | undefined;
  readonly query: string | undefined;
  readonly unit: string;
}

/** A query of the configuration, for the unit. */
export function filledQuery(query: string, unit: Unit): string {
  return filled(query, unit, value => value.replace(/["\\]/g, '\\$&'));
}

function filled(template: string, unit: Unit, encode: (value: string) => string): string {
  const names = /\{(application|namespace|client|app|environment)\}/g;
  return template.replace(names, (_, name) => encode(nameFor(unit, name)));
}

/** What the configuration has to look at, for one unit. */
export function linksOf(unit: Unit, { dashboards, prometheus, queries }: Observe): Link[] {
  return [
    ...dashboards.map(({ title, address }) => ({
      title,
      address: filled(address, unit, encodeURIComponent),
      query: undefined,
      unit: unit.key,
    })),
    ...queries.map(({ title, query }) => {
      const own = filledQuery(query, unit);
      const base = prometheus?.replace(/\/+$/, '');
      const address = base === undefined ? undefined : `${base}/graph?g0.expr=${encodeURIComponent(own)}&g0.tab=0`;
      return { title, address, query: own, unit: unit.key };
    }),
  ];
}

function nameFor({ application, client, app, environment, name }: Unit, key: string): string {
  switch (key) {
    case 'application':
      return application?.name ?? name;
    case 'namespace':
      return application?.namespace ?? '';
    case 'client':
      return client ?? '';
    case 'app':
      return app ?? '';
    default:
      return environment;
  }
}
