import type { Rendered } from '../kustomize/rendered.ts';
import type { Mistake } from '../yaml/problem.ts';
import type { Sighting } from './rule.ts';

/** The check of a rule whose mistakes are found while files are read and built: it reports those of one code. */
export function problemsOf(code: Mistake): (rendered: Rendered) => readonly Sighting[] {
  return ({ problems }) =>
    problems.filter(problem => problem.code === code).map(({ message, span }) => ({ message, at: { span } }));
}
