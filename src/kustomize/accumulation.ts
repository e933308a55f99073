import { clone, type Span } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Gap } from './rendered.ts';
import { keyOf, label, type Resource } from './resource.ts';
import type { TransformerConfig } from './transformer-config.ts';
import type { Var } from './vars.ts';

/** More objects than any cluster takes from one folder; a fan-out of bases that doubles reaches it soon. */
export const MAX_OBJECTS = 50_000;

/** The objects of a kustomization on their way up, with what was learned in making them. */
export interface Accumulation {
  resources: Resource[];
  config: TransformerConfig;
  vars: Var[];
  readonly problems: Problem[];
  readonly gaps: Gap[];
  /** The folders of the layers that took part. */
  readonly folders: Set<string>;
  /** Whether it was cut short by where it stands in the graph, so that it holds for this place only. */
  cut: boolean;
}

export function emptyAccumulation(config: TransformerConfig): Accumulation {
  return { resources: [], config, vars: [], problems: [], gaps: [], folders: new Set(), cut: false };
}

/** Problems that take nothing away from the build. */
const HARMLESS: readonly Problem['code'][] = ['images-entry-matches-nothing', 'tag-is-a-number', 'ambiguous-yaml'];

/** Whether objects may be missing for a reason that was given. */
export function isIncomplete({ problems, gaps }: Accumulation): boolean {
  return gaps.some(gap => gap.kind !== 'unsupported') || problems.some(problem => !HARMLESS.includes(problem.code));
}

/**
 * Adds objects; one that is there already is a problem at its place. A build with too many gives up all of them, so
 * that nothing above it takes time either.
 */
export function appendResources(
  accumulation: Accumulation,
  added: readonly Resource[],
  seen: Map<string, Resource>,
  span: Span,
): void {
  if (accumulation.problems.some(problem => problem.code === 'too-many-objects')) {
    accumulation.resources = [];
    return;
  }
  if (accumulation.resources.length + added.length > MAX_OBJECTS) {
    giveUp(accumulation, `the build has more than ${MAX_OBJECTS} objects`, span);
    return;
  }
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

/** Takes all objects out of a build that is too large to go on with. */
export function giveUp(accumulation: Accumulation, message: string, span: Span): void {
  accumulation.resources = [];
  accumulation.problems.push({ code: 'too-many-objects', message, span });
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
