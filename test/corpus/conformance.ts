import { openRepository } from '../../src/git/repository.ts';
import { isKustomizationName } from '../../src/gitops/facts.ts';
import { folderOf } from '../../src/kustomize/paths.ts';
import { createRenderer } from '../../src/kustomize/renderer.ts';
import { memoryTree } from '../support/memory-tree.ts';
import { askOracle, oracleOf, versionOf } from './oracle.ts';
import { corpusBeside, readRepository } from './read-corpus.ts';
import { type Verdict, verdictOf } from './verdict.ts';

type Say = (line: string) => void;

/**
 * Compares every kustomization of the corpus, or of HEAD of the repository in a folder, with what kustomize makes of it.
 * Prints what is not equal, and counts. Gives the number of differences; undefined where there is nothing to ask.
 */
export async function conformance(argv: readonly string[], checkout: string, say: Say): Promise<number | undefined> {
  const [folder, program] = argv;
  if (folder !== undefined) return ofRepository(folder, program, say);
  const corpus = corpusBeside(checkout);
  if (corpus.repositories.length === 0) {
    say('there is no corpus beside this checkout; name the folder of a repository');
    return undefined;
  }
  let different = 0;
  for (const repository of corpus.repositories) {
    const { files, expected } = readRepository(corpus, repository);
    const renderer = createRenderer(memoryTree(files));
    const count = counter(repository, say);
    for (const [path, want] of Object.entries(expected))
      count.add(path, verdictOf(await renderer.kustomization(path), want));
    different += count.end();
  }
  return different;
}

async function ofRepository(folder: string, program: string | undefined, say: Say): Promise<number | undefined> {
  const oracle = oracleOf(program);
  if (oracle === undefined) {
    say('neither kustomize nor kubectl is there to compare with');
    return undefined;
  }
  say(`compared with kustomize ${versionOf(oracle)}`);
  const repository = await openRepository({ cwd: folder, env: process.env });
  try {
    const tree = await repository.tree(await repository.commit('HEAD'));
    const kustomizations = (await tree.files()).map(({ path }) => path).filter(isKustomizationName);
    const renderer = createRenderer(tree);
    const count = counter(folder, say);
    await askOracle(oracle, tree, [...new Set(kustomizations.map(folderOf))], async (path, want) =>
      count.add(path, verdictOf(await renderer.kustomization(path), want)),
    );
    return count.end();
  } finally {
    await repository.close();
  }
}

function counter(repository: string, say: Say): { add: (path: string, verdict: Verdict) => void; end: () => number } {
  const counts: Record<Verdict['kind'], number> = { equal: 0, 'refused-by-both': 0, gap: 0, different: 0 };
  return {
    add: (path, { kind, cause }) => {
      counts[kind]++;
      if (kind !== 'equal') say(`${kind.padEnd(15)}  ${path}: ${cause}`);
    },
    end: () => {
      const parts = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
      say(`${repository}: ${parts.join(', ')}`);
      return counts.different;
    },
  };
}
