import { parseReference } from '../image/reference.ts';
import { readTag } from '../image/tag.ts';
import { at, entries, items, type Node, type Path, scalar, text } from '../yaml/node.ts';
import type { KubeObject } from './object.ts';
import { type Container, containers } from './workload.ts';

/** A flag of external-dns where it is set. */
export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  /** Undefined for one that is only there or not. */
  readonly value: string | undefined;
  readonly path: Path;
}

export interface RunsExternalDns {
  /** Where it is told how to run. */
  readonly path: Path;
  /** Where its version stands. */
  readonly versionPath: Path;
  /** A flag that may be repeated is there more than once. */
  readonly flags: readonly Flag[];
  /** The minor release of its major 0; undefined where the tag is no version of it. */
  readonly minor: number | undefined;
}

/** The external-dns that the object's pods run; see docs/flags.md in kubernetes-sigs/external-dns. */
export function externalDnsOf(object: KubeObject): RunsExternalDns | undefined {
  for (const container of containers(object)) {
    const reference = parseReference(container.image ?? '');
    if (reference?.name !== 'external-dns') continue;
    const { path, imagePath } = container;
    return { path, versionPath: imagePath, flags: flagsOf(container), minor: minorOf(reference.tag) };
  }
  return undefined;
}

/** The values of the project's own chart that become flags (charts/external-dns/values.yaml upstream). */
const VALUES: ReadonlyMap<string, string> = new Map([
  ['registry', 'registry'],
  ['txtOwnerId', 'txt-owner-id'],
  ['txtPrefix', 'txt-prefix'],
  ['txtSuffix', 'txt-suffix'],
  ['annotationPrefix', 'annotation-prefix'],
  ['policy', 'policy'],
]);

/** The first chart whose minor is that of external-dns (charts/external-dns/CHANGELOG.md upstream). */
const FIRST_OF_ONE_NUMBER = 15n;

/**
 * The external-dns that an Argo CD Application installs by the project's own chart. Undefined where its values are a text
 * or come from elsewhere, so that they are not known.
 */
export function externalDnsChartOf({ id, root }: KubeObject): RunsExternalDns | undefined {
  const source: Path = ['spec', 'source'];
  if (id.group !== 'argoproj.io' || id.kind !== 'Application' || text(root, ...source, 'chart') !== 'external-dns')
    return undefined;
  if (!/kubernetes-sigs/.test(text(root, ...source, 'repoURL') ?? '')) return undefined;
  const helm = [...entries(at(root, ...source, 'helm'))].map(([key]) => key);
  if (helm.some(key => key !== 'valuesObject' && key !== 'releaseName')) return undefined;
  const path = [...source, 'helm', 'valuesObject'];
  const flags = [...entries(at(root, ...path))].flatMap(([key, { value }]): Flag[] => {
    const [name, set] = [VALUES.get(key), scalar(value)];
    return name === undefined || set === undefined || set === null
      ? []
      : [{ name, value: String(set), path: [...path, key] }];
  });
  const versionPath = [...source, 'targetRevision'];
  return {
    path,
    versionPath,
    flags: [...flags, ...extraFlags(root, path)],
    minor: minorOfChart(text(root, ...versionPath)),
  };
}

function extraFlags(root: Node, path: Path): Flag[] {
  const words = items(at(root, ...path, 'extraArgs')).map((item, index) => ({
    text: String(scalar(item) ?? ''),
    path: [...path, 'extraArgs', index],
  }));
  return flagsIn(words);
}

function minorOfChart(version: string | undefined): number | undefined {
  const read = readTag(version ?? '');
  const [major, minor = 0n] = read.scheme === 'version' ? read.parts : [];
  return major === 1n && minor >= FIRST_OF_ONE_NUMBER ? Number(minor) : undefined;
}

/** `--flag=value` and `--flag value`, in the command and its arguments. */
function flagsOf({ node, path }: Container): Flag[] {
  const words = (['command', 'args'] as const).flatMap(field =>
    items(at(node, field)).map((item, index) => ({ text: String(scalar(item) ?? ''), path: [...path, field, index] })),
  );
  return flagsIn(words);
}

function flagsIn(words: readonly { readonly text: string; readonly path: Path }[]): Flag[] {
  return words.flatMap((word, index): Flag[] => {
    const [, name, value] = /^--([\w-]+)(?:=(.*))?$/s.exec(word.text) ?? [];
    if (name === undefined) return [];
    const next = words[index + 1];
    if (value !== undefined || next === undefined || next.text.startsWith('-'))
      return [{ name, value, path: word.path }];
    return [{ name, value: next.text, path: next.path }];
  });
}

function minorOf(tag: string | undefined): number | undefined {
  const read = readTag(tag ?? '');
  return read.scheme === 'version' && read.parts[0] === 0n ? Number(read.parts[1] ?? 0n) : undefined;
}

/** The values of a flag, those with commas taken apart. */
export function valuesOf({ flags }: RunsExternalDns, name: string): string[] {
  return flags.flatMap(flag => (flag.name === name ? (flag.value ?? '').split(',') : []));
}

/** Settings by which external-dns knows the records that it made; docs/registry and docs/flags.md upstream. */
const REGISTRY: ReadonlyMap<string, string> = new Map([
  ['registry', 'txt'],
  ['txt-owner-id', 'default'],
  ['txt-prefix', ''],
  ['txt-suffix', ''],
  ['txt-wildcard-replacement', ''],
]);

/** The release that reads annotations by another prefix unless it is told (docs/annotations/annotations.md upstream). */
const SHORT_PREFIX_SINCE = 22;

/** A setting whose change makes external-dns lose hold of records, by both its values and where it is set now. */
export interface LostHold {
  readonly setting: string;
  readonly from: string;
  readonly to: string;
  readonly path: Path;
  /** The records that it made are no longer its own, or the objects that asked for records no longer ask. */
  readonly what: 'records' | 'annotations';
}

/** What a change of one external-dns to another makes it lose hold of. */
export function lostHolds(before: RunsExternalDns, after: RunsExternalDns): LostHold[] {
  const last = (side: RunsExternalDns, name: string) => side.flags.findLast(flag => flag.name === name);
  const found: LostHold[] = [];
  for (const [name, otherwise] of REGISTRY) {
    const now = last(after, name);
    const [from, to] = [last(before, name)?.value ?? otherwise, now?.value ?? otherwise];
    if (from === to || isFilledIn(from) || isFilledIn(to)) continue;
    if (name === 'txt-owner-id' && last(after, 'migrate-from-txt-owner')?.value === from) continue;
    found.push({ setting: `--${name}`, from, to, path: now?.path ?? after.path, what: 'records' });
  }
  const prefix = last(after, 'annotation-prefix');
  const [from, to] = [before, after].map(side => last(side, 'annotation-prefix')?.value ?? prefixOf(side.minor));
  if (from !== undefined && to !== undefined && from !== to) {
    const path = prefix?.path ?? after.versionPath;
    found.push({ setting: 'the prefix of annotations', from, to, path, what: 'annotations' });
  }
  return found;
}

function prefixOf(minor: number | undefined): string | undefined {
  if (minor === undefined) return undefined;
  return minor < SHORT_PREFIX_SINCE ? 'external-dns.alpha.kubernetes.io/' : 'external-dns.kubernetes.io/';
}

/** What Kubernetes or another tool puts a value in place of. */
function isFilledIn(value: string): boolean {
  return /\$[({]|\{\{/.test(value);
}
