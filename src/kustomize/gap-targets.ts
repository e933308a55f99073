import { at, type Node, type Span, text, toJson } from '../yaml/node.ts';
import { canonicalJson, shortDigest } from './helm.ts';
import type { Gap } from './rendered.ts';
import { scalarText } from './resource.ts';

/** What adds objects of its own to a build, so that an entry without a match here may have one there. */
const CONTENT: readonly Gap['kind'][] = ['remote-base', 'helm-chart', 'plugin', 'function'];

/** The fields that go through all objects, whatever they are. */
const SETTINGS = ['namespace', 'namePrefix', 'nameSuffix', 'labels', 'commonLabels', 'commonAnnotations'];

/** Notes what a kustomization sets on the objects that are not here. */
export function setOnGaps(gaps: Gap[], root: Node): void {
  if (!hidesObjects(gaps)) return;
  const settings = SETTINGS.flatMap(field => {
    const node = at(root, field);
    if (node === undefined) return [];
    return [{ field, value: node.kind === 'scalar' ? scalarText(node) : canonicalJson(toJson(node)), span: node.span }];
  });
  if (settings.length === 0) return;
  for (const [index, gap] of gaps.entries()) {
    if (CONTENT.includes(gap.kind)) gaps[index] = { ...gap, settings: [...(gap.settings ?? []), ...settings] };
  }
}

function hidesObjects(gaps: readonly Gap[]): boolean {
  return gaps.some(gap => CONTENT.includes(gap.kind));
}

/** Notes an entry of `images` that matches nothing here, in a build whose other objects are not here. */
export function imageOfGap(gaps: Gap[], entry: Node): void {
  if (!hidesObjects(gaps)) return;
  const name = text(entry, 'name') ?? '';
  const [tag, digest] = [text(entry, 'newTag'), text(entry, 'digest')];
  const image = `${text(entry, 'newName') || name}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
  const span = (at(entry, 'newTag') ?? at(entry, 'digest') ?? at(entry, 'newName') ?? entry).span;
  gaps.push({ kind: 'image', what: name, version: image, span });
}

/** Notes a patch that selects nothing here, in a build whose other objects are not here. */
export function patchOfGap(gaps: Gap[], what: string, content: Node, span: Span): void {
  if (!hidesObjects(gaps)) return;
  gaps.push({ kind: 'patch', what, version: shortDigest(canonicalJson(toJson(content))), span });
}
