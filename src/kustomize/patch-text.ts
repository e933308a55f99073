import { decode } from '../yaml/decode.ts';
import type { Node, Span } from '../yaml/node.ts';
import { type Dialect, type Parsed, parse } from '../yaml/parse.ts';
import type { Problem } from '../yaml/problem.ts';
import { parseInline } from './inline.ts';
import { scalarText } from './resource.ts';
import type { Target } from './target.ts';

/** A patch with the text it was read from. */
export interface PatchText extends Parsed {
  readonly text: string;
}

/** The patch in a scalar, or in the file that it names; undefined where there is none. */
export function readPatch(
  { targets }: { readonly targets: ReadonlyMap<string, Target> },
  source: Node,
  dialect: Dialect,
  isPath: boolean,
): PatchText | undefined {
  if (source.kind !== 'scalar') return undefined;
  if (!isPath) return { ...parseInline(source, dialect), text: scalarText(source) };
  const target = targets.get(scalarText(source));
  if (target?.kind !== 'file') return undefined;
  const file = decode(target.path, target.bytes).source;
  return { ...parse(file, dialect), text: file.text };
}

/** What starts with a bracket is JSON to kustomize, which YAML in flow style is not. */
export function refuseLooseJson(patch: PatchText | undefined, span: Span, problems: Problem[]): void {
  if (patch === undefined || !patch.text.startsWith('[') || isJson(patch.text)) return;
  const message =
    'kustomize reads a patch that starts with [ as JSON, and this is none: quote its keys or write a list';
  problems.push({ code: 'kustomization-refused', message, span });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
