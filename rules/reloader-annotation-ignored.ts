import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { ignoredAnnotations } from '../src/kubernetes/reloader-annotations.ts';
import { defineRule } from '../src/rule/rule.ts';
import { at } from '../src/yaml/node.ts';

export default defineRule({
  id: 'reloader-annotation-ignored',
  title: 'An annotation that Reloader does not read',
  severity: 'warning',
  why: 'It looks as if the pods were restarted when their configuration changes, and they go on with the old one until something else restarts them.',
  fix: "Write the annotation as Reloader's documentation has it, on the metadata of the workload.",

  on: 'state',
  *check({ objects }) {
    for (const object of objects) {
      for (const { path, because, fix, certain } of ignoredAnnotations(object)) {
        if (isOnEverything(path.at(-1), objects)) continue;
        yield {
          message: `${idLabel(object.id)}: ${because}`,
          at: { object, path },
          ...(fix === undefined ? {} : { fix }),
          severity: certain ? 'error' : 'warning',
        };
      }
    }
  },
});

/** `commonAnnotations` puts an annotation on all objects of a build, also where it does nothing. */
function isOnEverything(key: string | number | undefined, objects: readonly KubeObject[]): boolean {
  const has = ({ root }: KubeObject) => key !== undefined && at(root, 'metadata', 'annotations', key) !== undefined;
  return objects.length > 2 && objects.every(has);
}
