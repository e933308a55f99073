import { hasHash } from '../src/kubernetes/affixes.ts';
import { consumed } from '../src/kubernetes/consumed.ts';
import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { isRestarted, reloads } from '../src/kubernetes/reloader.ts';
import { sameNamespace } from '../src/kubernetes/scope.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'generator-without-hash',
  title: 'A generator whose name does not change with its content',
  severity: 'info',
  why: 'The hash behind the name is what replaces the pods when the content changes. Without it they keep the old values until something else restarts them.',
  fix: 'Take disableNameSuffixHash out, or let Reloader restart the workload.',

  on: 'state',
  *check({ objects }) {
    for (const config of objects.filter(isGeneratedWithoutHash)) {
      const [first, ...others] = objects.filter(
        workload =>
          keepsOldValues(workload, config) && reloads(workload, config, { argoRollouts: true }).state === 'no',
      );
      if (first === undefined) continue;
      const more = others.length === 0 ? '' : ` and ${others.length} more`;
      const message = `${idLabel(config.id)} keeps its name when its content changes, and nothing restarts ${idLabel(first.id)}${more} then`;
      yield { message, at: { object: config, path: ['metadata', 'name'] } };
    }
  },
});

/** Only what a generator makes starts in a kustomization. */
function isGeneratedWithoutHash({ id, root }: KubeObject): boolean {
  if (id.group !== '' || (id.kind !== 'ConfigMap' && id.kind !== 'Secret') || hasHash(id.name)) return false;
  return /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(root.span.source.file);
}

/** Its pods read the values once, when they start. */
function keepsOldValues(workload: KubeObject, config: KubeObject): boolean {
  if (!isRestarted(workload) || !sameNamespace(workload, config)) return false;
  const read = consumed(workload).filter(({ kind, name }) => kind === config.id.kind && name === config.id.name);
  return read.some(({ how }) => how !== 'volume' && how !== 'projected');
}
