import { goCapture, PatternError } from '../kubernetes/go-pattern.ts';
import { at, type Node, type Path, type Source } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import type { ComponentSource, Placed, TrackedComponent, TrackedFile } from './components.ts';
import { type VersionCandidate, versionCandidates, versionOf } from './version-candidates.ts';

/** Where a file says the version of a component. */
export type VersionPlace =
  | {
      readonly state: 'found';
      readonly version: Placed;
      /** The same version of the same thing elsewhere in the file: remote bases of one repository, each with its ref. */
      readonly others: readonly Placed[];
      /** Where it is published, as far as what stands beside it says so. */
      readonly source: ComponentSource | undefined;
    }
  /** None of several versions in it is the one that is looked for, and nothing tells which is meant. */
  | { readonly state: 'unclear'; readonly versions: readonly string[] }
  | { readonly state: 'absent'; readonly reason: string };

/**
 * Finds the version of a component in a file: by the entry's `regex` or `key`, or else in the fields where versions
 * usually stand, those that name the component first.
 */
export function findVersion(component: TrackedComponent, { key, regex }: TrackedFile, source: Source): VersionPlace {
  const candidates = versionCandidates(source);
  const beside = (place: VersionPlace) =>
    place.state === 'found' ? { ...place, source: sourceAt(place.version, candidates) } : place;
  if (regex !== undefined) return beside(byRegex(regex.text, source));
  if (key !== undefined) return beside(byKey(key.text, source));
  const name = component.name.text.toLowerCase();
  const own = candidates.filter(({ of }) => of.toLowerCase().includes(name));
  const meant = own.length > 0 ? own : candidates;
  const same = meant.find(({ version }) => isSameVersion(version.text, component.version.text));
  const [only, other] = meant;
  const found = same ?? (other === undefined ? only : undefined);
  if (found !== undefined) {
    const others = meant.filter(other => other !== found && isTwin(other, found)).map(({ version }) => version);
    return { state: 'found', version: found.version, others, source: found.source };
  }
  const written = wordIn(source, component.version.text);
  if (written !== undefined) return alone(written);
  const versions = [...new Set(meant.map(({ version }) => version.text))];
  return versions.length > 0 ? { state: 'unclear', versions } : { state: 'absent', reason: 'no version stands in it' };
}

/** `v1.2.3` and `1.2.3` are one version. */
export function isSameVersion(a: string, b: string): boolean {
  return a.replace(/^v(?=\d)/, '') === b.replace(/^v(?=\d)/, '');
}

function alone(version: Placed): VersionPlace {
  return { state: 'found', version, others: [], source: undefined };
}

/** Whether two places hold one version of one thing, so that they move together. */
function isTwin(a: VersionCandidate, b: VersionCandidate): boolean {
  if (a.version.text !== b.version.text) return false;
  return a.of === b.of || (a.source !== undefined && identity(a.source) === identity(b.source));
}

function identity(source: ComponentSource | undefined): string {
  return source === undefined ? '' : JSON.stringify([source.type, ...source.fields]);
}

function sourceAt({ span }: Placed, candidates: readonly VersionCandidate[]): ComponentSource | undefined {
  return candidates.find(({ version }) => version.span.start === span.start)?.source;
}

function byRegex(expression: string, source: Source): VersionPlace {
  try {
    const found = goCapture(expression)(source.text);
    if (found === undefined) return { state: 'absent', reason: `nothing in it matches ${expression}` };
    const { start, end } = found;
    return alone({ text: source.text.slice(start, end), span: { source, start, end } });
  } catch (error) {
    if (error instanceof PatternError)
      return { state: 'absent', reason: `${expression} is no expression: ${error.message}` };
    throw error;
  }
}

/** `spec.source.targetRevision`, `images.0.newTag`, `images[0].newTag`. */
function byKey(key: string, source: Source): VersionPlace {
  const documents = /\.(?:ya?ml|json)$/i.test(source.file) ? parse(source, 'kubectl').documents : [];
  const steps = key
    .replace(/^\$?\./, '')
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.');
  for (const document of documents) {
    const version = versionOf(steps.reduce<Node | undefined>((node, step) => below(node, step), document));
    if (version !== undefined) return alone(version);
  }
  return { state: 'absent', reason: `it has no ${key}` };
}

function below(node: Node | undefined, step: string): Node | undefined {
  const path: Path = node?.kind === 'seq' ? [Number(step)] : [step];
  return at(node, ...path);
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
