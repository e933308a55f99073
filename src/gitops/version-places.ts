import { goCapture, PatternError } from '../kubernetes/go-pattern.ts';
import { at, entries, items, type MapNode, type Node, type Path, type Source, scalar, text } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { type Placed, placed, type TrackedComponent, type TrackedFile } from './components.ts';

/** Where a file says the version of a component. */
export type VersionPlace =
  | { readonly state: 'found'; readonly version: Placed }
  /** None of several versions in it is the one that is looked for, and nothing tells which is meant. */
  | { readonly state: 'unclear'; readonly versions: readonly string[] }
  | { readonly state: 'absent'; readonly reason: string };

/**
 * Finds the version of a component in a file: by the entry's `regex` or `key`, or else in the fields where versions
 * usually stand, those that name the component first.
 */
export function findVersion(component: TrackedComponent, { key, regex }: TrackedFile, source: Source): VersionPlace {
  if (regex !== undefined) return byRegex(regex.text, source);
  const documents = /\.(?:ya?ml|json)$/i.test(source.file) ? parse(source, 'kubectl').documents : [];
  if (key !== undefined) return byKey(key.text, documents);
  const candidates = documents.flatMap(document => [...versionsIn(document)]);
  const name = component.name.text.toLowerCase();
  const own = candidates.filter(({ of }) => of.toLowerCase().includes(name));
  const meant = own.length > 0 ? own : candidates;
  const same = meant.find(({ version }) => isSameVersion(version.text, component.version.text));
  const [only, other] = meant;
  const found = same ?? (other === undefined ? only : undefined);
  if (found !== undefined) return { state: 'found', version: found.version };
  const written = wordIn(source, component.version.text);
  if (written !== undefined) return { state: 'found', version: written };
  const versions = [...new Set(meant.map(({ version }) => version.text))];
  return versions.length > 0 ? { state: 'unclear', versions } : { state: 'absent', reason: 'no version stands in it' };
}

/** `v1.2.3` and `1.2.3` are one version. */
export function isSameVersion(a: string, b: string): boolean {
  return a.replace(/^v(?=\d)/, '') === b.replace(/^v(?=\d)/, '');
}

function byRegex(expression: string, source: Source): VersionPlace {
  try {
    const found = goCapture(expression)(source.text);
    if (found === undefined) return { state: 'absent', reason: `nothing in it matches ${expression}` };
    const { start, end } = found;
    return { state: 'found', version: { text: source.text.slice(start, end), span: { source, start, end } } };
  } catch (error) {
    if (error instanceof PatternError)
      return { state: 'absent', reason: `${expression} is no expression: ${error.message}` };
    throw error;
  }
}

/** `spec.source.targetRevision`, `images.0.newTag`, `images[0].newTag`. */
function byKey(key: string, documents: readonly Node[]): VersionPlace {
  const steps = key
    .replace(/^\$?\./, '')
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.');
  for (const document of documents) {
    const version = versionOf(steps.reduce<Node | undefined>((node, step) => below(node, step), document));
    if (version !== undefined) return { state: 'found', version };
  }
  return { state: 'absent', reason: `it has no ${key}` };
}

function below(node: Node | undefined, step: string): Node | undefined {
  const path: Path = node?.kind === 'seq' ? [Number(step)] : [step];
  return at(node, ...path);
}

/** The part of a value that is a version: an image's tag, the ref of a remote base, or all of it. */
function versionOf(node: Node | undefined): Placed | undefined {
  const whole = placed(node);
  if (whole === undefined) return undefined;
  const [, before = '', part] = REFERENCE.exec(whole.text) ?? [];
  if (part === undefined) return whole;
  const { source, start } = whole.span;
  const from = start + before.length;
  return { text: part, span: { source, start: from, end: from + part.length } };
}

/** `...?ref=v1.2.3`, `.../download/v1.2.3/...`, `registry.example/name:1.2.3`. */
const REFERENCE = /^(.*(?:[?&]ref=|\/(?=v?\d+\.\d+[^/]*\/)|[^:/]:(?=v?\d[^/]*$)))([^&/]+)/;

interface Candidate {
  readonly version: Placed;
  /** What it is the version of. */
  readonly of: string;
}

/** Fields that name what a version beside them belongs to, and fields that hold a version. */
const NAMES = ['chart', 'name', 'repoURL', 'repository', 'newName'];
const VERSIONS = ['targetRevision', 'newTag', 'version', 'tag', 'appVersion'];

/** The versions in the usual fields: of Applications, `images`, `helmCharts`, dependencies, images, remote bases. */
function* versionsIn(node: Node): Iterable<Candidate> {
  if (node.kind === 'map') yield* fieldsOf(node);
  for (const [key, { value }] of entries(node)) {
    if (key === 'image' || key === 'resources' || key === 'components' || key === 'bases') yield* referencesIn(value);
    yield* versionsIn(value);
  }
  for (const item of items(node)) yield* versionsIn(item);
}

function* fieldsOf(node: MapNode): Iterable<Candidate> {
  const of = NAMES.flatMap(name => text(node, name) ?? []).join(' ');
  for (const field of VERSIONS) {
    const version = of === '' ? undefined : placed(at(node, field));
    if (version !== undefined && /\d/.test(version.text)) yield { version, of };
  }
}

function* referencesIn(node: Node): Iterable<Candidate> {
  for (const item of node.kind === 'seq' ? node.items : [node]) {
    const of = scalar(item);
    const version = versionOf(item);
    if (typeof of === 'string' && version !== undefined && version.text !== of) yield { version, of };
  }
}

/** The version as a word anywhere in the text, as in Terraform. */
function wordIn(source: Source, version: string): Placed | undefined {
  const plain = version.replace(/^v(?=\d)/, '');
  for (let start = source.text.indexOf(plain); start >= 0; start = source.text.indexOf(plain, start + 1)) {
    const end = start + plain.length;
    if (/[\d.]/.test(source.text[start - 1] ?? '') || /^(?:\d|\.\d)/.test(source.text.slice(end, end + 2))) continue;
    return { text: plain, span: { source, start, end } };
  }
  return undefined;
}
