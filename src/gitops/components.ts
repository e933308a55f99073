import { nearestOf } from '../config/nearest.ts';
import { at, entries, items, type MapNode, type Node, type Span, scalar, text } from '../yaml/node.ts';

/** A text of a file with its place, without quotes, so that it can be replaced. */
export interface Placed {
  readonly text: string;
  readonly span: Span;
}

/** A file that carries the version of a component. */
export interface TrackedFile {
  /** From the repository's root. */
  readonly path: Placed;
  /** Where in the file, as `images.0.newTag`; undefined where the file says it in one of the usual fields. */
  readonly key: Placed | undefined;
  /** RE2 expression whose group `version`, or else its first, is the version. */
  readonly regex: Placed | undefined;
}

/** Where new versions are published. */
export interface ComponentSource {
  /** `github`, `helm`, `oci`, `docker` as the file has it; undefined where it does not say. */
  readonly type: string | undefined;
  /** Every other text of the source by its key in snake case: `repo`, `chart`, `url`, `tag_prefix`, `include_regex`. */
  readonly fields: ReadonlyMap<string, string>;
}

/** An upstream component that the team keeps at a version: an entry of `scripts/apps.yaml`. */
export interface TrackedComponent {
  readonly name: Placed;
  readonly version: Placed;
  readonly source: ComponentSource | undefined;
  readonly files: readonly TrackedFile[];
  /** A new major is never proposed. */
  readonly skipMajor: boolean;
  /** Never changed by a script: a person reads the upgrade notes first. */
  readonly manualOnly: boolean;
  /** A version that it is held at. */
  readonly pin: Placed | undefined;
  /** Days that a release has to be out before a script takes it; undefined where the entry does not say. */
  readonly minimumAge: number | undefined;
  readonly entry: MapNode;
}

export interface ComponentList {
  readonly components: readonly TrackedComponent[];
  /** Entries that cannot be used, and why, in one line. */
  readonly problems: readonly { readonly message: string; readonly span: Span }[];
}

/** Spellings in snake case; the file is the team's own and has no upstream format, so others count as well. */
const FIELDS = {
  name: ['name', 'app', 'component'],
  version: ['version', 'current', 'current_version'],
  files: ['files', 'file', 'paths', 'path'],
  path: ['path', 'file'],
  key: ['key', 'field', 'yaml_path'],
  regex: ['regex', 'pattern', 'match'],
  source: ['source', 'upstream'],
  skipMajor: ['skip_major'],
  manualOnly: ['manual_only', 'manual'],
  pin: ['pin', 'pinned'],
  minimumAge: ['minimum_age', 'min_age', 'minimum_release_age'],
} as const;

const KNOWN = [...Object.values(FIELDS).flat(), 'notes', 'description'];
/** Shorter keys are near to many words. */
const SHORTEST_TYPO = 6;

/**
 * The components of a versions file: a list of entries, or a mapping keyed by name, at the root or under one key such as
 * `apps`. A mapping that says nothing of a component, such as `defaults`, is passed over.
 */
export function readComponents(root: Node): ComponentList {
  const components: TrackedComponent[] = [];
  const problems: { message: string; span: Span }[] = [];
  const visit = (node: Node, key: Placed | undefined) => {
    if (node.kind === 'map' && isEntry(node)) {
      const read = readEntry(node, key);
      if ('message' in read) problems.push(read);
      else {
        components.push(read);
        problems.push(...typosIn(node, read.name.text), ...unreadIn(node, read.name.text));
      }
      return;
    }
    for (const item of items(node)) visit(item, undefined);
    for (const [name, entry] of entries(node)) {
      if (entry.value.kind !== 'scalar') visit(entry.value, { text: name, span: entry.key });
    }
  };
  visit(root, undefined);
  const first = new Map<string, TrackedComponent>();
  for (const component of components) {
    const { text: name, span } = component.name;
    if (first.has(name)) problems.push({ message: `${name} is listed twice`, span });
    else first.set(name, component);
  }
  return { components, problems };
}

/** A name alone may be that of a group; a version or a file makes it a component. */
function isEntry(node: MapNode): boolean {
  const isList = (name: (typeof FIELDS.files)[number]) => find(node, [name])?.kind === 'seq';
  return (
    scalarAt(node, FIELDS.version) !== undefined ||
    (scalarAt(node, FIELDS.name) !== undefined &&
      (scalarAt(node, FIELDS.files) !== undefined || isList('files') || isList('paths')))
  );
}

