import { parseReference } from '../src/image/reference.ts';
import { readTag } from '../src/image/tag.ts';
import { compareTags } from '../src/image/version.ts';
import type { KubeObject } from '../src/kubernetes/object.ts';
import { containers } from '../src/kubernetes/workload.ts';
import { membership } from '../src/rule/image-families.ts';
import { defineRule, type Sighting } from '../src/rule/rule.ts';
import { at, type Node, type Path } from '../src/yaml/node.ts';

type Families = readonly (readonly string[])[];

export default defineRule({
  id: 'siblings-out-of-step',
  title: 'Images of one application with different tags',
  severity: 'error',
  why: 'Web and workers would run different code against one database schema and one queue.',
  fix: 'Give both images the same tag.',

  on: 'state',
  *check({ objects }, _unit, { config }) {
    for (const members of families(objects, config.images.families)) {
      if (new Set(members.map(member => member.repository)).size < 2) continue;
      const [first, ...others] = members;
      if (first === undefined) continue;
      const newest = others.reduce((best, other) => (isNewer(best.tag, other.tag) ? other : best), first);
      for (const { object, path, role, tag, plain } of members) {
        if (tag === newest.tag) continue;
        yield {
          message: `${role} is at ${tag} while ${newest.role} is at ${newest.tag}`,
          at: { object, path },
          fix: `Set the tag to ${newest.tag}, as ${newest.role} has it, or take ${newest.role} back to ${tag}.`,
          severity: plain || newest.plain ? 'warning' : 'error',
          ...(isNewer(tag, newest.tag) ? repairOf(at(object.root, ...path), tag, newest.tag) : {}),
        };
      }
    }
  },
});

/** The tag as it is written, alone or behind an image's name. What has a digest is more than a tag. */
function repairOf(node: Node | undefined, from: string, to: string): Pick<Sighting, 'repair'> {
  if (node?.kind !== 'scalar') return {};
  const { source, start, end } = node.span;
  const written = source.text.slice(start, end).replace(/^(["'])(.*)\1$/, '$2');
  if (written !== from && !written.endsWith(`:${from}`)) return {};
  return { repair: { kind: 'set', value: written.slice(0, written.length - from.length) + to, where: 'left' } };
}

interface Member {
  readonly repository: string;
  readonly tag: string;
  readonly role: string;
  readonly plain: boolean;
  readonly object: KubeObject;
  readonly path: Path;
}

/** The images of each family in each namespace; by default only those whose tags are versions, which can be compared. */
function families(objects: readonly KubeObject[], configured: Families): Iterable<Member[]> {
  const found = new Map<string, Member[]>();
  for (const object of objects) {
    for (const { image = '', imagePath } of containers(object)) {
      const reference = parseReference(image);
      const member = reference && membership(reference, configured);
      if (reference?.tag === undefined || member === undefined) continue;
      if (configured.length === 0 && readTag(reference.tag).scheme !== 'version') continue;
      const key = JSON.stringify([object.id.namespace, member.family]);
      const { repository, tag } = reference;
      const entry = { repository, tag, role: member.role, plain: member.plain, object, path: imagePath };
      found.set(key, [...(found.get(key) ?? []), entry]);
    }
  }
  return found.values();
}

function isNewer(tag: string, other: string): boolean {
  return ['major', 'minor', 'patch', 'build'].includes(compareTags(tag, other).move);
}
