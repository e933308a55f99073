import { fullRepository, parseReference } from '../image/reference.ts';
import { at, entries, items, type MapNode, type Node, type Source, scalar, text } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { type ComponentSource, type Placed, placed } from './components.ts';
import { type HclBlock, HclError, type HclValue, parseHcl } from './hcl.ts';

/** A version that stands in one of the usual fields of a file. */
export interface VersionCandidate {
  readonly version: Placed;
  /** What it is the version of: the names and addresses beside it. */
  readonly of: string;
  /** Where that is published, as far as the file says it. */
  readonly source: ComponentSource | undefined;
}

/** The versions of Applications, `images`, `helmCharts`, dependencies, images, remote bases, providers and modules. */
export function versionCandidates(source: Source): VersionCandidate[] {
  if (/\.(?:tf|tofu)$/.test(source.file)) return [...versionsOfTerraform(source)];
  if (!/\.(?:ya?ml|json)$/i.test(source.file)) return [];
  return parse(source, 'kubectl').documents.flatMap(document => [...versionsIn(document)]);
}

/** Fields that name what a version beside them belongs to, and fields that hold a version. */
const NAMES = ['chart', 'name', 'repoURL', 'repository', 'newName'];
const VERSIONS = ['targetRevision', 'newTag', 'version', 'tag', 'appVersion'];

function* versionsIn(node: Node): Iterable<VersionCandidate> {
  if (node.kind === 'map') yield* fieldsOf(node);
  for (const [key, { value }] of entries(node)) {
    if (key === 'image' || key === 'resources' || key === 'components' || key === 'bases') yield* referencesIn(value);
    yield* versionsIn(value);
  }
  for (const item of items(node)) yield* versionsIn(item);
}

function* fieldsOf(node: MapNode): Iterable<VersionCandidate> {
  const of = NAMES.flatMap(name => text(node, name) ?? []).join(' ');
  for (const field of VERSIONS) {
    const version = of === '' ? undefined : placed(at(node, field));
    if (version !== undefined && /\d/.test(version.text)) yield { version, of, source: sourceBeside(node, field) };
  }
}

/** Argo CD's and Kustomize's charts, a chart's dependencies, `images` of Kustomize. */
function sourceBeside(node: MapNode, field: string): ComponentSource | undefined {
  const address = text(node, 'repoURL') ?? text(node, 'repo') ?? text(node, 'repository');
  if (field === 'newTag') return imageSource(text(node, 'newName') ?? text(node, 'name') ?? '');
  if (field === 'tag') return imageSource([text(node, 'registry'), text(node, 'repository')].filter(Boolean).join('/'));
  if (address === undefined) return undefined;
  const chart = text(node, 'chart') ?? (field === 'version' ? text(node, 'name') : undefined);
  return chart === undefined ? repositorySource(address) : chartSource(address, chart);
}

function* referencesIn(node: Node): Iterable<VersionCandidate> {
  for (const item of node.kind === 'seq' ? node.items : [node]) {
    const of = scalar(item);
    const version = versionOf(item);
    if (typeof of !== 'string' || version === undefined || version.text === of) continue;
    yield { version, of, source: of.includes('://') ? repositorySource(of) : imageSource(of) };
  }
}

/** The part of a value that is a version: an image's tag, the ref of a remote base, or all of it. */
export function versionOf(node: Node | undefined): Placed | undefined {
  const whole = placed(node);
  if (whole === undefined) return undefined;
  const [, before = '', part] = REFERENCE.exec(whole.text) ?? [];
  if (part === undefined) return whole;
  const { source, start } = whole.span;
  const from = start + before.length;
  return { text: part, span: { source, start: from, end: from + part.length } };
}

/** `...?ref=v1.2.3`, `.../download/v1.2.3/...`, `registry.example/name:1.2.3`, with a digest behind it maybe. */
const REFERENCE = /^(.*[?&]ref=|.*\/(?=v?\d+\.\d+[^/]*\/)|[^@]*[^:/@]:(?=v?\d[^/]*$))([^&/@]+)/;

function* versionsOfTerraform(source: Source): Iterable<VersionCandidate> {
  try {
    for (const block of parseHcl(source).blocks) yield* versionsInBlock(block);
  } catch (error) {
    if (!(error instanceof HclError)) throw error;
    // A file that is not HCL states nothing.
  }
}

/** `required_providers`, modules of a registry, and charts that Terraform installs. */
function* versionsInBlock({ type, labels, attributes, blocks }: HclBlock): Iterable<VersionCandidate> {
  const name = labels.at(-1) ?? '';
  if (type === 'required_providers') {
    for (const [provider, value] of attributes) {
      if (value.kind === 'object') yield* stated(value.entries, `${provider} ${textOf(value.entries.get('source'))}`);
    }
  }
  if (type === 'module') yield* stated(attributes, `${name} ${textOf(attributes.get('source'))}`);
  if (type === 'resource' && labels[0] === 'helm_release') {
    const [repository, chart] = [textOf(attributes.get('repository')), textOf(attributes.get('chart'))];
    const version = constraint(attributes.get('version'));
    if (version !== undefined) yield { version, of: `${name} ${chart}`, source: chartSource(repository, chart) };
  }
  for (const block of blocks) yield* versionsInBlock(block);
}

function* stated(fields: ReadonlyMap<string, HclValue>, of: string): Iterable<VersionCandidate> {
  const version = constraint(fields.get('version'));
  // A part of a module follows behind `//`.
  const address = textOf(fields.get('source')).replace(/\/\/.*$/, '');
  const isRegistry = /^[\w-]+\/[\w-]+(?:\/[\w-]+)?$/.test(address);
  if (version !== undefined)
    yield { version, of, source: isRegistry ? sourceOf('terraform', { repo: address }) : undefined };
}

/** The version in `"~> 1.49"`; a constraint of several parts has none that one could raise. */
function constraint(value: HclValue | undefined): Placed | undefined {
  if (value?.kind !== 'literal' || typeof value.value !== 'string') return undefined;
  const [, version] = /^(?:~>|=|>=)?\s*(v?\d[\w.+-]*)$/.exec(value.value) ?? [];
  const { source, start, end } = value.span;
  const offset = version === undefined ? -1 : source.text.slice(start, end).indexOf(version);
  if (version === undefined || offset < 0) return undefined;
  return { text: version, span: { source, start: start + offset, end: start + offset + version.length } };
}

function textOf(value: HclValue | undefined): string {
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : '';
}

function chartSource(address: string, chart: string): ComponentSource | undefined {
  if (address === '' || chart === '') return undefined;
  const isRegistry = address.startsWith('oci://') || !address.includes('://');
  return sourceOf(isRegistry ? 'oci' : 'helm', { url: address, chart });
}

function imageSource(reference: string): ComponentSource | undefined {
  const image = parseReference(reference);
  return image && sourceOf('docker', { repo: fullRepository(image) });
}

function repositorySource(address: string): ComponentSource | undefined {
  const [, host, repository] = /^https:\/\/(github\.com|gitlab\.com)\/([\w-][\w.-]*\/[\w-][\w.-]*)/.exec(address) ?? [];
  if (host === undefined || repository === undefined) return undefined;
  return sourceOf(host === 'github.com' ? 'github' : 'gitlab', { repo: repository.replace(/\.git$/, '') });
}

function sourceOf(type: string, fields: Readonly<Record<string, string>>): ComponentSource {
  return { type, fields: new Map(Object.entries(fields)) };
}
