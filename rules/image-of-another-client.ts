import { parseReference } from '../src/image/reference.ts';
import { readTag } from '../src/image/tag.ts';
import { containers } from '../src/kubernetes/workload.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'image-of-another-client',
  title: 'An image that is built for another client',
  severity: 'error',
  why: "The client's pods run with the settings, the theme and the private code of somebody else.",
  fix: "Take the tag that ends in the client's own name.",

  on: 'state',
  *check({ objects }, { client }, { here: { clients } }) {
    if (client === undefined) return;
    for (const object of objects) {
      for (const { image = '', imagePath } of containers(object)) {
        const reference = parseReference(image);
        const tag = readTag(reference?.tag ?? '');
        if (reference?.tag === undefined || tag.scheme === 'unknown' || tag.suffix === '') continue;
        if (isNamed(tag.suffix, client)) continue;
        const other = [...clients].find(name => name !== client && isNamed(tag.suffix, name));
        if (other === undefined) continue;
        yield {
          message: `${reference.name}:${reference.tag} runs for ${client}, and is built for ${other}`,
          at: { object, path: imagePath },
        };
      }
    }
  },
});

/** The words of the suffix are the client's name, or end in it. */
function isNamed(suffix: string, client: string): boolean {
  const [words, name] = [suffix, client].map(text => text.toLowerCase().replace(/[._]/g, '-'));
  return words === name || words?.endsWith(`-${name}`) === true;
}
