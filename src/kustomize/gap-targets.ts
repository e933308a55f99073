import { at, type Node, type Span, text, toJson } from '../yaml/node.ts';
import { canonicalJson, shortDigest } from './helm.ts';
import type { Gap } from './rendered.ts';

/** What adds objects of its own to a build, so that an entry without a match here may have one there. */
const CONTENT: readonly Gap['kind'][] = ['remote-base', 'helm-chart', 'plugin', 'function'];

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
