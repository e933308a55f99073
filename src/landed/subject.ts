import type { Config } from '../config/config.ts';
import { nearestOf } from '../config/nearest.ts';
import type { Repository } from '../git/repository.ts';
import { rendererOf } from '../gitops/build-options.ts';
import { mapRepository } from '../gitops/map.ts';
import { renderUnit } from '../gitops/render-unit.ts';
import { idLabel } from '../kubernetes/object.ts';
import { podTemplate } from '../kubernetes/workload.ts';
import { wayBack } from '../report/explanation/back.ts';
import type { Roll } from '../report/explanation/rolls.ts';
import { type Touched, touchedBy } from '../report/explanation/touched.ts';
import type { Result } from '../report/result.ts';

/** What is asked about: units as they should be in the cluster, and the commit that says so. */
export interface Subject {
  /** Full object id. */
  readonly commit: string;
  readonly name: string;
  readonly title: string;
  readonly units: readonly Touched[];
  readonly back: readonly string[];
  readonly config: Config;
}

/** What a commit or a range reaches, from its explanation. */
export function subjectOf(result: Result): Subject {
  const { commit = '', title = '', base } = result.subject;
  const short = commit.slice(0, 8);
  const { commands, stays, notes } = wayBack(result);
  return {
    commit,
    name: base === undefined ? short : `${base.slice(0, 8)}..${short}`,
    title,
    units: touchedBy(result),
    back: [...commands, ...stays, ...notes],
    config: result.config,
  };
}

/** Nothing of the name is there. */
export interface NoSubject {
  /** What was probably meant; undefined where no name is near. */
  readonly near: string | undefined;
}

/** An Application by its name as HEAD has it, as if all of it were new. */
export async function applicationSubject(
  repository: Repository,
  config: Config,
  name: string,
): Promise<Subject | NoSubject> {
  const head = await repository.commit('HEAD');
  const tree = repository.tree(head);
  const map = await mapRepository({ tree, config, diff: repository.diff });
  const units = await map.units();
  const unit = units.find(one => one.name === name || one.key === name);
  if (unit === undefined) {
    const names = units.map(one => one.name);
    return { near: nearestOf(name, names) };
  }
  const after = await renderUnit(unit, rendererOf(tree), tree);
  const rolls = after.objects.flatMap((workload): Roll[] => {
    if (podTemplate(workload) === undefined) return [];
    return [
      { workload, label: idLabel(workload.id), cause: 'new', because: '', how: '', pace: undefined, watch: true },
    ];
  });
  return {
    commit: head.oid,
    name: head.oid.slice(0, 8),
    title: head.subject,
    units: [{ unit, before: after, after, changes: [], facts: [], rolls }],
    back: [],
    config,
  };
}
