import { compareTags } from '../image/version.ts';
import { parseInline } from '../kustomize/inline.ts';
import { at, type Node, type Path, type ScalarNode, scalar, text } from '../yaml/node.ts';
import { dotted, type Modified, sideOf } from './aspect.ts';
import type { FieldChange } from './change.ts';
import { differences } from './diff.ts';
import { printableNode } from './printable.ts';
import { placeOf, type Statement } from './statement.ts';

/** More values than this are a rewrite: they are named, and not told one by one. */
const MOST_VALUES = 5;
const MOST_NAMED = 3;

/**
 * How the values differ that an Application fills its chart in with. Nothing for a text of values that means the same as
 * before.
 *
 * @param rest The field's path in the spec of the Application.
 */
export function valuesStatements(field: FieldChange, rest: Path, chart: string, change: Modified): Statement[] {
  const below = rest.slice(rest.indexOf('helm') + 1);
  const { before, after } = field;
  if (below.length === 1 && below[0] === 'values' && isText(before) && isText(after)) {
    const changes = textDifferences(before, after);
    if (changes !== undefined) return textStatements(changes, rest, chart, change);
  }
  const parameter = below.at(-1) === 'value' ? parameterOf(field, change) : undefined;
  const isTag = below.at(-1) === 'tag' || /(?:^|\.|image)tag$/i.test(parameter ?? '');
  if (isTag && isMovedTag(field)) return [tagStatement(field, rest, change)];
  return [
    valueStatement(field, chart, parameter === undefined ? dotted(below) || 'helm' : `values ${parameter}`, change),
  ];
}

/** The name of the parameter whose value the field is. */
function parameterOf(field: FieldChange, change: Modified): string | undefined {
  return text(at(sideOf(field, change).root, ...field.path.slice(0, -1)), 'name');
}

function textStatements(changes: readonly FieldChange[], rest: Path, chart: string, change: Modified): Statement[] {
  const tags = changes.filter(field => field.path.at(-1) === 'tag' && isMovedTag(field));
  const others = changes.filter(field => !tags.includes(field));
  const told = tags.map(field => tagStatement(field, [...rest, ...field.path], change));
  const [first] = others;
  if (first === undefined || others.length <= MOST_VALUES) {
    return [...told, ...others.map(field => valueStatement(field, chart, `values ${dotted(field.path)}`, change))];
  }
  const names = others.slice(0, MOST_NAMED).map(({ path }) => dotted(path));
  const subject = `${chart}: values ${names.join(', ')} and ${others.length - names.length} more`;
  return [
    ...told,
    { kind: 'chart', move: 'values', subject, ...placeOf(first.before, first.after, change.after.root) },
  ];
}

function valueStatement(field: FieldChange, chart: string, what: string, change: Modified): Statement {
  const { before, after } = field;
  // The whole name: what is below `secrets` need not be called one itself.
  const shown = { from: printableNode(what, before), to: printableNode(what, after) };
  return {
    kind: 'chart',
    move: 'values',
    subject: `${chart}: ${what}`,
    ...shown,
    ...placeOf(before, after, change.after.root),
  };
}

/** A tag that is new says nothing of a move. */
function isMovedTag({ before, after }: FieldChange): boolean {
  return before !== undefined && isText(after);
}

function tagStatement({ path, before, after }: FieldChange, rest: Path, change: Modified): Statement {
  const name = String(path.at(-1));
  const seen = { from: printableNode(name, before), to: printableNode(name, after) };
  const { move } = compareTags(seen.from, seen.to);
  const place = placeOf(before, after, change.after.root);
  return { kind: 'image', move: move === 'same' ? 'build' : move, subject: dotted(rest), ...seen, ...place };
}

function isText(node: Node | undefined): node is ScalarNode {
  return typeof scalar(node) === 'string';
}

/** Undefined where a side is no plain YAML, such as a template. */
function textDifferences(before: ScalarNode, after: ScalarNode): FieldChange[] | undefined {
  const [old, now] = [parseInline(before, 'kustomize'), parseInline(after, 'kustomize')];
  const [a, b] = [old.documents[0], now.documents[0]];
  const isPlain = old.problems.length + now.problems.length === 0 && old.documents.length + now.documents.length === 2;
  return isPlain && a !== undefined && b !== undefined ? differences(a, b) : undefined;
}
