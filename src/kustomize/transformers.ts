import { at, items, type Node, type ScalarNode, text } from '../yaml/node.ts';
import { type Accumulation, isIncomplete } from './accumulation.ts';
import { valuesIn } from './budget.ts';
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
  const specs = () => accumulation.config.specs;
  spendFields(accumulation, root);
  patch(accumulation, layer, applyStrategicMerge, listed('patchesStrategicMerge'));
  patch(accumulation, layer, applyPatch, listed('patches'));
  const namespace = scalarAt(root, 'namespace');
  if (namespace !== undefined) {
    const options = { specs: specs().namespace, subjects: 'defaultOnly', unsetOnly: false } as const;
    setNamespace(accumulation.resources, namespace, options, problems);
  }
  const prefix = scalarAt(root, 'namePrefix');
  if (prefix !== undefined) addAffix(accumulation.resources, prefix, 'prefix', specs().namePrefix, problems);
  const suffix = scalarAt(root, 'nameSuffix');
  if (suffix !== undefined) addAffix(accumulation.resources, suffix, 'suffix', specs().nameSuffix, problems);
  for (const entry of listed('labels')) {
    addPairs(accumulation.resources, at(entry, 'pairs'), labelSpecs(entry, accumulation.config, problems), problems);
  }
  addPairs(accumulation.resources, at(root, 'commonLabels'), specs().commonLabels, problems);
  addPairs(accumulation.resources, at(root, 'commonAnnotations'), specs().commonAnnotations, problems);
  setOnGaps(accumulation.gaps, root);
  patch(accumulation, layer, applyJson6902, listed('patchesJson6902'));
  for (const entry of listed('replicas')) replicate(accumulation, entry);
  tag(accumulation, layer, [...listed('images'), ...listed('imageTags')]);
  for (const entry of listed('replacements')) applyReplacement(context(accumulation, layer), entry);
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

function replicate(accumulation: Accumulation, entry: Node): void {
  const { resources, config, problems } = accumulation;
  if (setReplicas(resources, entry, config.specs.replicas, problems)) return;
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
