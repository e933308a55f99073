import { conform } from '../kustomize/conform.ts';
import { splitImage } from '../kustomize/images.ts';
import { KUSTOMIZATION_FIELDS } from '../kustomize/kustomization-fields.ts';
import type { KustomizationEdit } from '../kustomize/layer.ts';
import { scalarText } from '../kustomize/resource.ts';
import { at, entries, items, type MapEntry, type MapNode, type Node, type Span, scalar, text } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';

export type { KustomizationEdit } from '../kustomize/layer.ts';

/** A kustomization while it is edited. */
interface Draft {
  /** What the Application says, as kustomize's decoder would read it. */
  readonly wanted: MapNode;
  readonly fields: Map<string, MapEntry>;
  readonly environment: ReadonlyMap<string, string>;
  readonly refuse: (message: string, span: Span) => void;
}

/** Fields that `source.kustomize` shares with a kustomization, name and type. */
const SHARED = ['namePrefix', 'nameSuffix', 'namespace', 'commonLabels', 'commonAnnotations', 'patches', 'components'];

/**
 * What Argo CD does to a kustomization with `kustomize edit` for the fields of `source.kustomize`
 * (argoproj/argo-cd, util/kustomize/kustomize.go; kubernetes-sigs/kustomize, kustomize/commands/edit).
 */
export function kustomizationEdit(
  kustomize: MapNode,
  key: string,
  environment: ReadonlyMap<string, string>,
): KustomizationEdit {
  const apply = (root: MapNode, problems: Problem[]): MapNode => {
    const shared = new Map([...kustomize.entries].filter(([name]) => SHARED.includes(name)));
    const wanted = conform({ ...kustomize, entries: shared }, KUSTOMIZATION_FIELDS, problems);
    const refuse = (message: string, span: Span) =>
      void problems.push({ code: 'kustomization-refused', message, span });
    const draft: Draft = { wanted, fields: new Map(root.entries), environment, refuse };
    for (const field of ['namePrefix', 'nameSuffix', 'namespace']) setScalar(draft, field);
    setImages(draft, items(at(kustomize, 'images')));
    setReplicas(draft, items(at(kustomize, 'replicas')));
    addLabels(draft, kustomize);
    addAnnotations(draft, kustomize);
    append(draft, 'patches', items(at(wanted, 'patches')));
    const components = items(draft.fields.get('components')?.value).map(scalarText);
    const added = items(at(wanted, 'components')).filter(item => !components.includes(scalarText(item)));
    append(draft, 'components', added);
    return { ...root, entries: draft.fields };
  };
  return { key, apply };
}

function setScalar({ wanted, fields }: Draft, field: string): void {
  const entry = wanted.entries.get(field);
  if (entry !== undefined && scalarText(entry.value) !== '') fields.set(field, entry);
}

function append({ fields }: Draft, field: string, added: readonly Node[]): void {
  const [first] = added;
  if (first === undefined) return;
  const old = fields.get(field);
  const value: Node = { kind: 'seq', items: [...items(old?.value), ...added], span: old?.value.span ?? first.span };
  fields.set(field, { key: old?.key ?? first.span, value });
}

/** `kustomize edit set image`: entries take the place of those of their name, and all are sorted by name. */
function setImages(draft: Draft, wanted: readonly Node[]): void {
  if (wanted.length === 0) return;
  const { fields, refuse } = draft;
  const old = [...items(fields.get('images')?.value), ...items(fields.get('imageTags')?.value)];
  const images = new Map(old.map(entry => [scalarText(at(entry, 'name')), entry]));
  for (const item of wanted) {
    const written = expanded(scalarText(item), draft.environment);
    const [name, value] = written.includes('=') ? splitAt(written, '=') : [undefined, written];
    const image = splitImage(value);
    if (image.name === written) refuse(`${written} sets neither a name nor a tag nor a digest`, item.span);
    else images.set(name ?? image.name, imageEntry(name, image, images.get(name ?? image.name), item.span));
  }
  fields.delete('imageTags');
  fields.set('images', sortedByName(images, wanted));
}

/** An asterisk keeps what the entry of that name has. */
function imageEntry(
  name: string | undefined,
  image: { readonly name: string; readonly tag: string; readonly digest: string },
  old: Node | undefined,
  span: Span,
): MapNode {
  const values = { newName: name === undefined ? '' : image.name, newTag: image.tag, digest: image.digest };
  const fields = new Map<string, MapEntry>([['name', scalarEntry(name ?? image.name, span)]]);
  for (const [field, value] of Object.entries(values)) {
    const kept = old?.kind === 'map' ? old.entries.get(field) : undefined;
    if (value === '*' && kept !== undefined) fields.set(field, kept);
    else if (value !== '' && value !== '*') fields.set(field, scalarEntry(value, span, kept?.value));
  }
  return { kind: 'map', entries: fields, span };
}

