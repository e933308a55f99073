import { decode } from '../yaml/decode.ts';
import { at, items, type Node, number, type Span, scalar, text, toJson } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Budget } from './budget.ts';
import { conform } from './conform.ts';
import { canonicalJson, shortDigest } from './helm.ts';
import { REPLACEMENT_FIELDS } from './kustomization-fields.ts';
import type { Gap } from './rendered.ts';
import { replaceInJson } from './replacement-in-json.ts';
import { type Create, findSlots, PathInText, PathMissing, splitFieldPath } from './replacement-path.ts';
import { write } from './replacement-value.ts';
import {
  allIdentities,
  apiVersionOf,
  isSelected,
  label,
  NO_NAMESPACE,
  type Resource,
  scalarNode,
  scalarText,
  textAt,
} from './resource.ts';
import { matchesMetadata, readSelector, selectsAnyIdentity } from './selector.ts';
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
function sourceValue(build: Replacing, replacement: Node): Node | undefined {
  const fixed = at(replacement, 'sourceValue');
  if (fixed !== undefined) return fixed;
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
  try {
    const [slot] = findSlots({ node: resource.root, set: () => {} }, splitFieldPath(path), undefined);
    if (slot === undefined || isEmpty(slot.node)) throw new PathMissing('it is missing or empty');
    return refined(build, slot.node, source);
  } catch (error) {
    if (!(error instanceof PathMissing || error instanceof PathInText)) throw error;
    const span = at(source, 'fieldPath')?.span ?? source.span;
    return refuse(build, `the source ${label(resource)} has no ${path}: ${error.message}`, span);
  }
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

function copyTo(build: Replacing, resource: Resource, value: Node, target: Node): void {
  const options = at(target, 'options');
  const paths = items(at(target, 'fieldPaths'));
  for (const path of paths.length === 0 ? [undefined] : paths) {
    const fieldPath = path === undefined ? 'metadata.name' : scalarText(path);
    const span = path?.span ?? target.span;
    const create = scalar(options, 'create') === true ? { kind: value.kind, span } : undefined;
    try {
      const isPut = put(build, resource.root, { steps: splitFieldPath(fieldPath), value, options, create, span });
      if (!isPut) build.gaps.push(textGap(resource, fieldPath, value, span));
    } catch (error) {
      if (!(error instanceof PathMissing)) throw error;
      refuse(build, `the target ${label(resource)} has no ${fieldPath}: ${error.message}`, span);
    }
  }
}

interface Put {
  readonly steps: readonly string[];
  readonly value: Node;
  readonly options: Node | undefined;
  readonly create: Create | undefined;
  readonly span: Span;
}

/** Puts a value where a path leads; false where that is inside of a text that is no JSON. Throws `PathMissing`. */
function put(build: Replacing, root: Node, { steps, value, options, create, span }: Put): boolean {
  try {
    const slots = findSlots({ node: root, set: () => {} }, steps, create);
    if (slots.length === 0) throw new PathMissing('there is no such field');
    for (const slot of slots) {
      build.budget.spendCopy(value, span);
      build.budget.spendText(scalarText(value).length + scalarText(slot.node).length, 1, span);
      write(slot, value, options);
    }
    return true;
  } catch (error) {
    if (!(error instanceof PathInText)) throw error;
    build.budget.spendText(scalarText(error.slot.node).length, 1, span);
    return replaceInJson(error, steps, value, create);
  }
}

/** YAML inside of a text would be written anew, with its comments and in its style: what comes out is not known. */
function textGap(resource: Resource, fieldPath: string, value: Node, span: Span): Gap {
  const version = `sha256:${shortDigest(canonicalJson(toJson(value)))}`;
  return { kind: 'unsupported', what: `replacement in ${label(resource)} ${fieldPath}`, version, span };
}
