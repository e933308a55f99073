import type { Tree } from '../git/tree.ts';
import { parseReference, shortDigest, versionOf } from '../image/reference.ts';
import { nearest } from '../kubernetes/object.ts';
import { imagesOf } from '../kubernetes/workload.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import type { Renderer } from '../kustomize/renderer.ts';
import { parse } from '../yaml/parse.ts';
import { rendererOf } from './build-options.ts';
import type { RepositoryMap } from './map.ts';
import { readSources } from './read-sources.ts';
import { renderUnit } from './render-unit.ts';
import type { Unit } from './unit.ts';
import { componentVersions } from './versions.ts';

/** Something whose version moves: an image by its repository, a chart by its name or address, a tracked component. */
export interface Moving {
  readonly kind: 'image' | 'chart' | 'component';
  readonly name: string;
  readonly version: string;
}

/** What a sibling has of the name's last part. That of another repository is no evidence by itself. */
export interface Named {
  readonly name: string;
  readonly version: string | undefined;
  /** Of an image that is pinned to its content, as far as people compare it. */
  readonly digest?: string | undefined;
  /** The file that sets it. */
  readonly file: string;
}

/** The place on staging that belongs to a unit: another unit, or the same file of versions for staging. */
export interface Sibling {
  readonly name: string;
  /** What it has at a tree. The renderer is one for that tree. */
  readonly at: (tree: Tree, renderer?: Renderer) => Promise<readonly Named[]>;
}

export function siblingsOf(unit: Unit, { kind, name }: Moving, map: RepositoryMap): Sibling[] {
  if (kind === 'component') return map.counterpartFiles(unit.name, 'staging').map(file => versionsFile(file, name));
  return map.siblings(unit, 'staging').map(sibling => ({
    name: sibling.name,
    at: async (tree, renderer = rendererOf(tree)) => {
      const rendered = await renderUnit(sibling, renderer, tree);
      const named = kind === 'image' ? imagesIn(rendered) : chartsIn(rendered);
      return named.filter(one => lastPart(one.name) === lastPart(name));
    },
  }));
}

/** Whether both are the same thing: a chart may be named with its registry or without. */
export function isSame(moving: Moving, { name }: Named): boolean {
  return name === moving.name || (moving.kind === 'chart' && !moving.name.includes('/'));
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** Those of the objects, and those that a kustomization sets in content that is not here. */
function imagesIn({ objects, gaps }: Rendered): Named[] {
  const ofObjects = objects.flatMap(object =>
    imagesOf(object).flatMap(({ text, path }) => imageNamed(text, nearest(object, path).span.source.file)),
  );
  const ofGaps = gaps
    .filter(({ kind }) => kind === 'image')
    .flatMap(({ version = '', span }) => imageNamed(version, span.source.file));
  return [...ofObjects, ...ofGaps];
}

function imageNamed(text: string, file: string): Named[] {
  const reference = parseReference(text);
  if (reference === undefined) return [];
  return [{ name: reference.repository, version: versionOf(reference), digest: shortDigest(reference), file }];
}

function chartsIn({ gaps }: Rendered): Named[] {
  const charts = gaps.filter(({ kind }) => kind === 'helm-chart');
  return charts.map(({ what, version, span }) => ({ name: what, version, file: span.source.file }));
}

function versionsFile(file: string, component: string): Sibling {
  return {
    name: file,
    at: async tree => {
      const { sources } = await readSources(tree, [file]);
      const stated = sources.flatMap(source => parse(source, 'kustomize').documents.flatMap(componentVersions));
      return stated.filter(({ name }) => name === component).map(({ name, version }) => ({ name, version, file }));
    },
  };
}
