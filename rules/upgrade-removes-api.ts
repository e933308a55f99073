import { idLabel } from '../src/kubernetes/object.ts';
import { removedApi } from '../src/kubernetes/removed-apis.ts';
import { minorOf } from '../src/kubernetes/versions.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'upgrade-removes-api',
  title: 'A Kubernetes upgrade that removes an API which objects of the repository use',
  severity: 'error',
  why: 'What runs keeps running, but from the upgrade on every sync of these objects fails.',
  fix: 'Move the objects to the API version that replaces theirs before the upgrade.',

  on: 'change',
  *check({ facts }, { apis }) {
    for (const { kind, from, to } of facts) {
      const [old, now] = [minorOf(from ?? ''), minorOf(to ?? '')];
      if (kind !== 'kubernetes' || old === undefined || now === undefined) continue;
      for (const { unit, objects } of apis.atRisk) {
        for (const object of objects) {
          const api = removedApi(object);
          if (api === undefined || api.removedIn <= old || api.removedIn > now) continue;
          yield {
            message: `Kubernetes ${to} does not serve ${api.apiVersion}, which ${idLabel(object.id)} of ${unit.name} uses`,
            at: { object, path: ['apiVersion'] },
            fix:
              api.replacement === undefined
                ? `Remove ${idLabel(object.id)} before the upgrade; no API takes its place.`
                : `Write ${idLabel(object.id)} for ${api.replacement} before the upgrade.`,
          };
        }
      }
    }
  },
});
