import rule from '../../rules/too-many-allowances.ts';
import { ContentError, type Tree, type TreeEntry } from '../git/tree.ts';
import type { Finding } from '../rule/finding.ts';
import { decode } from '../yaml/decode.ts';
import type { Source } from '../yaml/node.ts';
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
  const texts = await textsWith(tree, [MARK, ANNOTATION]);
  const counting = texts.flatMap(allowancesIn).filter(allowance => faultOf(allowance, grounds) === undefined);
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

function allowancesIn(source: Source): Allowance[] {
  const { documents } = parse(source, 'kubectl');
  return [...commentAllowances(source), ...documents.flatMap(annotatedAllowances)];
}

async function textsWith(tree: Tree, marks: readonly string[]): Promise<Source[]> {
  const [files, marked] = await Promise.all([tree.files(), tree.filesWith(marks.map(mark => Buffer.from(mark)))]);
  const asked = files.filter(file => isText(file) && marked?.has(file.path) !== false);
  const texts = await Promise.all(
    asked.map(async file => {
      const bytes = await tree.read(file).catch(nothingIn);
      if (bytes === undefined || !marks.some(mark => bytes.includes(mark))) return [];
      return decode(file.path, bytes).source;
    }),
  );
  return texts.flat();
}

/** What allows nothing because it cannot be read is told where the units are. */
function nothingIn(error: unknown): undefined {
  if (!(error instanceof ContentError)) throw error;
}

function isText({ path, mode }: TreeEntry): boolean {
  return /\.ya?ml$/.test(path) && (mode === 'file' || mode === 'executable');
}
