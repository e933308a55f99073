import { folderOf, isWithin } from '../kustomize/paths.ts';
import { KUSTOMIZATION_NAMES } from '../kustomize/references.ts';
import type { FileFacts } from './facts.ts';

/** The facts of all files of a tree, found by file, by what they name, and by an Application's name. */
export interface FactIndex {
  facts(file: string): FileFacts | undefined;
  /** The files whose facts name the path: kustomizations and Applications. */
  naming(path: string): readonly string[];
  /** The files whose facts name a path below the folder. */
  namingBelow(folder: string): readonly string[];
  /** The files that have an Application of the name. */
  named(application: string): readonly string[];
  /** The files below the folder that have facts of the kind, sorted. */
  files(folder: string, kind: FileFacts['kind']): readonly string[];
  /** The files that a question may ask for by what they are: links, Applications, sets that depend on the tree, projects. */
  marked(mark: Mark): readonly string[];
}

type Mark = 'link' | 'applications' | 'set' | 'projects';

function marksOf(fact: FileFacts): Mark[] {
  if (fact.kind === 'link') return ['link'];
  if (fact.kind === 'projects') return ['projects'];
  if (fact.kind !== 'applications') return [];
  return [
    'applications',
    ...(fact.dependsOnTree ? ['set' as const] : []),
    ...(fact.hasProjects ? ['projects' as const] : []),
  ];
}

/**
 * A text that can be searched without being read first: sorted lines of a letter, a key and a value, with tabs between
 * them. Opening the index of 15,000 files takes as long as reading its text, and a look-up some twenty comparisons. The
 * text is ASCII, so that one byte is one character.
 */
export function encodeFacts(facts: ReadonlyMap<string, FileFacts>): string {
  const lines: string[] = [];
  for (const [file, fact] of facts) {
    const value = escaped(file);
    lines.push(`f\t${value}\t${ascii(JSON.stringify(shortened(file, fact)))}\n`);
    for (const name of namesOf(fact)) if (!isBeside(file, fact, name)) lines.push(`r\t${escaped(name)}\t${value}\n`);
    for (const name of applicationNames(fact)) lines.push(`n\t${escaped(name)}\t${value}\n`);
    for (const mark of marksOf(fact)) lines.push(`m\t${mark}\t${value}\n`);
  }
  return lines.sort().join('');
}

/** What a kustomization names in its own folder is most of the text, and short without the folder. */
function shortened(file: string, fact: FileFacts): FileFacts {
  const folder = `${folderOf(file)}/`;
  if (fact.kind !== 'kustomization' || folder === '/') return fact;
  return { ...fact, names: fact.names.map(name => (name.startsWith(folder) ? `/${name.slice(folder.length)}` : name)) };
}

function lengthened(file: string, fact: FileFacts): FileFacts {
  if (fact.kind !== 'kustomization') return fact;
  return { ...fact, names: fact.names.map(name => (name.startsWith('/') ? folderOf(file) + name : name)) };
}

/** Nearly every path. */
const PLAIN = /^[ -[\]-~]*$/;

/** Tabs and line breaks are legal in paths of git. */
function escaped(path: string): string {
  return PLAIN.test(path) ? path : ascii(path.replaceAll(/[\\\t\n\r]/g, codePoint));
}

/** What is not ASCII as JSON escapes it. */
export function ascii(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, codePoint);
}