/** `kustomize edit set replicas`: likewise by name, and sorted. */
function setReplicas({ fields, refuse }: Draft, wanted: readonly Node[]): void {
  if (wanted.length === 0) return;
  const replicas = new Map(items(fields.get('replicas')?.value).map(entry => [scalarText(at(entry, 'name')), entry]));
  for (const item of wanted) {
    const name = scalarText(at(item, 'name'));
    const count = at(item, 'count');
    const number = Number(scalarText(count));
    if (count === undefined || !Number.isInteger(number)) refuse(`the count of ${name} is no integer`, item.span);
    else
      replicas.set(name, {
        kind: 'map',
        entries: new Map([
          ['name', scalarEntry(name, item.span)],
          ['count', { key: count.span, value: { kind: 'scalar', value: number, span: count.span } }],
        ]),
        span: item.span,
      });
  }
  fields.set('replicas', sortedByName(replicas, wanted));
}

function sortedByName(named: ReadonlyMap<string, Node>, wanted: readonly Node[]): MapEntry {
  const [first] = wanted;
  const sorted = [...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, node]) => node);
  const span = (first ?? sorted[0])?.span;
  if (span === undefined) throw new Error('nothing to sort');
  return { key: span, value: { kind: 'seq', items: sorted, span } };
}

/** Into `commonLabels`, or, without selectors, into the entry of `labels` that has the same options. */
function addLabels(draft: Draft, kustomize: MapNode): void {
  const { wanted, fields, refuse } = draft;
  const labels = at(wanted, 'commonLabels');
  if (labels?.kind !== 'map' || labels.entries.size === 0) return;
  const isForced = scalar(kustomize, 'forceCommonLabels') === true;
  const inTemplates = scalar(kustomize, 'labelIncludeTemplates') === true;
  if (scalar(kustomize, 'labelWithoutSelector') !== true) {
    if (inTemplates) refuse('labelIncludeTemplates wants labelWithoutSelector: true beside it', labels.span);
    addPairs(draft, labels, { field: 'commonLabels', isForced, isExpanded: true });
    return;
  }
  const lists = [...items(fields.get('labels')?.value)];
  const isSame = (entry: Node) =>
    scalar(entry, 'includeSelectors') !== true && (scalar(entry, 'includeTemplates') === true) === inTemplates;
  const index = lists.findIndex(isSame);
  const old = lists[index];
  const own = new Map(old?.kind === 'map' ? old.entries : []);
  addPairs({ ...draft, fields: own }, labels, { field: 'pairs', isForced, isExpanded: true });
  const { span } = labels;
  if (inTemplates) own.set('includeTemplates', { key: span, value: { kind: 'scalar', value: true, span } });
  lists.splice(index < 0 ? lists.length : index, 1, { kind: 'map', entries: own, span });
  fields.set('labels', { key: span, value: { kind: 'seq', items: lists, span } });
}

function addAnnotations(draft: Draft, kustomize: MapNode): void {
  const annotations = at(draft.wanted, 'commonAnnotations');
  if (annotations?.kind !== 'map') return;
  const isForced = scalar(kustomize, 'forceCommonAnnotations') === true;
  const isExpanded = scalar(kustomize, 'commonAnnotationsEnvsubst') === true;
  addPairs(draft, annotations, { field: 'commonAnnotations', isForced, isExpanded });
}

function addPairs(
  { fields, environment, refuse }: Draft,
  added: MapNode,
  { field, isForced, isExpanded }: { field: string; isForced: boolean; isExpanded: boolean },
): void {
  const old = fields.get(field)?.value;
  const pairs = new Map<string, MapEntry>(entries(old));
  for (const [key, entry] of added.entries) {
    const there = pairs.get(key);
    if (there !== undefined && !isForced) {
      const option = field === 'commonAnnotations' ? 'forceCommonAnnotations' : 'forceCommonLabels';
      const { source, start } = there.key;
      const where = `${source.file}:${source.position(start).line}`;
      refuse(`${key} is set in ${where} already, which Argo CD refuses without ${option}: true`, entry.key);
    }
    const value = text(entry.value);
    const isFilled = isExpanded && value?.includes('$') === true;
    const filled: Node = isFilled
      ? { ...entry.value, kind: 'scalar', value: expanded(value, environment) }
      : entry.value;
    pairs.set(key, { key: entry.key, value: filled });
  }
  fields.set(field, { key: added.span, value: { kind: 'map', entries: pairs, span: added.span } });
}

/** Go's os.Expand: `$NAME`, `${NAME}` and `$1`; `$$` is a dollar, and a name that nobody has is empty. */
function expanded(value: string, environment: ReadonlyMap<string, string>): string {
  return value.replaceAll(/\$(?:\$|\{([^}]*)\}|([A-Za-z_]\w*|[\d*#@!?-]))/g, (_, braced?: string, plain?: string) => {
    const name = braced ?? plain;
    return name === undefined ? '$' : (environment.get(name) ?? '');
  });
}

function splitAt(value: string, separator: string): [string, string] {
  const index = value.indexOf(separator);
  return [value.slice(0, index), value.slice(index + 1)];
}

/** @param before What the folder itself says there. */
function scalarEntry(value: string, span: Span, before?: Node): MapEntry {
  const history = before?.kind === 'scalar' ? { before } : {};
  return { key: span, value: { kind: 'scalar', value, span, ...history } };
}