function readEntry(entry: MapNode, key: Placed | undefined): TrackedComponent | { message: string; span: Span } {
  const name = scalarAt(entry, FIELDS.name) ?? key;
  const version = scalarAt(entry, FIELDS.version);
  if (name === undefined) return { message: 'an entry has a version and no name', span: entry.span };
  if (version === undefined) return { message: `${name.text} has no version`, span: name.span };
  return {
    name,
    version,
    source: sourceOf(find(entry, FIELDS.source)),
    files: filesOf(entry),
    skipMajor: flag(entry, FIELDS.skipMajor),
    manualOnly: flag(entry, FIELDS.manualOnly),
    pin: scalarAt(entry, FIELDS.pin),
    minimumAge: daysOf(scalarAt(entry, FIELDS.minimumAge)?.text),
    entry,
  };
}

/** `7`, `7d`, `7 days`. */
function daysOf(text: string | undefined): number | undefined {
  const days = /^(\d{1,4})\s*(?:d|days?)?$/.exec(text ?? '')?.[1];
  return days === undefined ? undefined : Number(days);
}

/** Keys that are nearly one of ours: what they were to say is not followed. Teams have keys of their own as well. */
function typosIn(entry: MapNode, name: string): ComponentList['problems'][number][] {
  return [...entry.entries].flatMap(([key, { key: span }]) => {
    const word = snake(key);
    const near = word.length < SHORTEST_TYPO || isKnown(word) ? undefined : nearestOf(word, KNOWN);
    return near === undefined ? [] : [{ message: `${name} has ${key}, which is not followed; ${near} is`, span }];
  });
}

/** Values that would hold a component back if they were understood. `manual` alone may name a page to read. */
function unreadIn(entry: MapNode, name: string): ComponentList['problems'][number][] {
  const age = scalarAt(entry, FIELDS.minimumAge);
  const flags = ['skip_major', 'manual_only'].flatMap(key => scalarAt(entry, [key]) ?? []);
  return [
    ...(age === undefined || daysOf(age.text) !== undefined ? [] : [{ ...age, wanted: 'a number of days' }]),
    ...flags
      .filter(({ text }) => !/^(?:yes|on|no|off|true|false)$/i.test(text))
      .map(flag => ({ ...flag, wanted: 'true or false' })),
  ].map(({ text, span, wanted }) => ({ message: `${name} has ${text} where ${wanted} is wanted`, span }));
}

function isKnown(word: string): boolean {
  return KNOWN.some(known => known === word);
}

/** `files: [a, {path: b, key: c}]`, `file: a` with `key` or `regex` beside it. */
function filesOf(entry: MapNode): TrackedFile[] {
  const listed = find(entry, FIELDS.files);
  const nodes = listed?.kind === 'seq' ? listed.items : listed === undefined ? [] : [listed];
  return nodes.flatMap(node => {
    const holder = node.kind === 'map' ? node : entry;
    const path = node.kind === 'map' ? scalarAt(node, FIELDS.path) : placed(node);
    if (path === undefined) return [];
    return [{ path, key: scalarAt(holder, FIELDS.key), regex: scalarAt(holder, FIELDS.regex) }];
  });
}

function sourceOf(node: Node | undefined): ComponentSource | undefined {
  if (node === undefined) return undefined;
  const fields = new Map<string, string>();
  if (node.kind === 'scalar') {
    const whole = placed(node);
    return whole && { type: undefined, fields: fields.set('url', whole.text) };
  }
  for (const [key, { value }] of entries(node)) {
    const found = placed(value);
    if (found !== undefined) fields.set(snake(key), found.text);
  }
  const type = fields.get('type');
  fields.delete('type');
  return { type, fields };
}

function flag(entry: MapNode, names: readonly string[]): boolean {
  const node = find(entry, names);
  return scalar(node) === true || /^(?:true|yes|on)$/i.test(text(node) ?? '');
}

/** The value of the first of the names that the entry has, in whatever spelling. */
function find(entry: MapNode, names: readonly string[]): Node | undefined {
  const keys = [...entry.entries.keys()];
  for (const name of names) {
    const key = keys.find(candidate => snake(candidate) === name);
    if (key !== undefined) return at(entry, key);
  }
  return undefined;
}

function scalarAt(entry: MapNode, names: readonly string[]): Placed | undefined {
  for (const name of names) {
    const found = placed(find(entry, [name]));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `skipMajor` and `skip-major` are `skip_major`. */
function snake(key: string): string {
  return key
    .replace(/-/g, '_')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** A version that YAML reads as a number keeps its text: 1.30 is not 1.3. */
export function placed(node: Node | undefined): Placed | undefined {
  const value = scalar(node);
  if (node === undefined || value === undefined || value === null || typeof value === 'boolean') return undefined;
  const { source, start, end } = node.span;
  const written = source.text.slice(start, end);
  const wanted = typeof value === 'string' ? value : written.trim();
  const offset = written.indexOf(wanted);
  if (wanted === '') return undefined;
  // A text with escapes stands in the file in another way, so its place is that of the whole.
  return {
    text: wanted,
    span: offset < 0 ? node.span : { source, start: start + offset, end: start + offset + wanted.length },
  };
}
