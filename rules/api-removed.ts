import type { StatedVersion } from '../src/gitops/unit.ts';
import { idLabel } from '../src/kubernetes/object.ts';
import { OLDEST_MAINTAINED, type RemovedApi, removedApi } from '../src/kubernetes/removed-apis.ts';
import { minorOf } from '../src/kubernetes/versions.ts';
import { defineRule, type Severity } from '../src/rule/rule.ts';

export default defineRule({
  id: 'api-removed',
  title: 'An API version that the cluster no longer serves',
  severity: 'error',
  why: 'The API server knows no such kind, so the sync fails on the object, and with it all that is deployed after it.',
  fix: 'Write the object for the API version that took its place.',

  on: 'state',
  *check({ objects }, _unit, { apis }) {
    for (const object of objects) {
      const api = removedApi(object);
      const verdict = api && verdictOn(api, apis.versions);
      if (api === undefined || verdict === undefined) continue;
      const gone = `${idLabel(object.id)}: ${api.apiVersion} is gone since Kubernetes 1.${api.removedIn}`;
      yield {
        message: `${gone}, ${verdict.because}`,
        at: { object, path: ['apiVersion'] },
        severity: verdict.severity,
        fix: adviceFor(api, object.id.kind),
      };
    }
  },
});

/** Certain where every cluster is known to be past the release; undefined where one may still serve the API. */
function verdictOn(
  { removedIn }: RemovedApi,
  versions: readonly StatedVersion[],
): { readonly severity: Severity; readonly because: string } | undefined {
  const known = versions.map(({ version }) => ({ version, minor: minorOf(version) }));
  const past = known.find(({ minor }) => minor !== undefined && minor >= removedIn);
  if (known.length > 0 && known.every(({ minor }) => minor !== undefined && minor >= removedIn)) {
    return { severity: 'error', because: `and Terraform states ${past?.version}` };
  }
  if (past !== undefined)
    return { severity: 'warning', because: `and one cluster of Terraform's is at ${past.version}` };
  if (known.length > 0 || removedIn > OLDEST_MAINTAINED) return undefined;
  return { severity: 'warning', because: 'so no maintained release serves it' };
}

function adviceFor({ replacement }: RemovedApi, kind: string): string {
  if (replacement === undefined) return `Remove the ${kind}; no API takes its place.`;
  return `Write it for ${replacement}, and see the migration guide for the fields that are called otherwise there.`;
}
