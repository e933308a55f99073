import { problemsOf } from '../src/rule/problems.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'kustomization-refused',
  title: 'A build that kustomize would refuse',
  severity: 'error',
  why: 'Argo CD cannot render the application, so neither this change nor any later one reaches the cluster.',
  fix: 'Correct the field that is named, and run `kustomize build` on the folder to see that it works.',

  on: 'state',
  check: problemsOf('kustomization-refused'),
});
