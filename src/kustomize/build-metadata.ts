import { posix } from 'node:path';
import { at, entries, items, type MapNode, type Span, text } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import { writeScalar } from '../yaml/write-scalar.ts';
import type { Accumulation } from './accumulation.ts';
import type { Budget } from './budget.ts';
import { METADATA_LABELS } from './field-spec-tables.ts';
import { addPairs } from './labels.ts';
import type { Layer } from './layer.ts';
import { mapField, type Resource, restoreField, scalarNode, scalarText, textAt } from './resource.ts';

/** The version whose meaning is followed, as it writes it into a label. */
const MANAGED_BY = 'kustomize-v5.8.1';

export const ORIGIN = 'config.kubernetes.io/origin';
const TRANSFORMATIONS = 'alpha.config.kubernetes.io/transformations';

/** The options of `buildMetadata` that note in annotations how each object was made (api/resource/origin.go). */
const NOTES: ReadonlyMap<string, string> = new Map([
  ['originAnnotations', ORIGIN],
  ['transformerAnnotations', TRANSFORMATIONS],
]);

/** A build that notes how its objects are made. */
export interface Tracking {
  /** The folder that is built: paths are told from here. */
  readonly folder: string;
  /** The option that asks for it, whichever comes first. */
  readonly span: Span;
  /** The option that asks for a note, by the note's key. */
  readonly spans: ReadonlyMap<string, Span>;
}

/** Whether the build of this outermost kustomization notes how its objects are made. */
export function trackingOf({ root, folder }: Layer): Tracking | undefined {
  const spans = new Map<string, Span>();
  for (const option of items(at(root, 'buildMetadata'))) {
    const key = NOTES.get(scalarText(option));
    if (key !== undefined && !spans.has(key)) spans.set(key, option.span);
  }
  const [span] = spans.values();
  return span && { folder, span, spans };
}

/** One of kustomize's own generators or transformers, and where it is configured. */
export interface Plugin {
  readonly file: string;
  readonly kind: string;
  /** The document that configures it; absent for a field of the kustomization. */
  readonly document?: MapNode;
}

/** The plugin that a document configures. */
export function pluginOf(document: MapNode): Plugin {
  return { file: document.span.source.file, kind: text(document, 'kind') ?? '', document };
}

/** Notes the file that objects were read from. */
export function noteFile({ tracking, budget }: Accumulation, resources: readonly Resource[], file: string): void {
  if (tracking === undefined) return;
  const origin = `path: ${plain(posix.relative(tracking.folder, file))}\n`;
  budget.spendText(origin.length, resources.length, tracking.span);
  for (const { root } of resources) annotate(root, ORIGIN, origin, tracking);
}

/** Notes what generates an object, unless the object says so itself. */
export function noteGenerator({ tracking, budget }: Accumulation, { root }: Resource, by: Plugin): void {
  if (tracking === undefined || noteIn(root, ORIGIN) !== '') return;
  const origin = linesOf(by, tracking).join('\n');
  budget.spendText(origin.length, 1, tracking.span);
  annotate(root, ORIGIN, `${origin}\n`, tracking);
}

/** Notes on all objects that a transformer has passed them. One whose origin a patch took away seems to be made by it. */
export function noteTransformer({ tracking, budget, resources }: Accumulation, by: Plugin): void {
  if (tracking === undefined) return;
  const lines = linesOf(by, tracking);
  const origin = `${lines.join('\n')}\n`;
  const step = `- ${lines.join('\n  ')}\n`;
  for (const { root } of resources) {
    const isKnown = noteIn(root, ORIGIN) !== '';
    const note = isKnown ? noteIn(root, TRANSFORMATIONS) + step : origin;
    budget.spendText(note.length, 1, tracking.span);
    annotate(root, isKnown ? TRANSFORMATIONS : ORIGIN, note, tracking);
  }
}

function linesOf({ file, kind, document }: Plugin, { folder }: Tracking): string[] {
  const name = document && textAt(document, 'metadata', 'name');
  const namespace = document && textAt(document, 'metadata', 'namespace');
  const by = ['  apiVersion: builtin', `  kind: ${kind}`];
  if (name) by.push(`  name: ${plain(name)}`);
  if (namespace) by.push(`  namespace: ${plain(namespace)}`);
  return [`configuredIn: ${plain(posix.relative(folder, file))}`, 'configuredBy:', ...by];
}

function plain(value: string): string {
  return writeScalar(value, { indent: 0, column: 0, isKey: true });
}

function noteIn(root: MapNode, key: string): string {
  return textAt(root, 'metadata', 'annotations', key);
}

function annotate(root: MapNode, key: string, value: string, tracking: Tracking): void {
  const span = tracking.spans.get(key) ?? tracking.span;
  const metadata = mapField(root, 'metadata', span);
  const annotations = metadata && mapField(metadata, 'annotations', span);
  if (annotations !== undefined) restoreField(annotations, key, scalarNode(value, span));
}

/** `buildMetadata: [managedByLabel]` of the outermost kustomization. */
export function addManagedBy(resources: readonly Resource[], layer: Layer, problems: Problem[], budget: Budget): void {
  const option = items(at(layer.root, 'buildMetadata')).find(item => scalarText(item) === 'managedByLabel');
  if (option === undefined) return;
  const { span } = option;
  const label = { key: span, value: scalarNode(MANAGED_BY, span) };
  const pairs: MapNode = { kind: 'map', entries: new Map([['app.kubernetes.io/managed-by', label]]), span };
  addPairs(resources, pairs, [METADATA_LABELS], problems, budget);
}

/** Annotations that kustomize uses for itself and takes out of what it writes (api/resource, BuildAnnotations). */
const INTERNAL =
  /^(?:internal\.config\.kubernetes\.io\/|(?:alpha\.)?config\.kubernetes\.io\/(?:origin|transformations|path|index)$|config\.k8s\.io\/id$)/;

/** Takes kustomize's own notes out of the objects, but for those that the kustomization asks for. */
export function removeInternal(resources: readonly Resource[], layer: Layer): void {
  const wanted = items(at(layer.root, 'buildMetadata')).map(option => NOTES.get(scalarText(option)));
  for (const { root } of resources) {
    const annotations = at(root, 'metadata', 'annotations');
    if (annotations?.kind !== 'map') continue;
    for (const [key] of [...entries(annotations)]) {
      if (INTERNAL.test(key) && !wanted.includes(key)) annotations.entries.delete(key);
    }
  }
}
