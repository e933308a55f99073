import { type ImageReference, parseReference, shortDigest, versionOf } from '../image/reference.ts';
import { compareImages } from '../image/version.ts';
import { imagesOf, type NamedImage } from '../kubernetes/workload.ts';
import { at, type Node, text } from '../yaml/node.ts';
import { type Aspect, dotted, type Modified, startsWith, templateField } from './aspect.ts';
import type { FieldChange } from './change.ts';
import { placeOf, type Statement } from './statement.ts';

/** The fields that make up an image where it is written in parts. */
const PARTS = new Set(['image', 'imageName', 'repository', 'tag', 'registry', 'digest']);

/** Images that both sides have, and containers that one side has. */
export const images: Aspect = {
  claims(field, change) {
    if (isContainer(field, change)) return true;
    const last = String(field.path.at(-1));
    // An ImageStream has its image in a field that is called `name`, as most things have one.
    if (!PARTS.has(last) && last !== 'name') return false;
    return [change.before, change.after].some(object =>
      imagesOf(object).some(
        ({ path }) =>
          startsWith(path, field.path) || (last !== 'name' && startsWith(field.path.slice(0, -1), path.slice(0, -1))),
      ),
    );
  },
  state(fields, change) {
    const moved = pairImages(change).flatMap(([old, now]) => imageStatement(old, now, change));
    return [
      ...moved,
      ...fields.filter(field => isContainer(field, change)).flatMap(field => containerStatements(field, change)),
    ];
  },
};

/** The images of both sides under one name and in one place, list positions aside. */
function pairImages({ before, after }: Modified): [NamedImage, NamedImage][] {
  const left = new Map<string, NamedImage[]>();
  for (const image of imagesOf(before)) left.set(keyOf(image), [...(left.get(keyOf(image)) ?? []), image]);
  return imagesOf(after).flatMap(now => {
    const old = left.get(keyOf(now))?.shift();
    return old === undefined ? [] : [[old, now] satisfies [NamedImage, NamedImage]];
  });
}

function keyOf({ path, subject }: NamedImage): string {
  const fields = path.filter(step => typeof step === 'string' && step !== 'tag' && step !== 'repository');
  return `${fields.join('.')} ${subject}`;
}

function imageStatement(old: NamedImage, now: NamedImage, { before, after }: Modified): Statement[] {
  if (old.text === now.text) return [];
  const place = placeOf(at(before.root, ...old.path), at(after.root, ...now.path), after.root);
  return imageMoved(old.text, now.text, now.subject, place);
}

/** How an image moves from one reference to another; `subject` is its name where the text is no reference. */
export function imageMoved(
  from: string,
  to: string,
  subject: string,
  place: Pick<Statement, 'span' | 'side'>,
): Statement[] {
  const [a, b] = [parseReference(from), parseReference(to)];
  if (a === undefined || b === undefined) return [{ kind: 'image', move: 'scheme', subject, from, to, ...place }];
  const seen = { kind: 'image', subject: b.repository, ...place } as const;
  const move = compareImages(a, b);
  if (move.digestUnchanged) {
    return [
      {
        ...seen,
        move: 'digest',
        subject: `${b.repository} (the digest stays, and it decides)`,
        from: a.tag,
        to: b.tag,
      },
    ];
  }
  if (move.move === 'same') return [{ ...seen, move: 'build', from: versionOf(a), to: versionOf(b) }];
  if (move.move === 'repository') return [{ ...seen, move: 'repository', from, to }];
  if (move.move === 'digest') return [{ ...seen, move: 'digest', from: digestOf(a), to: digestOf(b) }];
  return [{ ...seen, move: move.move, from: versionOf(a), to: versionOf(b) }];
}

function digestOf(reference: ImageReference): string {
  return shortDigest(reference) ?? versionOf(reference);
}

/** A whole container that one side has. */
function isContainer(field: FieldChange, change: Modified): boolean {
  const place = templateField(field, change);
  return place?.container !== undefined && place.rest.length === 0;
}

function containerStatements(field: FieldChange, change: Modified): Statement[] {
  const node: Node | undefined = field.after ?? field.before;
  const place = placeOf(field.before, field.after, change.after.root);
  const image = text(node, 'image') ?? '';
  const subject = parseReference(image)?.repository ?? text(node, 'name') ?? dotted(field.path);
  if (field.after === undefined) return [{ kind: 'image', move: 'removed', subject, from: image, ...place }];
  if (templateField(field, change)?.init) {
    const name = text(node, 'name') ?? '';
    return [{ kind: 'workload', move: 'other', subject: `init container added: ${name}`, to: image, ...place }];
  }
  return [{ kind: 'image', move: 'added', subject, to: image, ...place }];
}
