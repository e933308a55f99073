/**
 * What people look at to see how an application does. `{application}`, `{namespace}`, `{client}`, `{app}` and
 * `{environment}` stand for those of the unit.
 */
export interface Observe {
  readonly dashboards: readonly { readonly title: string; readonly address: string }[];
  /** The address of Prometheus, where queries can be opened; undefined where there is none. */
  readonly prometheus: string | undefined;
  readonly queries: readonly { readonly title: string; readonly query: string }[];
}

export const NOTHING_OBSERVED: Observe = { dashboards: [], prometheus: undefined, queries: [] };
