import { type Answer, known, unknown } from './answer.ts';
import { type Endpoint, httpGet, type Patience } from './http-get.ts';
import { parsed } from './kubernetes-api.ts';
import { isRecord } from './live-object.ts';

/** A Prometheus, or what answers as one: Thanos, Mimir, Grafana's proxy of a data source. */
export interface Prometheus {
  /**
   * The one number that a query gives at a moment, in milliseconds; undefined where it gives none, as for a series that is
   * not there. `NaN` and infinite values are numbers.
   */
  valueAt(query: string, moment: number): Promise<Answer<number | undefined>>;
}

/** As the HTTP API has it: values are texts, and a query that fails answers 4xx with JSON. (prometheus.io, querying/api) */
export function prometheusAt(endpoint: Endpoint, patience: Patience): Prometheus {
  return {
    valueAt: async (query, moment) => {
      const parameters = new URLSearchParams({ query, time: (moment / 1000).toFixed(3) });
      const answer = await httpGet(endpoint, `/api/v1/query?${parameters}`, patience);
      if (!answer.known) return answer;
      const { status, body } = answer.value;
      const json = parsed(body);
      if (!isRecord(json)) return unknown(`Prometheus answers ${status} and no JSON`, status >= 500);
      if (json.status !== 'success') return unknown(`Prometheus refuses the query: ${String(json.error ?? status)}`);
      // Such as those of Thanos for stores that do not answer: the number may be that of a part.
      const warning = (Array.isArray(json.warnings) ? json.warnings : []).map(String).find(text => !isRemark(text));
      if (warning !== undefined) return unknown(`Prometheus warns of its answer: ${warning}`, true);
      return numberIn(json.data);
    },
  };
}

/** Before 3.0 remarks on how a query is written came among the warnings. (prometheus, util/annotations) */
function isRemark(warning: string): boolean {
  return warning.startsWith('PromQL info:');
}

function numberIn(data: unknown): Answer<number | undefined> {
  if (!isRecord(data)) return unknown('Prometheus answers without data');
  const { resultType, result } = data;
  const found = resultType === 'scalar' ? [{ value: result }] : result;
  if (!Array.isArray(found)) return unknown(`Prometheus answers with a ${String(resultType)}`);
  if (found.length > 1) return unknown(`the query gives ${found.length} series, and one is needed`);
  const [first] = found;
  if (first === undefined) return known(undefined);
  const sample: unknown = isRecord(first) ? first.value : undefined;
  const text: unknown = Array.isArray(sample) ? sample[1] : undefined;
  if (typeof text !== 'string') return unknown(`Prometheus answers with a ${String(resultType)}`);
  return known(NUMBERS.get(text) ?? Number(text));
}

const NUMBERS: ReadonlyMap<string, number> = new Map([
  ['+Inf', Number.POSITIVE_INFINITY],
  ['-Inf', Number.NEGATIVE_INFINITY],
]);
