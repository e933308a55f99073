import { at, items, type Node, type ScalarNode, text } from '../yaml/node.ts';
import { type Accumulation, isIncomplete } from './accumulation.ts';
import { valuesIn } from './budget.ts';
import { noteTransformer } from './build-metadata.ts';
import type { FieldSpec } from './field-spec.ts';
import { imageOfGap, patchOfGap, setOnGaps } from './gap-targets.ts';
import { setImages } from './images.ts';
import { addPairs, labelSpecs } from './labels.ts';
import type { Layer } from './layer.ts';
import { addAffix } from './names.ts';
import { setNamespace } from './namespace.ts';
import { applyJson6902, applyPatch, applyStrategicMerge, type Patched } from './patches.ts';
import { applyReplacement } from './replacements.ts';
import { setReplicas } from './replicas.ts';
import { textAt } from './resource.ts';

/** The fields of a kustomization that change objects, in kustomize's order, whatever their order in the file. */
export function transform(accumulation: Accumulation, layer: Layer): void {
  const { root } = layer;
  const { problems } = accumulation;
  const listed = (field: string) => items(at(root, field));
  const filled = (field: string) => (textAt(root, field) === '' ? undefined : scalarAt(root, field));
  const specs = () => accumulation.config.specs;
  const passed = (kind: string) => noteTransformer(accumulation, { file: layer.file, kind });
  spendFields(accumulation, root);
  patch(accumulation, layer, applyStrategicMerge, listed('patchesStrategicMerge'));
  if (listed('patchesStrategicMerge').length > 0) passed('PatchStrategicMergeTransformer');
  for (const entry of listed('patches')) {
    patch(accumulation, layer, applyPatch, [entry]);
    passed('PatchTransformer');
  }
  const namespace = filled('namespace');
  if (namespace !== undefined) {
    const options = { specs: specs().namespace, subjects: 'defaultOnly', unsetOnly: false } as const;
    setNamespace(accumulation.resources, namespace, options, problems);
    passed('NamespaceTransformer');
  }
  const prefix = filled('namePrefix');
  if (prefix !== undefined) {
    addAffix(accumulation.resources, prefix, 'prefix', specs().namePrefix, problems);
    passed('PrefixTransformer');
  }
  const suffix = filled('nameSuffix');
  if (suffix !== undefined) {
    addAffix(accumulation.resources, suffix, 'suffix', specs().nameSuffix, problems);
    passed('SuffixTransformer');
  }
  label(accumulation, root, () => passed('LabelTransformer'));
  const annotations = at(root, 'commonAnnotations');
  addPairs(accumulation.resources, annotations, specs().commonAnnotations, problems, accumulation.budget);
  if (hasEntries(annotations)) passed('AnnotationsTransformer');
  setOnGaps(accumulation.gaps, root);
  for (const entry of listed('patchesJson6902')) {
    patch(accumulation, layer, applyJson6902, [entry]);
    passed('PatchJson6902Transformer');
  }
  for (const entry of listed('replicas')) {
    replicate(accumulation, entry, specs().replicas);
    passed('ReplicaCountTransformer');
  }
  const images = [...listed('images'), ...listed('imageTags')];
  tag(accumulation, layer, images);
  for (const _ of images) passed('ImageTagTransformer');
  for (const entry of listed('replacements')) applyReplacement(context(accumulation, layer), entry);
  if (listed('replacements').length > 0) passed('ReplacementTransformer');
}

/** `labels`, then `commonLabels`: kustomize has one transformer for each entry, and the last one as soon as it has any. */
function label(accumulation: Accumulation, root: Node, passed: () => void): void {
  const { resources, config, problems, budget } = accumulation;
  const labels = items(at(root, 'labels'));
  for (const entry of labels) {
    addPairs(resources, at(entry, 'pairs'), labelSpecs(entry, config, problems), problems, budget);
    passed();
  }
  const common = at(root, 'commonLabels');
  if (labels.length === 0 && !hasEntries(common)) return;
  addPairs(resources, common, config.specs.commonLabels, problems, budget);
  passed();
}

function hasEntries(node: Node | undefined): boolean {
  return node?.kind === 'map' && node.entries.size > 0;
}

/** Fields whose entries each go through all objects. */
const THROUGH_ALL = ['labels', 'commonLabels', 'commonAnnotations', 'replicas', 'images', 'imageTags'];

function spendFields({ resources, budget }: Accumulation, root: Node): void {
  for (const field of THROUGH_ALL) budget.spend(resources.length * valuesIn(at(root, field)), root.span);
  for (const field of ['namespace', 'namePrefix', 'nameSuffix']) {
    budget.spendText(textAt(root, field).length, resources.length, root.span);
  }
}

/** The scalar in a field; undefined for anything else. */
export function scalarAt(root: Node, field: string): ScalarNode | undefined {
  const node = at(root, field);
  return node?.kind === 'scalar' ? node : undefined;
}

/** A build as patches and replacements see it. */
export function context(accumulation: Accumulation, layer: Layer): Patched {
  const { resources, shapes, problems, gaps, budget } = accumulation;
  const incomplete = isIncomplete(accumulation);
  return { resources, shapes, targets: layer.targets, incomplete, problems, gaps, budget };
}

/** Applies each entry of a field of patches. */
export function patch(
  accumulation: Accumulation,
  layer: Layer,
  apply: (build: Patched, entry: Node) => void,
  entries: readonly Node[],
): void {
  for (const entry of entries) {
    const build = context(accumulation, layer);
    apply(build, entry);
    accumulation.resources = build.resources;
  }
}

/** One entry of `replicas`, which must find an object. */
export function replicate(accumulation: Accumulation, entry: Node, specs: readonly FieldSpec[]): void {
  const { resources, problems } = accumulation;
  if (setReplicas(resources, entry, specs, problems)) return;
  const name = text(entry, 'name') ?? '';
  patchOfGap(accumulation.gaps, `replicas of ${name}`, entry, entry.span);
  if (isIncomplete(accumulation)) return;
  const message = `replicas names ${name}, and there is no Deployment, StatefulSet, ReplicaSet or ReplicationController of that name`;
  problems.push({ code: 'kustomization-refused', message, span: (at(entry, 'name') ?? entry).span });
}

function tag(accumulation: Accumulation, layer: Layer, images: readonly Node[]): void {
  const { resources, config, problems } = accumulation;
  for (const entry of setImages(resources, images, config.specs.images, problems)) {
    imageOfGap(accumulation.gaps, entry);
    // A component is written for many parents; one without the image is no mistake.
    if (layer.component || isIncomplete(accumulation)) continue;
    const name = text(entry, 'name') ?? '';
    const message = `no image of this kustomization has the name ${name}, so the entry changes nothing`;
    problems.push({ code: 'images-entry-matches-nothing', message, span: (at(entry, 'name') ?? entry).span });
  }
}
