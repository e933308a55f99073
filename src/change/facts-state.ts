import { parseReference } from '../image/reference.ts';
import { type Engine, engineOf, engineOfImage } from '../kubernetes/engines.ts';
import { idLabel, type KubeObject } from '../kubernetes/object.ts';
import { compareSeries } from '../kubernetes/series.ts';
import { holdsState } from '../kubernetes/state.ts';
import { containers, podTemplate } from '../kubernetes/workload.ts';
import { at, type Node, text } from '../yaml/node.ts';
import { type Aspect, type Modified, startsWith } from './aspect.ts';
import type { FieldChange } from './change.ts';
import { placeOf, type Statement } from './statement.ts';

/** Kinds that keep state for others: what they are called and how they are labelled touches none of it. */
const CONTAINERS_OF_STATE = new Set(['Namespace', 'CustomResourceDefinition', 'StatefulSet']);

/** The version of the database or broker that the object runs. */
export const databases: Aspect = {
  claims({ path }, { before, after }) {
    return [...engineOf(before), ...engineOf(after)].some(
      ({ versionPath }) => versionPath !== undefined && startsWith(path, versionPath),
    );
  },
  state(_fields, change) {
    const left = [...engineOf(change.before)];
    return engineOf(change.after).flatMap(now => {
      const index = left.findIndex(old => old.engine === now.engine);
      const [old] = left.splice(Math.max(index, 0), 1);
      return old === undefined ? [] : databaseStatement(old, now, change);
    });
  },
};

function databaseStatement(old: Engine, now: Engine, { before, after }: Modified): Statement[] {
  const move = old.engine === now.engine ? compareSeries(now.engine, old.version, now.version) : 'unknown-version';
  if (move === 'same') return [];
  const [a, b] = [nodeOf(before, old), nodeOf(after, now)];
  const subject = parseReference(text(b) ?? '')?.repository ?? idLabel(after.id);
  const versions = { from: old.version, to: now.version };
  return [{ kind: 'database', move, subject, ...versions, engine: now.engine, ...placeOf(a, b, after.root) }];
}

function nodeOf(object: KubeObject, { versionPath }: Engine): Node | undefined {
  return versionPath === undefined ? undefined : at(object.root, ...versionPath);
}

/**
 * The database or broker that the object is there for: an operator's resource, or pods whose first container runs it. A
 * cache beside an application makes no database of it.
 */
export function mainEngine(object: KubeObject): string | undefined {
  const first = containers(object).find(({ init }) => !init);
  if (first === undefined) return engineOf(object)[0]?.engine;
  const reference = parseReference(first.image ?? '');
  const engine = reference && engineOfImage(reference);
  return engineOf(object).some(found => found.engine === engine) ? engine : undefined;
}

/** The database or broker whose state the object runs or holds, `''` for a volume and the like; undefined for none. */
export function stateOf(object: KubeObject): string | undefined {
  const engine = mainEngine(object);
  if (engine !== undefined) return engine;
  return holdsState(object) === undefined || CONTAINERS_OF_STATE.has(object.id.kind) ? undefined : '';
}

/** What is said of an object that holds state touches the state, unless it says more than that by itself. */
export function aboutState(statement: Statement, engine: string): Statement {
  const { kind } = statement;
  const scales = kind === 'replicas' && (statement.move === 'up' || statement.move === 'down');
  const plain = kind === 'image' || kind === 'env' || kind === 'config' || kind === 'workload' || kind === 'object';
  if (!plain && !scales) return statement;
  return { ...statement, kind: 'state', move: 'changed', engine: engine === '' ? undefined : engine };
}

/**
 * Whether a custom resource says with the field which volumes its operator claims, as Prometheus and VMCluster do.
 * Ephemeral ones go with their pod in any case.
 */
export function isVolumeClaim({ path }: FieldChange): boolean {
  const claims = path.some(step => step === 'volumeClaimTemplate' || step === 'volumeClaimTemplates');
  return claims && !path.includes('ephemeral');
}

export function aboutClaims(statement: Statement): Statement {
  return { ...statement, kind: 'state', move: 'claims' };
}

/** Nothing for an object without state, and for one that only keeps the state of others. */
export function stateAdded(object: KubeObject): Statement[] {
  const engine = mainEngine(object);
  if (engine === undefined) return [];
  const subject = idLabel(object.id);
  return [{ kind: 'state', move: 'added', subject, engine, span: object.root.span, side: 'after' }];
}

/** What the removal takes with it. An operator's user or backup is no database, but belongs to one. */
export function stateRemoved(object: KubeObject): Statement[] {
  const loss = holdsState(object);
  const engine = mainEngine(object);
  if (loss === undefined && engine === undefined) return [];
  const runs = podTemplate(object) !== undefined;
  const seen = {
    subject: loss === undefined ? idLabel(object.id) : `${idLabel(object.id)}: ${loss}`,
    engine,
    span: object.root.span,
    side: 'before',
  } as const;
  if (loss !== undefined || runs) return [{ ...seen, kind: 'state', move: 'removed' }];
  return [{ ...seen, kind: 'state', move: 'changed', subject: `${idLabel(object.id)} removed` }];
}
