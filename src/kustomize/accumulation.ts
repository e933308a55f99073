import type { ShapeOf } from '../kubernetes/merge-keys.ts';
import { at, clone } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Budget } from './budget.ts';
import type { Tracking } from './build-metadata.ts';
import type { Gap } from './rendered.ts';
import { keyOf, label, type Resource } from './resource.ts';
import type { TransformerConfig } from './transformer-config.ts';
import type { Var } from './vars.ts';

/** The objects of a kustomization on their way up, with what was learned in making them. */
export interface Accumulation {
  resources: Resource[];
  config: TransformerConfig;
  /** How lists merge in the patches of the kustomization that is being built, where a schema says so. */
  shapes?: ShapeOf | undefined;
  vars: Var[];
  /** Undefined where nobody asks how the objects are made. */
  readonly tracking: Tracking | undefined;
  readonly problems: Problem[];
  readonly gaps: Gap[];
  /** The folders of the layers that took part. */
  readonly folders: Set<string>;
  /** Whether it was cut short by where it stands in the graph, so that it holds for this place only. */
  cut: boolean;
  readonly budget: Budget;
  /** The steps of the budget that it took. */
  spent: number;
}

export function emptyAccumulation(
  config: TransformerConfig,
  tracking: Tracking | undefined,
  budget: Budget,
): Accumulation {
  const empty = { resources: [], vars: [], problems: [], gaps: [], folders: new Set<string>() };
  return { ...empty, config, tracking, cut: false, budget, spent: 0 };
}

/** Problems that take nothing away from the build. */
const HARMLESS: readonly Problem['code'][] = ['images-entry-matches-nothing', 'tag-is-a-number', 'ambiguous-yaml'];

/** Whether objects may be missing for a reason that was given. */
export function isIncomplete({ problems, gaps }: Accumulation): boolean {
  return gaps.some(gap => gap.kind !== 'unsupported') || problems.some(problem => !HARMLESS.includes(problem.code));
}

/** Adds objects; one that is there already is a problem at its place. */
export function appendResources(
  accumulation: Accumulation,
  added: readonly Resource[],
  seen: Map<string, Resource>,
): void {
  for (const resource of added) {
    const key = keyOf(resource);
    const other = seen.get(key);
    if (other !== undefined) {
      const { source, start } = other.root.span;
      const message = `${label(resource)} is there twice, also at ${source.file}:${source.position(start).line}`;
      accumulation.problems.push({ code: 'kustomization-refused', message, span: resource.root.span });
      continue;
    }
    seen.set(key, resource);
    accumulation.resources.push(resource);
  }
}

/** Transformers can give two objects one name, which kustomize finds where it takes stock of them. */
export function refuseSame(resources: readonly Resource[], problems: Problem[]): void {
  if (problems.some(({ code }) => code === 'kustomization-refused')) return;
  const seen = new Set<string>();
  for (const resource of resources) {
    const key = keyOf(resource);
    if (seen.has(key)) {
      const span = at(resource.root, 'metadata', 'name')?.span ?? resource.root.span;
      problems.push({ code: 'kustomization-refused', message: `two objects end as ${label(resource)}`, span });
    }
    seen.add(key);
  }
}

/** A copy that another build may change. */
export function copyAccumulation(accumulation: Accumulation): Accumulation {
  const copies = new Map(accumulation.resources.map(resource => [resource, copyResource(resource)]));
  return {
    ...accumulation,
    resources: [...copies.values()],
    vars: accumulation.vars.map(item => ({ ...item, resource: item.resource && copies.get(item.resource) })),
  };
}

function copyResource(resource: Resource): Resource {
  return {
    ...resource,
    root: clone(resource.root),
    previous: [...resource.previous],
    prefixes: [...resource.prefixes],
    suffixes: [...resource.suffixes],
  };
}
