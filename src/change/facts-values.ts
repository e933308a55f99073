import { parseReference } from '../image/reference.ts';
import { compareTags } from '../image/version.ts';
import { engineOfChart, engineOfImage } from '../kubernetes/engines.ts';
import { compareSeries } from '../kubernetes/series.ts';
import { parseInline } from '../kustomize/inline.ts';
import type { Gap, GivenValues } from '../kustomize/rendered.ts';
import { at, type Node, type Path, type ScalarNode, scalar, text } from '../yaml/node.ts';
import { parseFile } from '../yaml/parse-file.ts';
import { calledBy, dotted, type Modified, nameBeside } from './aspect.ts';
import { calledAt } from './called.ts';
import type { FieldChange } from './change.ts';
import { differences } from './diff.ts';
import { imageMoved } from './facts-image.ts';
import { told } from './item-names.ts';
import { isCredential, printableNode } from './printable.ts';
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
    const sides = readTexts(before, after);
    if (sides !== undefined) return allStatements(sides, chart, ({ path }) => dotted([...rest, ...path]));
  }
  const parameter = nameBeside(field, change);
  const isTag = below.at(-1) === 'tag' || /(?:^|\.|image)tag$/i.test(parameter ?? '');
  if (isTag && isMovedTag(field)) return [tagStatement(field, dotted(rest), change.after.root)];
  const what = parameter === undefined ? dotted(below) || 'helm' : `values ${parameter}`;
  return [valueStatement(field, chart, { what, called: calledBy(field, change) }, change.after.root)];
}

/**
 * How the values differ that a kustomization or an Application fills a chart in with: nothing where they mean the same as before.
 * Undefined where more differs than values, or where they are no plain YAML.
 */
export function givenStatements(old: Gap, now: Gap): Statement[] | undefined {
  if (old.given === undefined || old.given.rest !== now.given?.rest) return undefined;
  if (old.given.parts.length !== now.given.parts.length) return undefined;
  const chart = now.what.slice(now.what.lastIndexOf('/') + 1);
  const statements: Statement[] = [];
  for (const [i, part] of now.given.parts.entries()) {
    const [before, after] = [valuesOf(old.given.parts[i]), valuesOf(part)];
    if (before === undefined || after === undefined) return undefined;
    const subject = ({ path }: FieldChange) => repositoryOf(after, path) ?? `${chart} ${dotted(path)}`;
    statements.push(...allStatements({ before, after }, now.what, subject));
  }
  return statements;
}

/** Undefined for what is no single mapping of plain YAML, or encrypted. */
function valuesOf(part: GivenValues['parts'][number] | undefined): Node | undefined {
  if (part === undefined || !('bytes' in part)) return part;
  const { documents, problems } = parseFile(part.path, part.bytes, 'kubectl').parsed;
  const [document] = documents;
  const isPlain = problems.length === 0 && documents.length === 1 && document?.kind === 'map';
  return isPlain && at(document, 'sops', 'mac') === undefined ? document : undefined;
}

/** The image whose tag stands at the path, by the field that charts have for it. */
function repositoryOf(values: Node, path: Path): string | undefined {
  return text(at(values, ...path.slice(0, -1)), 'repository');
}

/** Values on both sides. */
interface Sides {
  readonly before: Node;
  readonly after: Node;
}

/** @param imageOf what the image is called whose tag a field is */
function allStatements(sides: Sides, chart: string, imageOf: (field: FieldChange) => string): Statement[] {
  const root = sides.after;
  const changes = differences(sides.before, root);
  const sideOf = (field: FieldChange) => (field.after === undefined ? sides.before : root);
  const nameOf = (field: FieldChange) => told(sideOf(field), field.path);
  const named = (field: FieldChange): Named => {
    return { what: `values ${nameOf(field)}`, called: calledAt(sideOf(field), field.path) };
  };
  const tags = changes.filter(field => field.path.at(-1) === 'tag' && isMovedTag(field));
  const images = changes.filter(field => field.path.at(-1) === 'image' && isMovedTag(field) && isText(field.before));
  const others = changes.filter(field => !tags.includes(field) && !images.includes(field));
  const moved = [
    ...tags.map(field => tagStatement(field, imageOf(field), root, engineOfTag(field, root, chart))),
    ...images.flatMap(({ before, after, path }) =>
      imageMoved(text(before) ?? '', text(after) ?? '', dotted(path), placeOf(before, after, root)),
    ),
  ];
  const [first] = others;
  if (first === undefined || others.length <= MOST_VALUES) {
    return [...moved, ...others.map(field => valueStatement(field, chart, named(field), root))];
  }
  const names = others.slice(0, MOST_NAMED).map(nameOf);
  const subject = `${chart}: values ${names.join(', ')} and ${others.length - names.length} more`;
  const place = placeOf(first.before, first.after, root);
  return [...moved, { kind: 'chart', move: 'values', subject, engine: engineOfChart(chart), ...place }];
}

interface Named {
  /** The whole name: what is below `secrets` need not be called one itself. */
  readonly what: string;
  /** What the value itself is called. */
  readonly called: string;
}

function valueStatement(field: FieldChange, chart: string, { what, called }: Named, root: Node): Statement {
  const { before, after } = field;
  const name = isCredential(called, '') ? called : what;
  const shown = { from: printableNode(name, before), to: printableNode(name, after) };
  return {
    kind: 'chart',
    move: 'values',
    subject: `${chart}: ${what}`,
    engine: engineOfChart(chart),
    ...shown,
    ...placeOf(before, after, root),
  };
}

/** A tag that is new says nothing of a move. */
function isMovedTag({ before, after }: FieldChange): boolean {
  return before !== undefined && isText(after);
}

/** The database whose image the tag is of: the one that the values name beside it, or the chart's own. */
function engineOfTag({ path }: FieldChange, values: Node, chart: string): string | undefined {
  const repository = repositoryOf(values, path);
  if (repository === undefined) return dotted(path) === 'image.tag' ? engineOfChart(chart) : undefined;
  const reference = parseReference(repository);
  return reference && engineOfImage(reference);
}

function tagStatement({ path, before, after }: FieldChange, subject: string, root: Node, engine?: string): Statement {
  const name = String(path.at(-1));
  const seen = { from: printableNode(name, before), to: printableNode(name, after) };
  const { move } = compareTags(seen.from, seen.to);
  const place = placeOf(before, after, root);
  const series = engine === undefined ? 'same' : compareSeries(engine, seen.from, seen.to);
  if (series !== 'same') return { kind: 'database', move: series, subject, engine, ...seen, ...place };
  return { kind: 'image', move: move === 'same' ? 'build' : move, subject, ...seen, ...place };
}

function isText(node: Node | undefined): node is ScalarNode {
  return typeof scalar(node) === 'string';
}

/** Undefined where a side is no plain YAML, such as a template. */
function readTexts(before: ScalarNode, after: ScalarNode): Sides | undefined {
  const [old, now] = [parseInline(before, 'kustomize'), parseInline(after, 'kustomize')];
  const [a, b] = [old.documents[0], now.documents[0]];
  const isPlain = old.problems.length + now.problems.length === 0 && old.documents.length + now.documents.length === 2;
  return isPlain && a !== undefined && b !== undefined ? { before: a, after: b } : undefined;
}
