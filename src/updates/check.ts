import { GitError } from '../git/error.ts';
import type { TrackedComponent } from '../gitops/components.ts';
import type { Tracked } from '../gitops/tracked.ts';
import { goPattern, PatternError } from '../kubernetes/go-pattern.ts';
import { versionNumbers } from '../kubernetes/series.ts';
import { type Decision, decide } from './decide.ts';
import { styled } from './edit.ts';
import type { Network } from './network.ts';
import { addressOf, type Origin, originOf } from './origin.ts';
import { type Release, SourceError } from './release.ts';
import { lookUp } from './sources/look-up.ts';

/** A component and what is proposed for it. */
export interface Row extends Decision {
  readonly component: TrackedComponent;
  /** Undefined where the list does not say it, or not in a way that can be used. */
  readonly origin: Origin | undefined;
  /** Where it is published, for people. */
  readonly source: string | undefined;
}

export interface CheckOptions {
  /** What the sources of one component are asked with; it comes with that component's own time limit. */
  readonly network: () => Network;
  readonly now: Date;
  /** Names of components whose next major a person asks for. */
  readonly includeMajor: ReadonlySet<string>;
  /** Called after each component. */
  readonly progress: (done: number, of: number, name: string) => void;
}

/** Sources that are asked at the same time. */
const AT_ONCE = 8;

/** Looks up every component, some at a time. A source that fails leaves its own row unknown, and the others as they are. */
export async function checkComponents(tracked: Tracked, options: CheckOptions): Promise<Row[]> {
  const { components } = tracked;
  const rows: Row[] = [];
  const queue = components.entries();
  let done = 0;
  const work = async () => {
    for (const [index, component] of queue) {
      rows[index] = await checkComponent(component, tracked, options);
      done++;
      options.progress(done, components.length, component.name.text);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return rows;
}

async function checkComponent(component: TrackedComponent, tracked: Tracked, options: CheckOptions): Promise<Row> {
  let origin: Origin | undefined;
  try {
    const problem = problemIn(component, tracked);
    if (problem !== undefined) throw new SourceError(problem);
    const source = component.source ?? sourceInFiles(component, tracked);
    if (source === undefined) throw new SourceError('neither its entry nor its file says where it is published');
    origin = originOf(source);
    const releases = meant(await lookUp(origin, options.network()), source.fields, component, origin);
    const asked = { now: options.now, includeMajor: options.includeMajor.has(component.name.text) };
    return { component, origin, source: addressOf(origin), ...decide(component, origin, releases, asked) };
  } catch (error) {
    if (!(error instanceof SourceError || error instanceof GitError || error instanceof PatternError)) throw error;
    const unknown = {
      class: 'unknown',
      newest: undefined,
      allowed: undefined,
      steps: [],
      why: [error.message],
    } as const;
    return { component, origin, source: origin && addressOf(origin), ...unknown };
  }
}

/** What is wrong with the entry: a policy that is not understood must not be taken for none. */
function problemIn({ entry }: TrackedComponent, { problems }: Tracked): string | undefined {
  const { source, start, end } = entry.span;
  return problems.find(({ span }) => span.source === source && span.start >= start && span.end <= end)?.message;
}

/** What stands beside the version in a file, as the chart and the address of an Application. */
function sourceInFiles(component: TrackedComponent, { versions }: Tracked) {
  for (const { component: owner, place } of versions) {
    if (owner === component && place.state === 'found' && place.source !== undefined) return place.source;
  }
  return undefined;
}

/** The releases that the entry means, each with the version as its files write it. */
function meant(
  releases: readonly Release[],
  fields: ReadonlyMap<string, string>,
  { version }: TrackedComponent,
  origin: Origin,
): Release[] {
  const prefix = fields.get('tag_prefix') ?? '';
  const include = fields.get('include_regex');
  const isIncluded = include === undefined ? () => true : goPattern(include);
  const parts = versionNumbers(version.text)?.length ?? 0;
  return (
    releases
      .filter(({ tag }) => tag.startsWith(prefix) && isIncluded(tag))
      .map(release => {
        const bare = styled(release.tag.slice(prefix.length), version.text);
        return { ...release, version: origin.kind === 'terraform' ? shortened(bare, parts) : bare };
      })
      // In a prefix a slash is usual; in a version it would lead elsewhere where the version is a part of an address.
      .filter(release => !release.version.includes('/'))
  );
}

/** `~> 1.49` is raised to `~> 1.52`, not to `~> 1.52.0`, which would leave out all that follows. */
function shortened(version: string, parts: number): string {
  return parts === 0 || !/^\d+(?:\.\d+)*$/.test(version) ? version : version.split('.').slice(0, parts).join('.');
}
