import type { RepositoryMap } from '../gitops/map.ts';
import type { UnitChange } from './change.ts';
import type { Fact } from './fact.ts';

type Known = Pick<RepositoryMap, 'isOwn' | 'isLookedUp' | 'applications'>;

/**
 * The facts about the sources of Applications as they read where all units are known. How a source moves is told by the
 * unit of the Application, at the place that its manifest has for it, and not again by the unit that holds the manifest.
 * Another revision of this repository is no base in another one.
 *
 * @param map What is known after the commit.
 */
export function tellOnce(changes: readonly UnitChange[], map: Known): UnitChange[] {
  const manifests = new Map<string, Fact>();
  for (const fact of changes.flatMap(({ facts }) => facts)) {
    if (isMove(fact) && isOfManifest(fact)) manifests.set(keyOf(fact.object?.name, fact), fact);
  }
  const told = new Set<Fact>();
  const placed = changes.map(({ unit, facts, ...change }) => {
    const name = unit.application?.set ?? unit.application?.name;
    const placedFacts = facts.map(fact => {
      const manifest = isMove(fact) && !isOfManifest(fact) ? manifests.get(keyOf(name, fact)) : undefined;
      if (manifest === undefined) return fact;
      told.add(manifest);
      return { ...fact, span: manifest.span, side: manifest.side };
    });
    return { ...change, unit, facts: placedFacts };
  });
  return placed.map(change => ({
    ...change,
    facts: change.facts
      .filter(fact => !told.has(fact))
      .map(fact => (isOfManifest(fact) && fact.kind === 'remote' && map.isOwn(fact.subject) ? asOwn(fact) : fact))
      .map(fact => (isEvaluated(fact, map) ? { ...fact, move: 'changed' } : fact)),
  }));
}

/**
 * A folder more or less in what a set looks at in this repository: which Applications that makes or takes away is seen,
 * and told of each.
 */
function isEvaluated({ move, object, looksAt = [] }: Fact, map: Known): boolean {
  if (move === 'changed' || looksAt.length === 0) return false;
  // A set whose template is not understood makes none that would be missed.
  if (!map.applications().some(({ application }) => application?.set === object?.name)) return false;
  return looksAt.every(url => !url.includes('{{') && map.isLookedUp(url));
}

function isMove({ kind, move, from, to }: Fact): boolean {
  return (kind === 'chart' || kind === 'remote') && move !== 'values' && from !== undefined && to !== undefined;
}

/** It was found in the manifest of an Application, which is an object of some unit. */
function isOfManifest({ object }: Fact): boolean {
  return object?.group === 'argoproj.io' && (object.kind === 'Application' || object.kind === 'ApplicationSet');
}

function keyOf(application: string | undefined, { kind, from, to }: Fact): string {
  return JSON.stringify([application, kind, from, to]);
}

function asOwn(fact: Fact): Fact {
  return { ...fact, kind: 'application', move: 'changed', subject: 'source' };
}
