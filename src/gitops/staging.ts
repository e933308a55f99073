import { GitError } from '../git/error.ts';
import type { Commit } from '../git/parse-object.ts';
import type { Repository } from '../git/repository.ts';
import { parseReference } from '../image/reference.ts';
import { nearest } from '../kubernetes/object.ts';
import { imagesOf } from '../kubernetes/workload.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import { createRenderer, type Renderer } from '../kustomize/renderer.ts';
import type { RepositoryMap } from './map.ts';
import { renderUnit } from './render-unit.ts';
import type { Unit } from './unit.ts';

/** Evidence that a tag ran on staging before. */
export type StagingEvidence =
  | {
      readonly state: 'met';
      /** The commit that brought the tag to staging; undefined where the history searched does not reach it. */
      readonly commit: string | undefined;
      readonly date: string | undefined;
      /** Name of the unit on staging. */
      readonly sibling: string;
    }
  | { readonly state: 'unmet'; readonly sibling: string; readonly tags: readonly string[] }
  | { readonly state: 'unknown'; readonly reason: string };

export interface StagingHistory {
  /** `image` is the repository's name as rendered, `tag` the one that moves into the unit with this key. */
  of(unit: string, image: string, tag: string): StagingEvidence;
}

/** Whether a tag that moves into a unit was on staging before. */
export interface StagingQuestion {
  readonly unit: Unit;
  /** The image's repository as rendered. */
  readonly image: string;
  readonly tag: string;
}

export interface StagingSources {
  /** The side before the change: a tag that the same change brings to staging has not run there. */
  readonly before: { readonly map: RepositoryMap; readonly renderer: Renderer };
  readonly repository: Pick<Repository, 'history' | 'tree'>;
  /** The commit before the change; undefined for HEAD. */
  readonly start: string | undefined;
}

/** Looks up the answers to all questions; where git cannot search its history, the answer is unknown. */
export async function gatherStaging(
  questions: readonly StagingQuestion[],
  sources: StagingSources,
): Promise<StagingHistory> {
  const answers = new Map<string, StagingEvidence>();
  for (const question of questions) {
    const key = keyOf(question.unit.key, question.image, question.tag);
    if (!answers.has(key)) answers.set(key, await answer(question, sources));
  }
  const notAsked: StagingEvidence = { state: 'unknown', reason: 'staging was not looked at' };
  return { of: (unit, image, tag) => answers.get(keyOf(unit, image, tag)) ?? notAsked };
}

function keyOf(unit: string, image: string, tag: string): string {
  return JSON.stringify([unit, image, tag]);
}

/** Where a sibling has the image, or one of the same name from another repository, which is no evidence by itself. */
interface Sighting {
  readonly sibling: Unit;
  /** Of the same repository. */
  readonly tags: readonly string[];
  /** As rendered; the image's own among them where the sibling runs it. */
  readonly repositories: readonly string[];
  /** The files that set them, whose history is searched. */
  readonly files: readonly string[];
}

async function answer({ unit, image, tag }: StagingQuestion, sources: StagingSources): Promise<StagingEvidence> {
  const { map, renderer } = sources.before;
  const siblings = map.siblings(unit, 'staging');
  if (siblings.length === 0) return { state: 'unknown', reason: `no staging unit belongs to ${unit.name}` };
  const sightings: Sighting[] = [];
  for (const sibling of siblings) {
    const sighting = sight(sibling, await renderUnit(sibling, renderer, map.tree), image);
    if (sighting !== undefined) sightings.push(sighting);
  }
  if (sightings.length === 0) {
    return { state: 'unknown', reason: `${siblings.map(({ name }) => name).join(', ')} has no image ${image}` };
  }
  let lost: string | undefined;
  for (const sighting of sightings) {
    const found = await arrival(sighting, image, tag, sources).catch(reasonOf);
    if (typeof found === 'string') lost ??= `the history of ${sighting.sibling.name} cannot be searched: ${found}`;
    const commit = typeof found === 'string' ? undefined : found;
    if (commit === undefined && !sighting.tags.includes(tag)) continue;
    return { state: 'met', commit: commit?.oid, date: commit?.date, sibling: sighting.sibling.name };
  }
  if (lost !== undefined) return { state: 'unknown', reason: lost };
  return notSeen(sightings, image);
}

/** Staging with a registry of its own may have run the same program, which nothing here tells. */
function notSeen(sightings: readonly Sighting[], image: string): StagingEvidence {
  const first = sightings.find(({ repositories }) => repositories.includes(image));
  if (first === undefined) {
    const others = sightings.map(({ sibling, repositories }) => `${sibling.name} runs ${repositories.join(', ')}`);
    return { state: 'unknown', reason: `${others.join(', ')}, not ${image}` };
  }
  return { state: 'unmet', sibling: first.sibling.name, tags: first.tags };
}

function reasonOf(error: unknown): string {
  if (error instanceof GitError) return error.message;
  throw error;
}

/** The images of the same name in a rendered unit; undefined for none. */
function sight(sibling: Unit, rendered: Rendered, image: string): Sighting | undefined {
  const named = rendered.objects.flatMap(object =>
    imagesOf(object).flatMap(({ text, path }) => {
      const reference = parseReference(text);
      return reference === undefined ? [] : [{ reference, file: nearest(object, path).span.source.file }];
    }),
  );
  const name = image.slice(image.lastIndexOf('/') + 1);
  const found = named.filter(({ reference }) => reference.name === name);
  if (found.length === 0) return undefined;
  const tags = found.flatMap(({ reference }) => (reference.repository === image ? (reference.tag ?? []) : []));
  const repositories = found.map(({ reference }) => reference.repository);
  const files = found.map(({ file }) => file);
  return { sibling, tags: sorted(tags), repositories: sorted(repositories), files: sorted(files) };
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

/**
 * The newest commit that changed the tag's occurrences in the files and left the sibling with it. The text alone proves
 * nothing: the tag may be another image's, or a part of a longer one.
 */
async function arrival(
  { sibling, files }: Sighting,
  image: string,
  tag: string,
  { repository, start }: StagingSources,
): Promise<Commit | undefined> {
  const query = { paths: files, contains: tag };
  const commits = await repository.history(start === undefined ? query : { ...query, before: start });
  for (const commit of commits) {
    const tree = repository.tree(commit);
    const rendered = await renderUnit(sibling, createRenderer(tree), tree);
    if (sight(sibling, rendered, image)?.tags.includes(tag)) return commit;
  }
  return undefined;
}
