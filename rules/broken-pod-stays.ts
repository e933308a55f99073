import { type Modified, templateField } from '../src/change/aspect.ts';
import type { UnitChange } from '../src/change/change.ts';
import type { Fact } from '../src/change/fact.ts';
import { rolledInOrder } from '../src/change/ways-back.ts';
import { idKey, idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { defineRule } from '../src/rule/rule.ts';
import type { Span } from '../src/yaml/node.ts';

/** Steps of an image that seldom leave a pod broken: to say it of each of them is noise. */
const SMALL_STEPS: ReadonlySet<string> = new Set<Fact['move']>(['patch', 'build', 'digest', 'pinned', 'version']);

/** What a container is started with, beside its image. */
const START = new Set(['command', 'args']);

export default defineRule({
  id: 'broken-pod-stays',
  title: 'A rollout that a revert alone does not undo',
  severity: 'info',
  why: 'A StatefulSet replaces its pods one after the other and waits for each to be ready. If the new pod never is, the old template that a revert brings back waits behind it (kubernetes/kubernetes#67250).',
  fix: 'Should the new pod not become ready: revert, then delete that pod by hand.',

  on: 'change',
  *check(change) {
    const risked = rolledInOrder(change).flatMap(modified => {
      const span = riskOf(modified, change);
      return span === undefined ? [] : [{ object: modified.after, span }];
    });
    const [first] = risked;
    if (first === undefined) return;
    const { object, span } = first;
    const more = risked.length === 1 ? ' is' : ` and ${risked.length - 1} more are`;
    yield {
      message: `${idLabel(object.id)}${more} rolled in order: a pod that does not become ready stays after a revert`,
      at: { span },
      fix: `Should the new pod not become ready: revert, then kubectl${inNamespace(object)} delete pod ${object.id.name}-<ordinal>.`,
    };
  },
});

/** Where the commit moves the program by more than a small step, or starts it in another way. */
function riskOf(change: Modified, { facts }: UnitChange): Span | undefined {
  const own = facts.filter(({ object }) => object !== undefined && idKey(object) === idKey(change.after.id));
  const step = own.find(({ kind, move }) => (kind === 'image' || kind === 'database') && !SMALL_STEPS.has(move));
  if (step !== undefined) return step.span;
  const start = change.fields.find(field => {
    const place = templateField(field, change);
    return place?.container !== undefined && START.has(String(place.rest[0]));
  });
  return (start?.after ?? start?.before)?.span;
}

function inNamespace({ id }: KubeObject): string {
  return id.namespace === '' ? '' : ` -n ${id.namespace}`;
}
