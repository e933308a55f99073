import { decode } from '../yaml/decode.ts';
import { at, items, type MapNode, type Node, number, type Span, scalar, text, toJson } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Budget } from './budget.ts';
import { conform } from './conform.ts';
import { canonicalJson, shortDigest } from './helm.ts';
import { REPLACEMENT_FIELDS } from './kustomization-fields.ts';
import type { Gap } from './rendered.ts';
import { replaceInText } from './replacement-in-text.ts';
import { type Create, findSlots, lookUp, PathMissing, splitFieldPath, textOnWay } from './replacement-path.ts';
import { type Value, WrongType, write } from './replacement-value.ts';
import {
  allIdentities,
  apiVersionOf,
  isLocalConfig,
  isSelected,
  label,
  NO_NAMESPACE,
  type Resource,
  scalarNode,
  scalarText,
  textAt,
} from './resource.ts';
import { matchesMetadata, readSelector, selectsAnyIdentity } from './selector.ts';
import { carryOver, isShared } from './shared-scalars.ts';
import type { Target } from './target.ts';

/** What replacements read and write. */
export interface Replacing {
  readonly resources: readonly Resource[];
  readonly targets: ReadonlyMap<string, Target>;
  readonly incomplete: boolean;
  readonly problems: Problem[];
  readonly gaps: Gap[];
  readonly budget: Budget;
}

/** One entry of `replacements`: inline, or a file with one or several. */
export function applyReplacement(build: Replacing, entry: Node): void {
  const path = at(entry, 'path');
  if (path === undefined) {
    replace(build, entry);
    return;
  }
  if (at(entry, 'source') !== undefined || items(at(entry, 'targets')).length > 0) {
    refuse(build, 'a replacement has either a path or a source and targets', entry.span);
    return;
  }
  const target = build.targets.get(scalarText(path));
  if (target?.kind !== 'file') return;
  const parsed = parse(decode(target.path, target.bytes).source, 'kubectl');
  build.problems.push(...parsed.problems);
  const [document] = parsed.documents;
  for (const item of document?.kind === 'seq' ? document.items : [document]) {
    if (item?.kind === 'map') replace(build, conform(item, REPLACEMENT_FIELDS, build.problems));
  }
}

function replace(build: Replacing, replacement: Node): void {
  const value = sourceValue(build, replacement);
  if (value === undefined) return;
  for (const target of items(at(replacement, 'targets'))) {
    const select = at(target, 'select');
    if (select === undefined) {
      refuse(build, 'a target of a replacement has select', target.span);
      continue;
    }
    const selector = readSelector(select, build.problems);
    const rejected = items(at(target, 'reject')).flatMap(reject => {
      const isEmpty = reject.kind !== 'map' || reject.entries.size === 0;
      return isEmpty ? [] : [{ node: reject, selector: readSelector(reject, build.problems) }];
    });
    if (selector === undefined) continue;
    build.budget.spend(build.resources.length, target.span);
    for (const resource of build.resources) {
      if (!selectsAnyIdentity(selector, resource) || !matchesMetadata(selector, resource)) continue;
      if (rejected.some(({ node, selector: reject }) => reject && isRejected(node, reject, resource))) continue;
      copyTo(build, resource, value, target);
    }
  }
}

/** kustomize rejects by identity and by labels independently: either is enough. */
function isRejected(node: Node, selector: NonNullable<ReturnType<typeof readSelector>>, resource: Resource): boolean {
  const byIdentity = ['group', 'version', 'kind', 'name', 'namespace'].some(field => textAt(node, field) !== '');
  if (byIdentity && selectsAnyIdentity(selector, resource)) return true;
  return (selector.labels !== undefined || selector.annotations !== undefined) && matchesMetadata(selector, resource);
}

function refuse(build: Replacing, message: string, span: Span): undefined {
  build.problems.push({ code: 'kustomization-refused', message, span });
  return undefined;
}

