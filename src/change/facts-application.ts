import { parseReference } from '../image/reference.ts';
import { compareImages } from '../image/version.ts';
import { engineOfChart } from '../kubernetes/engines.ts';
import { annotation, idLabel, type KubeObject } from '../kubernetes/object.ts';
import { cascades, syncOptions } from '../kubernetes/sync.ts';
import { withoutLogin } from '../kustomize/remote.ts';
import { at, entries, type Node, type Path, scalar, text } from '../yaml/node.ts';
import { type Aspect, calledBy, type Modified, sideOf, startsWith } from './aspect.ts';
import type { FieldChange } from './change.ts';
import { versionMove } from './facts-gap.ts';
import { valuesStatements } from './facts-values.ts';
import { told } from './item-names.ts';
import { printableNode } from './printable.ts';
import { placeOf, type Statement } from './statement.ts';

const ARGO = 'argoproj.io';

export function isApplication({ id }: KubeObject): boolean {
  return id.group === ARGO && (id.kind === 'Application' || id.kind === 'ApplicationSet');
}

/** Where an Application has its own spec, and an ApplicationSet that of what it makes. */
function specOf({ id }: KubeObject): Path {
  return id.kind === 'ApplicationSet' ? ['spec', 'template', 'spec'] : ['spec'];
}

/** Argo CD's Applications, ApplicationSets and AppProjects. */
export const applications: Aspect = {
  claims({ path }, { after }) {
    if (after.id.group === ARGO && after.id.kind === 'AppProject') return path[0] === 'spec';
    return isApplication(after) && path[0] === 'spec';
  },
  state(fields, change) {
    const describe = isApplication(change.after) ? applicationStatement : projectStatement;
    return fields.flatMap(field => describe(field, change));
  },
};

function applicationStatement(field: FieldChange, change: Modified): Statement[] {
  const spec = specOf(change.after);
  const depth = startsWith(field.path, spec) ? spec.length : 1;
  const rest = field.path.slice(depth);
  const name = String(rest.at(-1));
  const called = calledBy(field, change);
  const seen = {
    subject: told(sideOf(field, change).root, field.path, depth),
    from: printableNode(called, field.before),
    to: printableNode(called, field.after),
    ...placeOf(field.before, field.after, change.after.root),
  };
  if (rest[0] === 'source' || rest[0] === 'sources') return sourceStatement(field, rest, change, seen);
  if (rest[0] === 'generators') return generatorStatements(field, rest, change, seen);
  const pruned = rest[0] === 'syncPolicy' && name === 'prune' && scalar(field.after) === true;
  return [{ ...seen, kind: 'application', move: 'changed', subject: pruned ? 'prune' : seen.subject }];
}

type Seen = Pick<Statement, 'subject' | 'from' | 'to' | 'span' | 'side'>;

function sourceStatement(field: FieldChange, rest: Path, change: Modified, seen: Seen): Statement[] {
  const length = field.path.length - rest.length + (rest[0] === 'sources' ? 2 : 1);
  const source = at(sideOf(field, change).root, ...field.path.slice(0, length));
  const [key, below] = rest.slice(rest[0] === 'sources' ? 2 : 1);
  const chart = text(source, 'chart');
  const subject = chart ?? withoutLogin(text(source, 'repoURL') ?? seen.subject);
  if (key === 'targetRevision' && chart !== undefined) {
    const move = versionMove(seen.from, seen.to);
    return move === undefined ? [] : [{ ...seen, kind: 'chart', move, subject, engine: engineOfChart(chart) }];
  }
  if (key === 'targetRevision') return [{ ...seen, kind: 'remote', move: 'moved', subject }];
  // Both addresses are told, so that neither is the name.
  if (key === 'repoURL') return [{ ...seen, kind: 'remote', move: 'moved', subject: change.after.id.name }];
  if (key === 'chart') return [chartStatement(seen)];
  if (key === 'kustomize' && below === 'images') return kustomizeImages(field, seen);
  if (key === 'helm') return valuesStatements(field, rest, subject, change);
  return [{ ...seen, kind: 'application', move: 'changed' }];
}

/** An Application that goes over to a chart, from one to another, or away from one. */
function chartStatement({ from, to, ...place }: Seen): Statement {
  const [old, now] = [from ?? '', to ?? ''];
  if (old === '') return { ...place, kind: 'chart', move: 'added', subject: now, engine: engineOfChart(now) };
  if (now === '') return { ...place, kind: 'chart', move: 'removed', subject: old, engine: engineOfChart(old) };
  return { ...place, kind: 'chart', move: 'unknown', subject: old, from, to, engine: engineOfChart(now) };
}