function codePoint(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

export function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll(/\\u([0-9a-f]{4})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** The same facts are laid over an index for each tree that has them. */
const names = new WeakMap<FileFacts, { readonly paths: Set<string>; readonly applications: Set<string> }>();

function namesIn(fact: FileFacts) {
  const known = names.get(fact) ?? { paths: namesOf(fact), applications: applicationNames(fact) };
  names.set(fact, known);
  return known;
}

/** The paths that a file names: a kustomization's references, the sources of Applications and what they read beside them. */
function namesOf(fact: FileFacts): Set<string> {
  if (fact.kind === 'kustomization' || fact.kind === 'plugin') return new Set(fact.names);
  if (fact.kind !== 'applications') return new Set();
  return new Set(
    fact.declared.flatMap(({ application, alsoReads }) => [
      ...application.sources.flatMap(source => source.path ?? []),
      ...alsoReads.map(file => file.path),
    ]),
  );
}

function applicationNames(fact: FileFacts): Set<string> {
  return new Set(fact.kind === 'applications' ? fact.declared.map(({ application }) => application.name) : []);
}

/** What a kustomization names in its own folder is found by the folder, and needs no line of its own. */
function isBeside(file: string, fact: FileFacts, name: string): boolean {
  return fact.kind === 'kustomization' && name !== '' && folderOf(name) === folderOf(file);
}

/** Searches what `encodeFacts` made. */
export function openFacts(text: string): FactIndex {
  const facts = remembered((file): FileFacts | undefined => {
    const [found] = valuesOf(text, 'f', file);
    return found === undefined ? undefined : lengthened(file, JSON.parse(found));
  });
  return {
    facts,
    naming: remembered(path => [...valuesOf(text, 'r', path).map(unescaped), ...namedBeside(path, facts)]),
    namingBelow: folder =>
      linesOf(text, `r\t${escaped(folder)}/`).map(line => unescaped(line.slice(line.lastIndexOf('\t') + 1))),
    marked: mark => valuesOf(text, 'm', mark).map(unescaped),
    named: application => valuesOf(text, 'n', application).map(unescaped),
    files: (folder, kind) =>
      linesOf(text, folder === '' ? 'f\t' : `f\t${escaped(folder)}/`).flatMap(line => {
        const tab = line.indexOf('\t', 2);
        return line.startsWith(`{"kind":"${kind}"`, tab + 1) ? [unescaped(line.slice(2, tab))] : [];
      }),
  };
}

/** The same answer for the same name: most are asked for again and again. */
function remembered<Name extends string, Found>(find: (name: Name) => Found): (name: Name) => Found {
  const known = new Map<Name, { readonly found: Found }>();
  return name => {
    const kept = known.get(name) ?? { found: find(name) };
    known.set(name, kept);
    return kept.found;
  };
}

/** The kustomization files of the path's own folder that name it. */
function namedBeside(path: string, facts: (file: string) => FileFacts | undefined): string[] {
  if (path === '') return [];
  return kustomizationFiles(folderOf(path)).filter(file => {
    const found = facts(file);
    return found?.kind === 'kustomization' && found.names.includes(path);
  });
}

/** The files that may make a folder a kustomization. */
export function kustomizationFiles(folder: string): string[] {
  return KUSTOMIZATION_NAMES.map(name => (folder === '' ? name : `${folder}/${name}`));
}

function valuesOf(text: string, letter: 'f' | 'r' | 'n' | 'm', key: string): string[] {
  const prefix = `${letter}\t${escaped(key)}\t`;
  return linesOf(text, prefix).map(line => line.slice(prefix.length));
}

/** The lines of a sorted text that start with the prefix, which holds all of the letter, the tab, and at least a part of the key. */
export function linesOf(text: string, prefix: string): string[] {
  const found: string[] = [];
  for (let start = lowerBound(text, prefix); text.startsWith(prefix, start); ) {
    const end = text.indexOf('\n', start);
    found.push(text.slice(start, end));
    start = end + 1;
  }
  return found;
}

/** The offset of the first line that does not sort before the prefix. `low` and `high` always stand at a line's start. */
function lowerBound(text: string, prefix: string): number {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const start = middle === low ? low : text.lastIndexOf('\n', middle - 1) + 1;
    if (text.slice(start, start + prefix.length) < prefix) low = text.indexOf('\n', start) + 1;
    else high = start;
  }
  return low;
}

/** The values of further lines, whose letter sorts after those of the facts. */
export function encodeVotes(votes: ReadonlyMap<string, number>): string {
  return [...votes]
    .map(([name, count]) => `v\t${escaped(name)}\t${count}\n`)
    .sort()
    .join('');
}

export function openVotes(text: string): Map<string, number> {
  const lines = linesOf(text, 'v\t').map(line => line.split('\t'));
  return new Map(lines.map(([, name, count]) => [unescaped(name ?? ''), Number(count)]));
}

/** The index with the facts of some files replaced; undefined for a file that has none any more. */
export function layered(base: FactIndex, changed: ReadonlyMap<string, FileFacts | undefined>): FactIndex {
  const naming = new Map<string, string[]>();
  const named = new Map<string, string[]>();
  for (const [file, fact] of changed) {
    if (fact === undefined) continue;
    const { paths, applications } = namesIn(fact);
    for (const name of paths) append(naming, name, file);
    for (const name of applications) append(named, name, file);
  }
  let below: ReadonlyMap<string, readonly string[]> | undefined;
  const unchanged = (files: readonly string[]) => files.filter(file => !changed.has(file));
  return {
    facts: file => (changed.has(file) ? changed.get(file) : base.facts(file)),
    naming: remembered(path => [...unchanged(base.naming(path)), ...(naming.get(path) ?? [])].sort()),
    namingBelow: folder => {
      below ??= byFolderAbove(naming);
      return [...unchanged(base.namingBelow(folder)), ...(below.get(folder) ?? [])].sort();
    },
    marked: remembered(mark => {
      const added = [...changed].filter(([, fact]) => fact !== undefined && marksOf(fact).includes(mark));
      return [...unchanged(base.marked(mark)), ...added.map(([file]) => file)].sort();
    }),
    named: application => [...unchanged(base.named(application)), ...(named.get(application) ?? [])].sort(),
    files: (folder, kind) => {
      const added = [...changed].filter(
        ([file, fact]) => fact?.kind === kind && file !== folder && isWithin(file, folder),
      );
      return [...unchanged(base.files(folder, kind)), ...added.map(([file]) => file)].sort();
    },
  };
}

/** What is known by paths, by each folder above one of them. */
function byFolderAbove(known: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [path, files] of known) {
    for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
      for (const file of files) append(found, folder, file);
    }
  }
  return found;
}

function append(map: Map<string, string[]>, key: string, value: string): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
