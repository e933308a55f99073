import { NOTHING } from '../gitops/render-unit.ts';
import type { Unit } from '../gitops/unit.ts';
import { consumed } from '../kubernetes/consumed.ts';
import { idKey, type KubeObject } from '../kubernetes/object.ts';
import type { Gap, Rendered } from '../kustomize/rendered.ts';
import { at, type Span } from '../yaml/node.ts';
import type { ObjectChange, UnitChange } from './change.ts';
import { gapStatements } from './facts-gap.ts';
import { hostStatements } from './facts-hosts.ts';
import { modifiedStatements, type Surroundings } from './facts-object.ts';
import { addedStatements, removedStatements } from './facts-presence.ts';
import { isMended, newRefusals, problemStatements, unreadFiles } from './facts-problem.ts';
import { mainEngine } from './facts-state.ts';
import { newUnitStatements, removedUnitStatements } from './facts-unit.ts';
import { compareObjects } from './pair.ts';
import { renameStatement, renamesIn } from './renames.ts';
import { factOf, type Statement } from './statement.ts';

/**
 * What a commit does to a unit: the objects that differ, and what that comes to. Where the build is refused after the
 * commit and was not before, what vanished from it is no removal: the sync fails, and nothing is pruned. Nor is what a
 * file had that is too large to be read now. Where it was refused before and goes through after the commit, what appears
 * may have been in the cluster all the time.
 *
 * @param before What the unit applied before; undefined where there was no such unit.
 */
export function compareUnit(unit: Unit, before: Rendered | undefined, after: Rendered | undefined): UnitChange {
  const [old, now] = [before ?? NOTHING, after ?? NOTHING];
  const isRefused = newRefusals(before, after).length > 0;
  const all = compareObjects(old.objects, now.objects, unit.application?.namespace ?? '');
  // Where the unit as a whole is new or gone, only what it takes from elsewhere is named beside it.
  const isWhole = before === undefined || after === undefined;
  const isTold = ({ kind }: Gap) => !isWhole || ELSEWHERE.includes(kind);
  const unread = unreadFiles(now);
  const mends = isMended(before, after);
  const isCertain: IsCertain = (side, { source }) =>
    side === 'after' ? !mends : !isRefused && !unread.has(source.file);
  const changes = all.filter(change => {
    if (change.kind === 'added') return isCertain('after', change.after.root.span);
    return change.kind === 'modified' || isCertain('before', change.before.root.span);
  });
  const [gapsBefore, gapsAfter] = [old.gaps.filter(isTold), now.gaps.filter(isTold)];
  const gaps = after === undefined ? goneGaps(unit, gapsBefore) : gapStatements(gapsBefore, gapsAfter);
  const statements = [
    ...problemStatements(before, after),
    ...objectStatements(unit, before, after, changes, isCertain),
    ...gaps.filter(({ side, span, from, to }) => (from !== undefined && to !== undefined) || isCertain(side, span)),
  ];
  return { unit, before, after, changes, facts: statements.map(statement => factOf(unit.key, statement)) };
}

/** What is not rendered here and goes with the unit: nothing where Argo CD leaves it in the cluster. */
function goneGaps({ application }: Unit, gaps: readonly Gap[]): Statement[] {
  if (application?.cascades === false) return [];
  const statements = gapStatements(gaps, []);
  // Nothing is known that deletes the database of a folder that nothing known applies.
  return application === undefined ? statements.map(statement => ({ ...statement, engine: undefined })) : statements;
}

/** Gaps that are more than a part of what their unit is made from. */
const ELSEWHERE: readonly Gap['kind'][] = ['remote-base', 'helm-chart', 'application-set'];

/** Whether what stands on one side alone comes or goes with the commit. */
type IsCertain = (side: Statement['side'], span: Span) => boolean;

function objectStatements(
  unit: Unit,
  before: Rendered | undefined,
  after: Rendered | undefined,
  changes: readonly ObjectChange[],
  isCertain: IsCertain,
): Statement[] {
  if (before === undefined) return after === undefined ? [] : newUnitStatements(unit, after);
  if (after === undefined) return removedUnitStatements(unit, before);
  const hosts = hostStatements(before.objects, after.objects).filter(({ side, span }) => isCertain(side, span));
  const surroundings: Surroundings = {
    hosts: new Set(hosts.flatMap(({ object }) => (object === undefined ? [] : idKey(object)))),
    databaseConfig: databaseConfig([...before.objects, ...after.objects]),
    environment: new Set(after.objects.flatMap(environmentOf)),
    isApplied: unit.kind !== 'manifests',
  };
  const renames = renamesIn(changes);
  const renamed = new Set(renames.flatMap(({ before: old, after: now }) => [old, now]));
  return [
    ...renames.map(renameStatement),
    ...changes
      .filter(change => !renamed.has(objectOf(change)))
      .flatMap(change => changeStatements(change, surroundings)),
    ...hosts,
  ];
}

/** The object that a statement about the change is about. */
function objectOf(change: ObjectChange): KubeObject {
  return change.kind === 'removed' ? change.before : change.after;
}

function changeStatements(change: ObjectChange, surroundings: Surroundings): Statement[] {
  const { id } = objectOf(change);
  return statementsOf(change, surroundings).map(statement => ({ object: id, ...statement }));
}

function statementsOf(change: ObjectChange, surroundings: Surroundings): Statement[] {
  switch (change.kind) {
    case 'added':
      return addedStatements(change.after);
    case 'removed':
      return removedStatements(change.before);
    case 'modified':
      return modifiedStatements(change, surroundings);
  }
}

/** The ConfigMaps and Secrets that databases read, with the engine: to change them is to change the database. */
function databaseConfig(objects: readonly KubeObject[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const object of objects) {
    const engine = mainEngine(object);
    if (engine === undefined) continue;
    for (const { kind, name } of consumed(object)) {
      found.set(idKey({ group: '', kind, namespace: object.id.namespace, name }), engine);
    }
  }
  return found;
}

/** What the object's pods take every key of for a variable; a prefix makes other names of the keys. */
function environmentOf(object: KubeObject): string[] {
  const sources = consumed(object).filter(
    ({ how, path }) => how === 'envFrom' && at(object.root, ...path.slice(0, -2), 'prefix') === undefined,
  );
  return sources.map(({ kind, name }) => idKey({ group: '', kind, namespace: object.id.namespace, name }));
}
