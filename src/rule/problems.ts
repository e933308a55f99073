import type { Unit } from '../gitops/unit.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import type { Mistake } from '../yaml/problem.ts';
import type { Sighting } from './rule.ts';

/** Folders whose content is copied and filled in before anything applies it. */
const SCAFFOLD = /(?:^|\/)(?:templates?|skeletons?|scaffolds?|boilerplates?)(?:\/|$)/i;

/**
 * The check of a rule whose mistakes are found while files are read and built: it reports those of one code. In a
 * scaffold that no Application names, a path that leads nowhere is information, for it leads somewhere in the copy.
 */
export function problemsOf(code: Mistake): (rendered: Rendered, unit: Unit) => readonly Sighting[] {
  return ({ problems }, unit) => {
    const isScaffold = unit.application === undefined && unit.folders.some(folder => SCAFFOLD.test(folder));
    return problems
      .filter(problem => problem.code === code)
      .map(({ message, span }) => ({ message, at: { span }, ...(isScaffold ? { severity: 'info' } : {}) }));
  };
}
