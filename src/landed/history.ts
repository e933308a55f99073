import type { Config } from '../config/config.ts';
import { GitError } from '../git/error.ts';
import type { Commit } from '../git/parse-object.ts';
import type { Repository } from '../git/repository.ts';
import { mapRepository, type RepositoryMap } from '../gitops/map.ts';
import { renderUnit } from '../gitops/render-unit.ts';
import type { Unit } from '../gitops/unit.ts';
import type { KubeObject } from '../kubernetes/object.ts';
import type { Renderer } from '../kustomize/renderer.ts';
import type { Relation } from './application.ts';

/** What git knows of the commits that a cluster names. */
export interface History {
  /** How the revision stands to the commit that is asked about. */
  relation(revision: string): Promise<Relation>;
  /** What the unit, which is made of the files, applies at a revision; undefined where it cannot be rendered from here. */
  at(unit: Unit, files: readonly string[], revision: string): Promise<UnitAt | undefined>;
}

export interface UnitAt {
  /** `9f8e7d6c`, or `9f8e7d6c, which takes it back`. */
  readonly commit: string;
  readonly objects: readonly KubeObject[];
}

const FULL_OID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

export function historyOf(repository: Repository, config: Config, commit: string): History {
  const relations = new Map<string, Promise<Relation>>();
  const sides = new Map<string, Promise<SideAt>>();
  const units = new Map<string, Promise<UnitAt>>();
  return {
    relation: revision => {
      const found = relations.get(revision) ?? relationOf(repository, commit, revision);
      relations.set(revision, found);
      return found;
    },
    at: async (unit, files, revision) => {
      if (!FULL_OID.test(revision)) return undefined;
      const side = sides.get(revision) ?? sideAt(repository, config, revision);
      sides.set(revision, side);
      const key = JSON.stringify([unit.key, revision]);
      const found = units.get(key) ?? unitAt(await side, unit, nameOf(repository, commit, revision, files));
      units.set(key, found);
      return found;
    },
  };
}

async function unitAt({ map, renderer }: SideAt, unit: Unit, commit: Promise<string>): Promise<UnitAt> {
  const there = await map.counterpart(unit);
  const objects = there === undefined ? [] : (await renderUnit(there, renderer, map.tree)).objects;
  return { commit: await commit, objects };
}

async function relationOf(repository: Repository, commit: string, revision: string): Promise<Relation> {
  // A name such as a chart's version or a branch is not looked up: here it may be another one.
  if (!FULL_OID.test(revision)) return 'not-here';
  if (revision === commit) return 'same';
  try {
    const base = await repository.mergeBase(commit, revision);
    if (base === commit) return 'newer';
    return base === revision ? 'older' : 'apart';
  } catch (error) {
    if (error instanceof GitError) return 'not-here';
    throw error;
  }
}

interface SideAt {
  readonly map: RepositoryMap;
  readonly renderer: Renderer;
}

async function sideAt(repository: Repository, config: Config, revision: string): Promise<SideAt> {
  const tree = repository.tree(await repository.commit(revision));
  const map = await mapRepository({ tree, config, diff: repository.diff });
  return { map, renderer: map.renderer };
}

/** The newest commit up to the revision that touched the unit, which is who changed it; the revision where none did. */
async function nameOf(
  repository: Repository,
  commit: string,
  revision: string,
  files: readonly string[],
): Promise<string> {
  const paths = files.length === 0 ? ['.'] : files;
  const between = await repository.commitsTouching({ from: commit, to: revision, paths, most: 50 });
  const revert = between.find(one => takesBack(one, commit));
  if (revert !== undefined) return `${revert.oid.slice(0, 8)}, which takes it back,`;
  return (between[0]?.oid ?? revision).slice(0, 8);
}

/** As `git revert` writes it (sequencer.c, sequencer_format_revert_message). */
function takesBack({ body }: Commit, commit: string): boolean {
  return body.includes(`This reverts commit ${commit}`);
}
