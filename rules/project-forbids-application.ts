import { type Refusal, refusals } from '../src/gitops/projects.ts';
import type { Application } from '../src/gitops/unit.ts';
import { idLabel } from '../src/kubernetes/object.ts';
import type { Rendered } from '../src/kustomize/rendered.ts';
import { defineRule, type Sighting } from '../src/rule/rule.ts';
import { at, startOf } from '../src/yaml/node.ts';

export default defineRule({
  id: 'project-forbids-application',
  title: 'An Application that its AppProject does not allow',
  severity: 'error',
  why: 'Argo CD does not sync an Application whose source, destination or objects its project does not list.',
  fix: 'Correct the Application, or list what it needs in the project.',

  on: 'state',
  *check(rendered, { application }, { here }) {
    if (application === undefined) return;
    const projects = here.projects.get(application.project) ?? [];
    // Where each cluster has its own project of the name, the one that allows most is meant.
    const [fewest] = projects
      .map(project => refusals(application, rendered, project))
      .sort((a, b) => a.length - b.length);
    for (const refusal of fewest ?? []) yield sighting(refusal, application, rendered);
  },
});

function sighting(refusal: Refusal, { name, project, file }: Application, { manifest }: Rendered): Sighting {
  const span = (...path: string[]) => ({ span: (at(manifest, ...path) ?? manifest)?.span ?? startOf(file) });
  switch (refusal.what) {
    case 'source':
      return {
        message: `${name} takes its source from ${refusal.repoURL}, which project ${project} does not list`,
        at: span('spec', 'source', 'repoURL'),
      };
    case 'cluster':
      return {
        message: `${name} goes to cluster ${refusal.cluster}, which project ${project} does not list (there: ${refusal.allowed.join(', ')})`,
        at: span('spec', 'destination'),
      };
    case 'namespace': {
      const { namespace, allowed, object } = refusal;
      const what = object === undefined ? `${name} goes` : `${idLabel(object.id)} of ${name} goes`;
      return {
        message: `${what} to namespace ${namespace}, which project ${project} does not list (there: ${allowed.join(', ')})`,
        at:
          object === undefined ? span('spec', 'destination', 'namespace') : { object, path: ['metadata', 'namespace'] },
      };
    }
    case 'kinds': {
      const [object] = refusal.objects;
      const kinds = [...new Set(refusal.objects.map(({ id }) => id.kind))].sort();
      return {
        message: `${name} has objects that project ${project} does not allow: ${kinds.join(', ')}`,
        at: { object, path: ['kind'] },
      };
    }
  }
}
