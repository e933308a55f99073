import type { KubeObject } from '../kubernetes/object.ts';
import { type Answer, known, unknown } from './answer.ts';
import { type Endpoint, httpGet, type Patience } from './http-get.ts';
import { parsed } from './kubernetes-api.ts';
import { isRecord, liveObject } from './live-object.ts';

/** An Application as Argo CD's own API tells it, for those who may not read its objects. (argo-cd, assets/swagger.json) */
export async function applicationByApi(
  endpoint: Endpoint,
  name: string,
  namespace: string | undefined,
  patience: Patience,
): Promise<Answer<KubeObject | undefined>> {
  const answer = await jsonAt(endpoint, name, '', namespace, patience);
  if (!answer.known || answer.value === undefined) return answer.known ? known(undefined) : answer;
  const application = liveObject(answer.value, 'argoproj.io/v1alpha1', 'Application');
  return application?.id.name === name ? known(application) : unknown(`Argo CD answers with no Application ${name}`);
}

/** The uids of what an Application has in its cluster, each by the JSON of its group, kind, namespace and name. */
export async function managedByApi(
  endpoint: Endpoint,
  name: string,
  namespace: string | undefined,
  patience: Patience,
): Promise<Answer<ReadonlyMap<string, string>>> {
  const answer = await jsonAt(endpoint, name, '/resource-tree', namespace, patience);
  if (!answer.known) return answer;
  const nodes = isRecord(answer.value) && Array.isArray(answer.value.nodes) ? answer.value.nodes : [];
  const uids = nodes.filter(isRecord).map(({ group = '', kind, namespace: within = '', name: of, uid }) => {
    return [JSON.stringify([group, kind, within, of]), String(uid)] as const;
  });
  return known(new Map(uids));
}

/** Undefined where there is no such Application. */
async function jsonAt(
  endpoint: Endpoint,
  name: string,
  what: string,
  namespace: string | undefined,
  patience: Patience,
): Promise<Answer<unknown>> {
  const within = namespace === undefined ? '' : `?appNamespace=${encodeURIComponent(namespace)}`;
  const answer = await httpGet(endpoint, `/api/v1/applications/${encodeURIComponent(name)}${what}${within}`, patience);
  if (!answer.known) return answer;
  const { status, body } = answer.value;
  if (status === 404) return known(undefined);
  if (status === 401) return unknown('Argo CD does not accept ARGOCD_AUTH_TOKEN (401)');
  // Argo CD says the same of an Application that is not there to whoever may not see it.
  if (status === 403) return unknown(`Argo CD does not show the Application ${name} (403)`);
  if (status !== 200) return unknown(`Argo CD answers ${status}`, status >= 429);
  const json = parsed(body);
  return json === undefined ? unknown('Argo CD answers with no JSON') : known(json);
}
