import { DEFAULTS } from '../config/config.ts';
import { nearestOf } from '../config/nearest.ts';
import type { Tree } from '../git/tree.ts';
import { mapRepository } from '../gitops/map.ts';
import { renderUnit } from '../gitops/render-unit.ts';
import type { Unit } from '../gitops/unit.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import type { Renderer } from '../kustomize/renderer.ts';
import { UsageError } from './refusal.ts';

/** Every unit of the tree. */
export async function unitsOf(tree: Tree): Promise<readonly Unit[]> {
  return (await mapRepository({ tree, config: DEFAULTS })).units();
}

/** Keys of Applications of one name that are listed. */
const MOST_LISTED = 10;

/** What the Application of that name or key applies. Throws `UsageError` where there is none, or several. */
export async function renderApplication(wanted: string, tree: Tree, renderer: Renderer): Promise<Rendered> {
  const units = await unitsOf(tree);
  const applications = units.filter(unit => unit.application !== undefined);
  const byKey = applications.find(({ key }) => key === wanted);
  const [unit, ...others] = byKey === undefined ? applications.filter(({ name }) => name === wanted) : [byKey];
  if (unit !== undefined && others.length > 0) {
    const keys = [unit, ...others].slice(0, MOST_LISTED).map(({ key }) => key);
    throw new UsageError(`${others.length + 1} Applications are called ${wanted}`, `Name one: ${keys.join(', ')}`);
  }
  if (unit !== undefined) return renderUnit(unit, renderer, tree);
  const near = nearestOf(
    wanted,
    units.map(({ name }) => name),
  );
  throw new UsageError(
    `there is no folder and no Application ${wanted}`,
    near === undefined ? 'deploy-lint render --all prints every unit.' : `Did you mean ${near}?`,
  );
}