/** A list, a folder or a whole generator more or less makes Applications, or takes them away with what they applied. */
function generatorStatements(field: FieldChange, rest: Path, change: Modified, seen: Seen): Statement[] {
  const isItem = typeof rest.at(-1) === 'number';
  const excludes = scalar(field.after ?? field.before, 'exclude') === true;
  const subject = `${idLabel(change.after.id)}: ${seen.subject}`;
  if (!isItem || fillsIn(rest) || (field.before === undefined) === (field.after === undefined)) {
    return [{ ...seen, kind: 'application', move: 'changed' }];
  }
  const item = { ...seen, kind: 'application', subject, looksAt: placesOf(field, rest, change) } as const;
  if ((field.before === undefined) !== excludes) return [{ ...item, move: 'added' }];
  return [{ ...item, move: setCascades(change.after) ? 'removed-with-objects' : 'removed' }];
}

/** The repositories that the generator looks into with which the item of a git generator is combined. */
function placesOf(field: FieldChange, rest: Path, change: Modified): string[] | undefined {
  const [generator, list] = rest.slice(-3);
  if (generator !== 'git' || (list !== 'directories' && list !== 'files')) return undefined;
  return gitAddresses(at(sideOf(field, change).root, ...field.path.slice(0, 3)));
}

/** Of every git generator, also inside of others. */
function gitAddresses(node: Node | undefined): string[] {
  if (node?.kind === 'seq') return node.items.flatMap(gitAddresses);
  return [...entries(node)].flatMap(([key, { value }]) =>
    key === 'git' ? [text(value, 'repoURL') ?? ''] : gitAddresses(value),
  );
}

/**
 * The first generator of a merge makes the Applications; the others only fill in parameters of those that it makes
 * (argo-cd applicationset/generators/merge.go).
 */
function fillsIn(rest: Path): boolean {
  return rest.some((step, i) => step === 'merge' && rest[i + 1] === 'generators' && rest[i + 2] !== 0);
}

/** `shop/php_fpm=registry.example/shop/php_fpm:4.2.0`, or without what stands before the equals sign. */
function kustomizeImages(field: FieldChange, seen: Seen): Statement[] {
  const [a, b] = [imageOf(field.before), imageOf(field.after)];
  if (a === undefined || b === undefined) return [{ ...seen, kind: 'image', move: 'scheme' }];
  const { move } = compareImages(a, b);
  const versions = move === 'repository' ? {} : { from: a.tag ?? seen.from, to: b.tag ?? seen.to };
  return [{ ...seen, kind: 'image', move: move === 'same' ? 'build' : move, subject: b.repository, ...versions }];
}

function imageOf(node: Node | undefined) {
  const entry = text(node) ?? '';
  return parseReference(entry.slice(entry.indexOf('=') + 1));
}

function projectStatement(field: FieldChange, change: Modified): Statement[] {
  const denies = field.path.some(step => typeof step === 'string' && /blacklist|deny/i.test(step));
  const move = field.before === undefined && !denies ? 'widened' : 'changed';
  const place = placeOf(field.before, field.after, change.after.root);
  return [
    {
      kind: 'access',
      move,
      subject: `${change.after.id.name}: ${told(sideOf(field, change).root, field.path, 1)}`,
      ...place,
    },
  ];
}

/** What goes with the Application, or with those that an ApplicationSet makes. */
export function applicationRemoved(object: KubeObject): Statement {
  const isSet = object.id.kind === 'ApplicationSet';
  const subject = isSet ? idLabel(object.id) : object.id.name;
  const move = cascades(object.root) ? 'removed-with-objects' : 'removed';
  return { kind: 'application', move, subject, span: object.root.span, side: 'before' };
}

/** An Application that its set no longer makes is deleted with what it applied, unless the set says otherwise. */
function setCascades(set: KubeObject): boolean {
  const policy = text(set.root, 'spec', 'syncPolicy', 'applicationsSync') ?? 'sync';
  return cascades(set.root) && policy !== 'create-only' && policy !== 'create-update';
}

export function applicationAdded(object: KubeObject): Statement {
  const subject = object.id.kind === 'ApplicationSet' ? idLabel(object.id) : object.id.name;
  return { kind: 'application', move: 'added', subject, span: object.root.span, side: 'after' };
}

/** The phase of the sync that the object hooks into: `PreSync`; undefined for an object that is applied. */
export function hookOf(object: KubeObject): string | undefined {
  return annotation(object, 'argocd.argoproj.io/hook');
}

/** Argo CD leaves the object in the cluster when it is gone from the repository. */
export function isKept(object: KubeObject): boolean {
  return syncOptions(object).includes('Prune=false');
}
