import rule from '../../rules/too-many-allowances.ts';
import { type ReadFile, yamlFilesWith } from '../git/files-with.ts';
import type { Tree } from '../git/tree.ts';
import type { Finding } from '../rule/finding.ts';
import { decode } from '../yaml/decode.ts';
import { parse } from '../yaml/parse.ts';
import { type Allowance, ANNOTATION, annotatedAllowances } from './allowance.ts';
import { commentAllowances, MARK } from './comments.ts';
import { faultOf, type Grounds } from './fault.ts';

/** How many allowances a repository may have. */
export interface Budget {
  readonly most: number;
  /** Where they are counted. */
  readonly tree: Tree;
}

/** Allowances that are named; the others are counted. */
const NAMED = 12;

/**
 * A finding where a tree has more allowances than it may. Every file is asked, so it is for the whole tree or a change
 * that brings an allowance.
 */
export async function overBudget({ most, tree }: Budget, grounds: Grounds): Promise<Finding[]> {
  const files = await yamlFilesWith(tree, [MARK, ANNOTATION]);
  const counting = files.flatMap(allowancesIn).filter(allowance => faultOf(allowance, grounds) === undefined);
  // The first to end are the first to be taken away.
  const sorted = counting.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const [first] = sorted;
  if (first === undefined || sorted.length <= most) return [];
  const { id, severity, why } = rule;
  const names = sorted.slice(0, NAMED).map(nameOf);
  const more = sorted.length > NAMED ? ` and ${sorted.length - NAMED} more` : '';
  const there = `${sorted.length} ${sorted.length === 1 ? 'allowance' : 'allowances'} in this repository`;
  const message = `${there}, where ${most} may be: ${names.join(', ')}${more}`;
  const fix = `Mend what ${sorted.length - most} of them allow, and take them away; ${nameOf(first)} is the first to end. Or raise allowances.most.`;
  return [{ rule: id, severity, message, why, fix, span: first.span, units: [], sightings: [] }];
}

function keyOf({ until = '', span }: Allowance): string {
  return `${until} ${span.source.file} ${String(span.start).padStart(9, '0')}`;
}

function nameOf({ rules, span }: Allowance): string {
  return `${rules.join(', ')} at ${span.source.file}:${span.source.position(span.start).line}`;
}

function allowancesIn({ path, bytes }: ReadFile): Allowance[] {
  const { source } = decode(path, bytes);
  const { documents } = parse(source, 'kubectl');
  return [...commentAllowances(source), ...documents.flatMap(annotatedAllowances)];
}
