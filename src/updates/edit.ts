import type { Tree } from '../git/tree.ts';
import { type Placed, readComponents, type TrackedComponent } from '../gitops/components.ts';
import type { Tracked, TrackedVersion } from '../gitops/tracked.ts';
import { findVersion, isSameVersion } from '../gitops/version-places.ts';
import { decode } from '../yaml/decode.ts';
import { Source } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { writeScalar } from '../yaml/write-scalar.ts';
import { SourceError } from './release.ts';

export interface EditedFile {
  readonly content: Buffer;
  readonly executable: boolean;
}

/**
 * The list and the files that it names for a component, with another version and every other byte as it was. Throws
 * `SourceError` where a place is not certain: a component that moves in one file and not in the next is worse than none.
 */
export async function editVersion(
  component: TrackedComponent,
  to: string,
  { versions }: Tracked,
  tree: Tree,
): Promise<ReadonlyMap<string, EditedFile>> {
  const own = versions.filter(version => version.component === component);
  if (own.length === 0) throw new SourceError('the entry names no file');
  const places = [component.version, ...own.flatMap(version => placesIn(version))];
  const edited = new Map<string, EditedFile>();
  for (const [path, spots] of byFile(places)) {
    const entry = await tree.entry(path);
    if (entry === undefined) throw new SourceError(`${path} is not there`);
    const content = await tree.read(entry);
    const { source } = decode(path, content);
    const after = replaced(source, spots, to);
    edited.set(entry.path, { content: bytesOf(after, source, content), executable: entry.mode === 'executable' });
    proveEdit(new Source(path, after), component, own, to);
  }
  return edited;
}

function placesIn({ component, file, place }: TrackedVersion): readonly Placed[] {
  const path = file.path.text;
  switch (place.state) {
    case 'missing':
      throw new SourceError(`${path} is not there`);
    case 'unread':
      throw new SourceError(`${path} cannot be read as one file`);
    case 'absent':
      throw new SourceError(`${path}: ${place.reason}`);
    case 'unclear':
      throw new SourceError(`${path} has only ${place.versions.join(', ')}`);
    case 'found': {
      const { version, others } = place;
      if (!isSameVersion(version.text, component.version.text)) {
        throw new SourceError(`${path} has ${version.text}, and the list ${component.version.text}`);
      }
      if (version.span.source.text[version.span.end] === '@')
        throw new SourceError(`${path} pins it by a digest as well`);
      return [version, ...others];
    }
  }
}

/** Each place once, the last of a file first, so that a replacement moves none that is still to come. */
function byFile(places: readonly Placed[]): Map<string, Placed[]> {
  const files = new Map<string, Placed[]>();
  for (const place of places.toSorted((a, b) => b.span.start - a.span.start)) {
    const spots = files.get(place.span.source.file) ?? [];
    if (!spots.some(({ span }) => span.start === place.span.start)) spots.push(place);
    files.set(place.span.source.file, spots);
  }
  return files;
}

function replaced({ file, text }: Source, spots: readonly Placed[], to: string): string {
  return spots.reduce((whole, { text: old, span: { start, end } }) => {
    if (whole.slice(start, end) !== old) throw new SourceError(`${file} does not have ${old} where it was found`);
    const version = styled(to, old);
    const [before, after] = [whole.slice(0, start), whole.slice(end)];
    return before + (isPlain(before, after) && /\.ya?ml$/i.test(file) ? quoted(version) : version) + after;
  }, text);
}

/** `v1.2.3` where the files have `1.2.3` is the same version. */
export function styled(version: string, as: string): string {
  const bare = version.replace(/^v(?=\d)/, '');
  return /^v\d/.test(as) ? `v${bare}` : bare;
}

/** A whole value of YAML without quotes. */
function isPlain(before: string, after: string): boolean {
  return (
    /(?:^|[:\-,[{]) +$/.test(before.slice(before.lastIndexOf('\n') + 1)) && /^[ \t]*(?:#|[,\]}]|\r?\n|$)/.test(after)
  );
}

/** 1.9 may stand without quotes as the text that it was; 1.10 would be read as the number 1.1. */
function quoted(version: string): string {
  return writeScalar(version, { indent: 0, column: 0, isKey: false });
}

/** Reads the new text as it will be read from now on. Throws `SourceError` where it does not say the version. */
function proveEdit(source: Source, component: TrackedComponent, own: readonly TrackedVersion[], to: string): void {
  const version = { ...component.version, text: to };
  const said = own
    .filter(({ file }) => file.path.text === source.file)
    .map(({ file }) => findVersion({ ...component, version }, file, source));
  const listed = component.version.span.source.file === source.file;
  const entries = listed ? parse(source, 'kubectl').documents.flatMap(root => readComponents(root).components) : [];
  const isSaid =
    said.every(place => place.state === 'found' && isSameVersion(place.version.text, to)) &&
    (!listed ||
      entries.some(({ name, version: now }) => name.text === component.name.text && isSameVersion(now.text, to)));
  if (!isSaid) throw new SourceError(`${source.file} would not say ${to} after the edit`);
}

/** The text as the file's own bytes; a byte order mark stays. */
function bytesOf(after: string, before: Source, content: Buffer): Buffer {
  const text = Buffer.from(before.text);
  const mark = content.subarray(0, content.length - text.length);
  if (!Buffer.concat([mark, text]).equals(content)) throw new SourceError(`${before.file} is not UTF-8`);
  return Buffer.concat([mark, Buffer.from(after)]);
}
