import type { UnitChange } from '../change/change.ts';
import type { Tree } from '../git/tree.ts';
import { idKey, nearest } from '../kubernetes/object.ts';
import type { Finding } from '../rule/finding.ts';
import { decode } from '../yaml/decode.ts';
import type { Source, Span } from '../yaml/node.ts';
import { type Allowance, annotatedAllowances } from './allowance.ts';
import { commentAllowances } from './comments.ts';

interface Before {
  readonly changes: readonly UnitChange[];
  readonly before: Tree;
}

/**
 * Whether the tree before the change already allowed the rule, until no earlier a day, at the same field of the same
 * object, or, where no object is concerned, on a line of the same file that begins alike.
 */
export async function wasAllowed(
  { finding, by }: { readonly finding: Finding; readonly by: Allowance },
  { changes, before }: Before,
): Promise<boolean> {
  const same = (older: Allowance) => older.rules.includes(finding.rule) && older.until === by.until && !!older.reason;
  const fields = finding.sightings.map(({ unit, field }) => ({
    change: changes.find(one => one.unit.key === unit),
    field,
  }));
  if (fields.length === 0 || fields.some(({ field }) => field === undefined)) {
    return allowedInText(finding.span, await textBefore(finding.span.source.file, before), same);
  }
  return fields.every(({ change, field }) => {
    const key = field && idKey(field.object.id);
    const old = change?.before?.objects.find(object => idKey(object.id) === key);
    if (old === undefined || field === undefined) return false;
    if (annotatedAllowances(old.root).some(same)) return true;
    const { source, start } = nearest(old, field.path).span;
    const { line } = source.position(start);
    return commentAllowances(source).some(comment => comment.line === line && same(comment));
  });
}

async function textBefore(file: string, tree: Tree): Promise<Source | undefined> {
  const entry = await tree.entry(file);
  return entry === undefined ? undefined : decode(file, await tree.read(entry)).source;
}

function allowedInText(span: Span, old: Source | undefined, same: (older: Allowance) => boolean): boolean {
  if (old === undefined) return false;
  const beginning = beginningOf(lineAt(span.source, span.source.position(span.start).line));
  return commentAllowances(old).some(comment => same(comment) && beginningOf(lineAt(old, comment.line)) === beginning);
}

function lineAt({ text }: Source, line: number): string {
  return text.split(/\r\n|\n|\r/)[line - 1] ?? '';
}

/** Up to the value, which the change may have set. */
function beginningOf(line: string): string {
  return line.split(':', 1)[0]?.trim() ?? '';
}
