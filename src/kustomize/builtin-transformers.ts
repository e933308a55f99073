import { at, clone, equal, items, type MapNode, type Node, scalar, text } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Accumulation } from './accumulation.ts';
import { setImages } from './images.ts';
import { addPairs } from './labels.ts';
import type { Layer } from './layer.ts';
import { addHashes } from './name-hash.ts';
import { addAffix } from './names.ts';
import { type Subjects, setNamespace } from './namespace.ts';
import { applyJson6902, applyMergeText, applyPatch, applyStrategicMerge } from './patches.ts';
import { applyReplacement } from './replacements.ts';
import { readSpecs } from './transformer-config.ts';
import { context, patch, replicate, scalarAt } from './transformers.ts';
import { addValue } from './value-add.ts';

type Transformer = (accumulation: Accumulation, document: MapNode, layer: Layer) => void;
type SimpleTransformer = (accumulation: Accumulation, document: MapNode) => void;

/** kustomize's own transformers, each configured by a document of its own (kubernetes-sigs/kustomize, plugin/builtin). */
const TRANSFORMERS: ReadonlyMap<string, Transformer> = new Map<string, Transformer>([
  ['AnnotationsTransformer', pairs('annotations')],
  ['LabelTransformer', pairs('labels')],
  ['PrefixTransformer', affix('prefix')],
  ['SuffixTransformer', affix('suffix')],
  [
    'PrefixSuffixTransformer',
    (accumulation, document) => {
      for (const side of ['prefix', 'suffix'] as const) affix(side)(accumulation, document);
    },
  ],
  ['NamespaceTransformer', transformNamespace],
  [
    'ImageTagTransformer',
    ({ resources, problems }, document) => {
      const entry = at(document, 'imageTag');
      if (entry !== undefined) setImages(resources, [entry], readSpecs(at(document, 'fieldSpecs')), problems);
    },
  ],
  [
    'ReplicaCountTransformer',
    (accumulation, document) => {
      const entry = at(document, 'replica');
      if (entry !== undefined) replicate(accumulation, entry, readSpecs(at(document, 'fieldSpecs')));
    },
  ],
  ['HashTransformer', ({ resources }) => addHashes(resources)],
  ['ValueAddTransformer', addValue],
  ['PatchTransformer', (accumulation, document, layer) => patch(accumulation, layer, applyPatch, [document])],
  [
    'PatchStrategicMergeTransformer',
    (accumulation, document, layer) => {
      patch(accumulation, layer, applyStrategicMerge, items(at(document, 'paths')));
      const text = document.entries.get('patches');
      if (text !== undefined) patch(accumulation, layer, applyMergeText, [text.value]);
    },
  ],
  [
    'PatchJson6902Transformer',
    (accumulation, document, layer) => patch(accumulation, layer, applyJson6902, [withPatchField(document)]),
  ],
  [
    'ReplacementTransformer',
    (accumulation, document, layer) => {
      for (const entry of items(at(document, 'replacements'))) applyReplacement(context(accumulation, layer), entry);
    },
  ],
]);

/** Whether the build has the transformer of that kind. */
export function isBuiltinTransformer(kind: string): boolean {
  return TRANSFORMERS.has(kind);
}

/** Applies the transformer that the document configures. */
export function transformBy(accumulation: Accumulation, layer: Layer, document: MapNode): void {
  TRANSFORMERS.get(text(document, 'kind') ?? '')?.(accumulation, document, layer);
}

/** A label that a validator may leave behind. */
const VALIDATED_BY = 'validated-by';

/** Applies a transformer as a validator, which must change nothing. */
export function validateBy(accumulation: Accumulation, layer: Layer, document: MapNode): void {
  const { resources, budget, problems } = accumulation;
  for (const { root } of resources) budget.spendCopy(root, document.span);
  const before = resources.map(({ root }) => clone(root));
  transformBy(accumulation, layer, document);
  const isSame =
    accumulation.resources.length === before.length &&
    accumulation.resources.every(({ root }, i) => equal(withoutMark(clone(root)), before[i]));
  if (!isSame) refuse('a validator changes the objects, which kustomize refuses', document, problems);
}

function withoutMark(root: MapNode): MapNode {
  const metadata = at(root, 'metadata');
  const labels = at(metadata, 'labels');
  if (
    labels?.kind === 'map' &&
    labels.entries.delete(VALIDATED_BY) &&
    labels.entries.size === 0 &&
    metadata?.kind === 'map'
  ) {
    metadata.entries.delete('labels');
  }
  return root;
}

function pairs(field: 'labels' | 'annotations'): SimpleTransformer {
  return ({ resources, problems, budget }, document) =>
    addPairs(resources, at(document, field), readSpecs(at(document, 'fieldSpecs')), problems, budget);
}

function affix(side: 'prefix' | 'suffix'): SimpleTransformer {
  return ({ resources, problems }, document) => {
    const node = scalarAt(document, side);
    const specs = at(document, 'fieldSpecs');
    if (specs === undefined) refuse(`a transformer of names has fieldSpecs, such as metadata/name`, document, problems);
    if (node !== undefined) addAffix(resources, node, side, readSpecs(specs), problems);
  };
}

function refuse(message: string, { span }: Node, problems: Problem[]): void {
  problems.push({ code: 'kustomization-refused', message, span });
}

function transformNamespace({ resources, problems }: Accumulation, document: MapNode): void {
  const namespace = at(document, 'metadata', 'namespace');
  if (namespace?.kind !== 'scalar') return;
  const wanted = text(document, 'setRoleBindingSubjects');
  const subjects: Subjects = wanted === 'allServiceAccounts' || wanted === 'none' ? wanted : 'defaultOnly';
  if (wanted !== undefined && wanted !== '' && wanted !== subjects) {
    const message = `setRoleBindingSubjects is ${wanted}, kustomize knows defaultOnly, allServiceAccounts and none`;
    refuse(message, document, problems);
  }
  const unsetOnly = scalar(document, 'unsetOnly') === true;
  const options = { specs: readSpecs(at(document, 'fieldSpecs')), subjects, unsetOnly };
  setNamespace(resources, namespace, options, problems);
}

/** The transformer calls `jsonOp` what `patchesJson6902` calls `patch`. */
function withPatchField(document: MapNode): MapNode {
  const operations = document.entries.get('jsonOp');
  if (operations === undefined) return document;
  return { ...document, entries: new Map([...document.entries, ['patch', operations]]) };
}
