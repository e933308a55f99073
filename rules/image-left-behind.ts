import type { UnitChange } from '../src/change/change.ts';
import { type ImageReference, parseReference } from '../src/image/reference.ts';
import { idKey, idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { containers } from '../src/kubernetes/workload.ts';
import { defineRule } from '../src/rule/rule.ts';
import type { Path } from '../src/yaml/node.ts';

export default defineRule({
  id: 'image-left-behind',
  title: 'One image at two versions after a commit that moved only some of its places',
  severity: 'warning',
  why: 'All had the same version before, so the place that keeps the old one was most likely forgotten, and old and new code run side by side.',
  fix: 'Move the tag in all places; `images:` of the kustomization does so for every container of the build.',

  on: 'change',
  *check({ before, after }) {
    const old = placesByRepository(before);
    for (const [repository, places] of placesByRepository(after)) {
      const earlier = old.get(repository) ?? [];
      const [tag, ...others] = new Set(earlier.map(place => place.tag));
      // A workload that is new chooses its own version.
      const moved = places.find(place => place.tag !== tag && earlier.some(other => isSame(other, place)));
      if (tag === undefined || others.length > 0 || moved === undefined) continue;
      for (const { object, path } of places.filter(place => place.tag === tag)) {
        const message = `${idLabel(object.id)} keeps ${repository} at ${tag}, and ${idLabel(moved.object.id)} goes to ${moved.tag}`;
        yield { message, at: { object, path } };
      }
    }
  },
});

interface Place {
  readonly object: KubeObject;
  readonly path: Path;
  readonly tag: string;
}

function isSame({ object: a }: Place, { object: b }: Place): boolean {
  return idKey(a.id) === idKey(b.id);
}

/** Where each image runs, as far as it has a tag. */
function placesByRepository(rendered: UnitChange['after']): Map<string, Place[]> {
  const found = new Map<string, Place[]>();
  for (const object of rendered?.objects ?? []) {
    for (const { image = '', imagePath: path } of containers(object)) {
      const { repository, tag }: Partial<ImageReference> = parseReference(image) ?? {};
      if (repository === undefined || tag === undefined) continue;
      found.set(repository, [...(found.get(repository) ?? []), { object, path, tag }]);
    }
  }
  return found;
}
