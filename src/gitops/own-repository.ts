import type { FactIndex } from './fact-index.ts';
import { kustomizationFiles } from './fact-index.ts';

/** How many Applications name a folder that is here, by the repository that they say it is in. */
export type Votes = ReadonlyMap<string, number>;

/** The last part of a repository's address, which mirrors and the two ways to write an address share. */
export function repositoryName(url: string): string {
  return url
    .toLowerCase()
    .replace(/[/]+$/, '')
    .replace(/\.git$/, '')
    .replace(/^.*[/:]/s, '');
}

/** The votes of the Applications in the files. Each folder that is a kustomization or a chart here counts one. */
export function countVotes(index: Pick<FactIndex, 'facts'>, files: Iterable<string>): Map<string, number> {
  const votes = new Map<string, number>();
  for (const file of files) {
    const facts = index.facts(file);
    if (facts?.kind !== 'applications') continue;
    for (const { path, repoURL } of facts.declared.flatMap(({ application }) => application.sources)) {
      if (path === undefined || repoURL === '' || repoURL.includes('{{') || !isBuilt(index, path)) continue;
      const name = repositoryName(repoURL);
      votes.set(name, (votes.get(name) ?? 0) + 1);
    }
  }
  return votes;
}

function isBuilt(index: Pick<FactIndex, 'facts'>, folder: string): boolean {
  const chart = folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`;
  return [...kustomizationFiles(folder), chart].some(file => index.facts(file) !== undefined);
}

/** The votes after files changed: those of the files, and of the Applications that name a folder of theirs. */
export function recount(votes: Votes, before: FactIndex, after: FactIndex, changed: readonly string[]): Votes {
  const folders = changed.map(file => file.slice(0, Math.max(0, file.lastIndexOf('/'))));
  const voters = new Set([
    ...changed,
    ...folders.flatMap(folder => [...before.naming(folder), ...after.naming(folder)]),
  ]);
  const counted = new Map(votes);
  for (const [name, count] of countVotes(before, voters)) counted.set(name, (counted.get(name) ?? 0) - count);
  for (const [name, count] of countVotes(after, voters)) counted.set(name, (counted.get(name) ?? 0) + count);
  return counted;
}

/** The name of this repository, as its own Applications call it; undefined where none tells. */
export function electedName(votes: Votes): string | undefined {
  const [first] = [...votes].filter(([, count]) => count > 0).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return first?.[0];
}
