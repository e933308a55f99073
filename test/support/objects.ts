import { type KubeObject, objectOf } from '../../src/kubernetes/object.ts';
import { Source } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';

/** The Kubernetes objects of a YAML text. Throws where the text has a problem. Flow style will do, as for kustomize. */
export function objects(yaml: string): KubeObject[] {
  const { documents, problems } = parse(new Source('test.yaml', yaml), 'kustomize');
  const [problem] = problems;
  if (problem !== undefined) throw new Error(problem.message);
  return documents.map(document => {
    const object = document.kind === 'map' ? objectOf(document) : undefined;
    if (object === undefined) throw new Error('a document is no Kubernetes object');
    return object;
  });
}

/** The only object of a YAML text. */
export function object(yaml: string): KubeObject {
  const [first, ...rest] = objects(yaml);
  if (first === undefined || rest.length > 0) throw new Error('not exactly one object');
  return first;
}
