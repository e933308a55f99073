/**
 * What people look at to see how an application does. `{application}`, `{namespace}`, `{client}`, `{app}` and
 * `{environment}` stand for those of the unit.
 */
export interface Observe {
  readonly dashboards: readonly { readonly title: string; readonly address: string }[];
  /** The address of Prometheus, where queries can be opened and `landed` asks; undefined where there is none. */
  readonly prometheus: string | undefined;
  /** The only clusters that `landed` may look at, by the uid of their namespace `kube-system`; none for any. */
  readonly clusters: readonly string[];
  readonly queries: readonly ObservedQuery[];
  readonly bounds: Bounds;
}

export interface ObservedQuery {
  readonly title: string;
  readonly query: string;
  /** Above it, and above the ratio, the commit has done harm; absent for a query that is only looked at. */
  readonly max?: number;
}

/** From where on an application does worse than before a commit: above its bound, and the ratio times the old value. */
export interface Bounds {
  /** The length of both windows: `5m`. */
  readonly window: string;
  /** Share of answers with a status from 500 on. */
  readonly errors: number;
  /** Seconds within which 95 of 100 requests are answered. */
  readonly latency: number;
  readonly ratio: number;
  /** Requests in a window below which nothing is concluded. */
  readonly requests: number;
}

export const NOTHING_OBSERVED: Observe = {
  dashboards: [],
  prometheus: undefined,
  clusters: [],
  queries: [],
  bounds: { window: '5m', errors: 0.01, latency: 1, ratio: 1.5, requests: 100 },
};
