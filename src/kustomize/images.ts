import { goPatternWithTail, PatternError } from '../kubernetes/go-pattern.ts';
import { items, type MapNode, type Node, type ScalarNode, type SeqNode, text } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import { type FieldSpec, visitFields } from './field-spec.ts';
import { kindOf, type Resource, scalarNode, scalarText, setField } from './resource.ts';

/** One entry of `images`, ready to be applied. */
interface ImageEntry {
  readonly node: Node;
  readonly matches: ((image: string) => boolean) | undefined;
  matched: boolean;
}

/**
 * Applies the entries of `images`, one after the other, to all objects but CustomResourceDefinitions: to `image` in every
 * list named `containers` or `initContainers`, and at the places of the specifications. Gives those that matched none.
 */
export function setImages(
  resources: readonly Resource[],
  nodes: readonly Node[],
  specs: readonly FieldSpec[],
  problems: Problem[],
): readonly Node[] {
  if (nodes.length === 0) return [];
  const images = nodes.map((node): ImageEntry => ({ node, matches: patternOf(node, problems), matched: false }));
  // A place that two specifications lead to gets a suffix twice, entry by entry. All else comes to the same in one go.
  const isSuffixed = nodes.some(node => text(node, 'tagSuffix') !== undefined);
  for (const entries of isSuffixed ? images.map(image => [image]) : [images]) setEach(resources, entries, specs);
  return images.filter(({ matched }) => !matched).map(({ node }) => node);
}

function setEach(resources: readonly Resource[], entries: readonly ImageEntry[], specs: readonly FieldSpec[]): void {
  const set = (image: Node) => entries.reduce(updated, image);
  for (const resource of resources) {
    if (kindOf(resource) === 'CustomResourceDefinition') continue;
    setInContainers(resource.root, set);
    const visit = { set, make: undefined, span: resource.root.span };
    // A blocked way is no mistake here: the volumes of a PodSecurityPolicy are names, which one specification runs into.
    visitFields(resource.root, specs, visit, []);
  }
}

/** What may follow the name: api/internal/image/image.go in kubernetes-sigs/kustomize. */
const VERSION = /^(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$/;

/** kustomize puts the name into a regular expression as it is, so that its dots match any character. */
function patternOf(entry: Node, problems: Problem[]): ((image: string) => boolean) | undefined {
  const name = text(entry, 'name') ?? '';
  try {
    return goPatternWithTail(name, VERSION);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const message = `the name ${name} of the image is no regular expression: ${error.message}`;
    problems.push({ code: 'kustomization-refused', message, span: entry.span });
    return undefined;
  }
}

function setInContainers(node: MapNode | SeqNode, set: (image: Node) => Node): void {
  if (node.kind === 'seq') {
    for (const item of node.items) if (item.kind !== 'scalar') setInContainers(item, set);
    return;
  }
  // Called for every value of every object: an iterator would take longer than the rest.
  node.entries.forEach(({ value }, key) => {
    if (value.kind === 'scalar') return;
    setInContainers(value, set);
    if (key !== 'containers' && key !== 'initContainers') return;
    for (const container of items(value)) if (container.kind === 'map') setInContainer(container, set);
  });
}

function setInContainer(container: MapNode, set: (image: Node) => Node): void {
  const image = container.entries.get('image')?.value;
  if (image !== undefined) setField(container, 'image', set(image));
}

function updated(image: Node, entry: ImageEntry): Node {
  if (image.kind !== 'scalar' || entry.matches === undefined) return image;
  const value = scalarText(image);
  if (value === '' || !entry.matches(value)) return image;
  entry.matched = true;
  return rewritten(value, image, entry.node);
}

/** The image with what the entry sets. Its place is that of the field which fixes the content: tag, digest, then name. */
function rewritten(value: string, image: ScalarNode, entry: Node): Node {
  const parts = splitImage(value);
  const field = (name: string) => {
    const node = entry.kind === 'map' ? entry.entries.get(name)?.value : undefined;
    const set = text(node);
    if (node?.kind !== 'scalar' || set === undefined || set === '') return undefined;
    return { set, span: node.span, before: node.before };
  };
  const newName = field('newName');
  const newTag = field('newTag');
  const digest = field('digest');
  const tagSuffix = field('tagSuffix');
  const name = newName?.set ?? parts.name;
  let version = (parts.tag === '' ? '' : `:${parts.tag}`) + (parts.digest === '' ? '' : `@${parts.digest}`);
  if (newTag !== undefined) version = `:${newTag.set}${digest === undefined ? '' : `@${digest.set}`}`;
  else if (digest !== undefined) version = `@${digest.set}`;
  else if (tagSuffix !== undefined) version = `:${parts.tag}${tagSuffix.set}`;
  const span = (newTag ?? digest ?? tagSuffix ?? newName)?.span ?? image.span;
  // A place that two specifications lead to is set once.
  if (name + version === value && span === image.span) return image;
  const own = parts.tag === '' && parts.digest === '' ? '' : value.slice(parts.name.length);
  // Two fields of one entry are two steps: the name, then what fixes the content.
  const renamed =
    newName === undefined || span === newName.span ? image : { ...scalarNode(name + own, newName.span), before: image };
  const old = newTag?.before;
  const overridden =
    old === undefined ? renamed : { ...scalarNode(`${name}:${scalarText(old)}`, old.span), before: renamed };
  return { ...scalarNode(name + version, span), before: overridden };
}

/** An image reference cut as kustomize cuts it: a port before the first `/` is no tag. */
export function splitImage(image: string): { name: string; tag: string; digest: string } {
  const slash = Math.max(0, image.indexOf('/'));
  const at = image.indexOf('@', slash);
  const colon = image.indexOf(':', slash);
  const end = at < 0 ? image.length : at;
  const digest = at < 0 ? '' : image.slice(at + 1);
  if (colon < 0 || colon > end) return { name: image.slice(0, end), tag: '', digest };
  return { name: image.slice(0, colon), tag: image.slice(colon + 1, end), digest };
}