/** The value that the source names; undefined, with a problem, where it names none. */
function sourceValue(build: Replacing, replacement: Node): Value | undefined {
  const fixed = at(replacement, 'sourceValue');
  if (fixed !== undefined && at(replacement, 'source') !== undefined) {
    return refuse(build, 'a replacement has either a source or a sourceValue', fixed.span);
  }
  if (fixed !== undefined) return { node: fixed, isFixed: true };
  const source = at(replacement, 'source');
  if (source === undefined || items(at(replacement, 'targets')).length === 0) {
    return refuse(build, 'a replacement has a source and at least one target', replacement.span);
  }
  build.budget.spend(build.resources.length, source.span);
  const matches = build.resources.filter(resource => isSource(resource, source));
  const [resource] = matches;
  const named = `${textAt(source, 'kind') || 'object'} ${textAt(source, 'name')}`.trim();
  if (resource === undefined) {
    return build.incomplete
      ? undefined
      : refuse(build, `no object is the source of the replacement: ${named}`, source.span);
  }
  if (matches.length > 1) {
    return refuse(build, `several objects could be the source of the replacement: ${named}`, source.span);
  }
  const path = text(source, 'fieldPath') || 'metadata.name';
  const steps = splitFieldPath(path);
  const slot = lookUp(resource.root, steps);
  if (slot === undefined || isEmpty(slot.node)) {
    const span = at(source, 'fieldPath')?.span ?? source.span;
    return refuse(build, `the source ${label(resource)} has no ${path}: it is missing or empty`, span);
  }
  const node = refined(build, slot.node, source);
  if (node !== slot.node) return node && { node, isFixed: false };
  return {
    // Read anew for each place: a replacement that changes its own source goes on with what it has put there.
    get node() {
      return lookUp(resource.root, steps)?.node ?? node;
    },
    isFixed: false,
  };
}

function isEmpty(node: Node): boolean {
  if (node.kind === 'scalar') return scalarText(node) === '' && node.value !== '';
  return node.kind === 'seq' ? node.items.length === 0 : node.entries.size === 0;
}

function isSource(resource: Resource, source: Node): boolean {
  const gvk = { group: textAt(source, 'group'), version: textAt(source, 'version'), kind: textAt(source, 'kind') };
  const name = textAt(source, 'name');
  const wanted = textAt(source, 'namespace');
  return allIdentities(resource).some(
    identity =>
      (name === '' || name === identity.name) &&
      (wanted === '' || wanted === identity.namespace || identity.namespace === NO_NAMESPACE) &&
      isSelected(apiVersionOf(resource), identity.kind, gvk),
  );
}

/** The part of the source's value that `options` choose. */
function refined(build: Replacing, value: Node, source: Node): Node | undefined {
  const delimiter = text(source, 'options', 'delimiter') ?? '';
  if (delimiter === '') return value;
  const index = number(source, 'options', 'index') ?? 0;
  const part = value.kind === 'scalar' ? scalarText(value).split(delimiter)[index] : undefined;
  if (part !== undefined) return scalarNode(part, value.span);
  return refuse(build, `the source's value has no part ${index} between ${JSON.stringify(delimiter)}`, source.span);
}

function copyTo(build: Replacing, resource: Resource, value: Value, target: Node): void {
  const options = at(target, 'options');
  const paths = items(at(target, 'fieldPaths'));
  for (const path of paths.length === 0 ? [undefined] : paths) {
    const fieldPath = path === undefined ? 'metadata.name' : scalarText(path);
    const span = path?.span ?? target.span;
    const create = scalar(options, 'create') === true ? { kind: value.node.kind, span } : undefined;
    try {
      const isPut = put(build, resource.root, { steps: splitFieldPath(fieldPath), value, options, create, span });
      if (!isPut) build.gaps.push(textGap(resource, fieldPath, value.node, span));
    } catch (error) {
      if (!(error instanceof PathMissing)) throw error;
      if (error instanceof WrongType && isLocalConfig(resource)) continue;
      refuse(build, `the target ${label(resource)} has no ${fieldPath}: ${error.message}`, span);
    }
  }
}

interface Put {
  readonly steps: readonly string[];
  readonly value: Value;
  readonly options: Node | undefined;
  readonly create: Create | undefined;
  readonly span: Span;
}

/** Puts a value where a path leads; false where how a text would look afterwards is not known. Throws `PathMissing`. */
function put(build: Replacing, root: MapNode, { steps, value, options, create, span }: Put): boolean {
  // A text is parsed and written.
  const way = { create, spend: (text: string) => build.budget.spendText(text.length, 2, span) };
  const inText = textOnWay(root, steps);
  if (inText !== undefined) {
    const outcome = replaceInText(inText.slot, inText.rest, value, way);
    if (outcome !== 'elsewhere') return outcome === 'put';
  }
  const slots = findSlots({ node: root, set: () => {} }, steps, way);
  if (slots.length === 0) throw new PathMissing('there is no such field');
  for (const slot of slots) {
    if (slot.isCopy) continue;
    build.budget.spendCopy(value.node, span);
    build.budget.spendText(scalarText(value.node).length + scalarText(slot.node).length, 1, span);
    write(slot, value, options, create);
  }
  carryOver(root, slots.map(({ node }) => node).filter(isShared), build.budget);
  return true;
}

/** YAML with comments or in a style of its own inside of a text: what comes out is not known. */
function textGap(resource: Resource, fieldPath: string, value: Node, span: Span): Gap {
  const version = `sha256:${shortDigest(canonicalJson(toJson(value)))}`;
  return { kind: 'unsupported', what: `replacement in ${label(resource)} ${fieldPath}`, version, span };
}
