import type { KubeObject } from '../kubernetes/object.ts';
import { type Answer, known, unknown } from './answer.ts';
import { type Endpoint, httpGet, type Patience } from './http-get.ts';
import { parsed } from './kubernetes-api.ts';
import { liveObject } from './live-object.ts';

/** An Application as Argo CD's own API tells it, for those who may not read its objects. (argo-cd, assets/swagger.json) */
export async function applicationByApi(
  endpoint: Endpoint,
  name: string,
  namespace: string | undefined,
  patience: Patience,
): Promise<Answer<KubeObject | undefined>> {
  const within = namespace === undefined ? '' : `?appNamespace=${encodeURIComponent(namespace)}`;
  const answer = await httpGet(endpoint, `/api/v1/applications/${encodeURIComponent(name)}${within}`, patience);
  if (!answer.known) return answer;
  const { status, body } = answer.value;
  if (status === 404) return known(undefined);
  if (status === 401) return unknown('Argo CD does not accept ARGOCD_AUTH_TOKEN (401)');
  // Argo CD says the same of an Application that is not there to whoever may not see it.
  if (status === 403) return unknown(`Argo CD does not show the Application ${name} (403)`);
  if (status !== 200) return unknown(`Argo CD answers ${status}`, status >= 429);
  const application = liveObject(parsed(body), 'argoproj.io/v1alpha1', 'Application');
  return application?.id.name === name ? known(application) : unknown(`Argo CD answers with no Application ${name}`);
}
