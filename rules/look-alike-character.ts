import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { containers } from '../src/kubernetes/workload.ts';
import { defineRule } from '../src/rule/rule.ts';
import type { Path } from '../src/yaml/node.ts';

export default defineRule({
  id: 'look-alike-character',
  title: 'A character that looks like another, or like nothing, in a name',
  severity: 'error',
  why: 'Kubernetes takes only ASCII there: the object is refused or its image is never pulled, and nobody who reads the text sees why.',
  fix: 'Type the text anew instead of copying it, and ask where it came from.',

  on: 'state',
  *check({ objects }) {
    for (const object of objects) {
      for (const [what, text, path] of namesIn(object)) {
        const character = /[^\0-\x7f]/u.exec(text)?.[0];
        if (character === undefined) continue;
        const message = `${idLabel(object.id)}: the ${what} "${text}" holds the character ${codePoint(character)}`;
        yield { message, at: { object, path } };
      }
    }
  },
});

/** What may hold nothing but ASCII. The API server lets RBAC have any name. */
function* namesIn(object: KubeObject): Generator<readonly [what: string, text: string, path: Path]> {
  const { group, kind, namespace, name } = object.id;
  yield ['kind', kind, ['kind']];
  yield ['group', group, ['apiVersion']];
  yield ['namespace', namespace, ['metadata', 'namespace']];
  if (group !== 'rbac.authorization.k8s.io') yield ['name', name, ['metadata', 'name']];
  for (const { image = '', imagePath } of containers(object)) yield ['image', image, imagePath];
}

/** `U+043E` */
function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
